import { configure } from '@testing-library/svelte';

// What a component fetches later comes within a moment; on a busy machine that is more than the usual second.
configure({ asyncUtilTimeout: 10_000 });
