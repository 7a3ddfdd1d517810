import type * as z from 'zod';
import type { Use } from '../purposes.ts';

/**
 * The purpose and the retention of each attribute of a schema (CS18): what lacks them does not compile. Declared
 * beside each schema of what is stored; its keys, and the time to forget it, are kept for what they lead to.
 */
export type UsesOf<Schema extends () => z.ZodObject> = Readonly<Record<keyof z.output<ReturnType<Schema>>, Use>>;
