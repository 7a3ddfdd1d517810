import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorAnswer, type GatewayAnswer } from '../../../local/gateway/answer.ts';
import { assetAnswer, checkinAnswer } from '../../../local/gateway/assets.ts';

const BUILT = 'dist/web';

export interface AppServer {
  /** Of the app, `http://127.0.0.1:port/checkin/`. */
  readonly url: string;
  /** Changes a file that is served, as another deployment does. */
  change: (path: string, answer: GatewayAnswer) => GatewayAnswer;
  /** Whether the network is gone: connections break before anything is answered. */
  isGone: boolean;
  close(): Promise<void>;
}

/** The built app with its real headers, before a server for its API. @param api address of that */
export async function appServer(api: string): Promise<AppServer> {
  const app = { change: (_: string, answer: GatewayAnswer) => answer, isGone: false };
  async function handle(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    if (app.isGone) {
      response.destroy();
      return;
    }
    const { pathname } = new URL(asked.url ?? '', 'http://app');
    if (pathname.startsWith('/api/')) return passOn(asked, response, api);
    const found =
      (await assetAnswer(BUILT, pathname, asked.method)) ?? (await checkinAnswer(BUILT, pathname, asked.method));
    const { status, headers, body } = app.change(pathname, found ?? errorAnswer(404, 'Not Found'));
    response.writeHead(status, headers.flat()).end(body);
  }
  const server = createServer((asked, response) => {
    handle(asked, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(app, {
    url: `http://127.0.0.1:${port}/checkin/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** A connection that breaks behind breaks in front too. */
function passOn(asked: IncomingMessage, response: ServerResponse, api: string): void {
  const { method, headers } = asked;
  const behind = request(new URL(asked.url ?? '', api), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  behind.on('error', () => response.destroy());
  asked.pipe(behind);
}
