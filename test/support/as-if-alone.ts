/**
 * Lets files run one after another in the same process, each as if it were alone there. Modules of ours are evaluated anew for each,
 * since handlers keep what they depend on; packages, which take several seconds to load, are loaded once.
 */
import { vi } from 'vitest';
import { restoreEnvironment } from './environment.ts';

vi.resetModules();
restoreEnvironment();
