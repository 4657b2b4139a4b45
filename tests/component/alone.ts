/** For an app whose workspace nobody shares: it must never ask for a team. */
export const alone = (): Promise<never> => Promise.reject(new Error('This workspace has no team.'));
