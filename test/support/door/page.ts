import { browserDeps } from '../../../web/checkin/engine/deps.ts';
import { startEngine } from '../../../web/checkin/engine/start.ts';

/** The engine alone, with nothing in front of it: what a test drives. */
const startAgain = () => startEngine(browserDeps());

Object.assign(globalThis, { startAgain, engine: await startAgain() });
