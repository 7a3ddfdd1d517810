import { fileURLToPath } from 'node:url';

/** Where `npm start` says what commands need that work on what it runs. */
export const OPERATOR_FILE = fileURLToPath(new URL('../.local/operator.json', import.meta.url));
