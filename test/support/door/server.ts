import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Door, newDoor } from './door.ts';
import type { SampleEvent } from './event.ts';

/** A door over real HTTP. */
export interface DoorServer extends Door {
  readonly url: string;
  /** Pages and scripts by their path. */
  readonly files: Map<string, string>;
  close(): Promise<void>;
}

export async function doorServer(event: SampleEvent): Promise<DoorServer> {
  const door = Object.assign(newDoor(event), { files: new Map<string, string>() });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', 'http://door');
    if (!pathname.startsWith('/api/')) return sendFile(response, pathname, door.files.get(pathname));
    const result = await door.answer(request.url ?? '', request.headers, await bodyOf(request));
    if (result === 'cut') request.socket.destroy();
    else response.writeHead(result.status, { 'content-type': result.type }).end(result.text);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(door, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function sendFile(response: ServerResponse, path: string, file: string | undefined): void {
  const type = path.endsWith('.js') ? 'text/javascript' : 'text/html';
  response.writeHead(file === undefined ? 404 : 200, { 'content-type': type }).end(file);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}
