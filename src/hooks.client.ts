import type { HandleClientError } from '@sveltejs/kit';
import { version } from '$app/environment';
import { startEngine } from '$lib/early-engine';
import { keepError } from '$lib/errors';

addEventListener('unhandledrejection', ({ reason }) => keepError('promise', reason));
addEventListener('error', ({ error, message }) => keepError('script', error ?? message));

startEngine(version);

export const handleError: HandleClientError = ({ error, message }) => {
	keepError('page', error);
	console.error(error);
	return { message };
};
