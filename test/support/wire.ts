import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came over the wire. */
export interface Heard {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Which connection it came on: one that a browser opened. */
  readonly connection: number;
}

export interface Wire {
  readonly url: string;
  /** Oldest first. */
  readonly heard: Heard[];
  /** Whether the answer to a request is lost, once the server has it. */
  loses: (heard: Heard) => boolean;
  stop(): void;
}

/** Stands between a browser and a site, and hears what a listener there would hear. */
export async function listenIn(site: string): Promise<Wire> {
  let connections = 0;
  const numbers = new WeakMap<object, number>();
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    const body = Buffer.concat(parts);
    const { method = '', url = '', headers } = incoming;
    const heard = { method, url, headers, body: String(body), connection: numbers.get(incoming.socket) ?? 0 };
    wire.heard.push(heard);
    const passedOn = request(new URL(url, site), { method, headers }, (answer) => {
      if (wire.loses(heard)) {
        answer.resume().on('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passedOn.on('error', () => outgoing.destroy());
    passedOn.end(body);
  });
  server.on('connection', (socket) => {
    connections += 1;
    numbers.set(socket, connections);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wire: Wire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: [],
    loses: () => false,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return wire;
}
