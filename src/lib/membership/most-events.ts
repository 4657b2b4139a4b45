/** More events of one contact are not read to tell why: working with them would keep others waiting. */
export const mostEvents = 20_000;
