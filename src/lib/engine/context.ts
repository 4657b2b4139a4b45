import { createContext } from 'svelte';
import type { Engine } from './engine';

/** The tab's engine, given once in the root layout. */
export const [getEngine, setEngine] = createContext<Engine>();
