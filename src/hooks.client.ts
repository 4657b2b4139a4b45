import type { HandleClientError } from '@sveltejs/kit';
import { keepError } from '$lib/errors';

addEventListener('unhandledrejection', ({ reason }) => keepError('promise', reason));
addEventListener('error', ({ error, message }) => keepError('script', error ?? message));

export const handleError: HandleClientError = ({ error, message }) => {
	keepError('page', error);
	console.error(error);
	return { message };
};
