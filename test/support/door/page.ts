import { browserDeps } from '../../../web/checkin/engine/deps.ts';
import { startEngine } from '../../../web/checkin/engine/start.ts';

/** The engine alone, with nothing in front of it: what a test drives. */
Object.assign(globalThis, { engine: await startEngine(browserDeps()) });
