import { createRequire } from 'node:module';
import { close, freePort, HOST, IDLE_MS } from '../http.ts';

// CommonJS whose default export is named `default`: an import would get the object around it.
const { default: start } = createRequire(import.meta.url)('aws-ses-v2-local') as typeof import('aws-ses-v2-local');

const ATTEMPTS = 3;

/** Mails after which it forgets those that it keeps, all in memory and for nobody: the mailbox has its own on disk. */
const REMEMBERED = 100;

/** To be called with each mail. */
function forgetting(endpoint: string): () => Promise<void> {
  let mails = 0;
  return async () => {
    mails += 1;
    if (mails % REMEMBERED === 0) await fetch(`${endpoint}/clear-store`, { method: 'POST' });
  };
}

export type Emulator = Awaited<ReturnType<typeof startEmulator>>;

/** `aws-ses-v2-local` in this process, on a port of its own. */
export async function startEmulator() {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = await start({ host: HOST, port });
    // A port that was taken meanwhile looks like a successful start.
    if (server.listening) {
      server.keepAliveTimeout = IDLE_MS;
      const endpoint = `http://${HOST}:${port}`;
      return { endpoint, forget: forgetting(endpoint), stop: () => close(server) };
    }
    if (attempt === ATTEMPTS) throw new Error('the SES emulator found no free port');
  }
}
