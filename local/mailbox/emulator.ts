import { createRequire } from 'node:module';
import { close, freePort, HOST } from '../http/server.ts';

// CommonJS whose default export is named `default`: an import would get the object around it.
const { default: start } = createRequire(import.meta.url)('aws-ses-v2-local') as typeof import('aws-ses-v2-local');

const ATTEMPTS = 3;

/** `aws-ses-v2-local` in this process, on a port of its own. */
export async function startEmulator() {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = await start({ host: HOST, port });
    // A port that was taken meanwhile looks like a successful start.
    if (server.listening) return { endpoint: `http://${HOST}:${port}`, stop: () => close(server) };
    if (attempt === ATTEMPTS) throw new Error('the SES emulator found no free port');
  }
}
