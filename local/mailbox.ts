import { join } from 'node:path';
import { HOST, listen } from './http.ts';
import { startEmulator } from './mailbox/emulator.ts';
import { inboxHandler } from './mailbox/inbox.ts';
import { type AccountOptions, openAccount } from './mailbox/quota.ts';
import { sesHandler } from './mailbox/ses.ts';
import { openStore } from './mailbox/store.ts';

export interface LocalMailbox {
  /** Where people read, and where SES clients send. */
  readonly url: string;
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface MailboxOptions extends AccountOptions {
  readonly directory: string;
  /** Any free one when absent. */
  readonly port?: number;
  /** Gets each event that SES would publish of a message. */
  readonly publish?: (event: Readonly<Record<string, unknown>>) => void;
}

/**
 * SES and the inboxes behind it: what a client sends is kept in `mail/` of the directory, and shown at once.
 *
 * @throws the system's error when the port is taken
 */
export async function startMailbox(options: MailboxOptions): Promise<LocalMailbox> {
  const store = await openStore(join(options.directory, 'mail'));
  const emulator = await startEmulator();
  const ses = sesHandler(store, emulator, options.publish ?? (() => undefined), openAccount(options));
  const inbox = inboxHandler(store);
  try {
    const server = await listen((request, response) => {
      // Only AWS clients sign; browsers never send this header by themselves.
      const handle = request.method === 'POST' || request.headers.authorization !== undefined ? ses : inbox;
      handle(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    }, options.port ?? 0);
    const url = `http://localhost:${server.port}`;
    return {
      url,
      endpoint: `http://${HOST}:${server.port}`,
      stop: async () => {
        await server.stop();
        await emulator.stop();
      },
    };
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}
