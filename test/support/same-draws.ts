/**
 * Has properties draw the same in each run, so that a change breaks a test and chance never does.
 * `PROPERTY_SEED=7 npx vitest run --project unit` draws other examples.
 */
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 1) });
