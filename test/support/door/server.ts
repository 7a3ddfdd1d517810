import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type SentScan, sentScan } from '../../../shared/checkin/scan/scans.schema.ts';
import type { ProblemType } from '../../../shared/kernel/http/problem.schema.ts';
import { type Desk, deskAnswers, newDesk, written } from './answers.ts';
import type { SampleEvent } from './event.ts';

/** What goes wrong with a request instead of its answer: the connection breaks, or a status of the gateway's or one of our problems comes. */
type Fault = 'cut' | number | ProblemType;

/** One request, as it came in. */
interface Asked {
  readonly path: string;
  readonly scans: readonly SentScan[];
  /** Of its body. */
  readonly bytes: number;
}

/** Says to phones what the contract lets a server say, over real HTTP, and goes wrong as a test tells it. */
export interface DoorServer extends Desk {
  readonly url: string;
  readonly requests: Asked[];
  /** What goes wrong; nothing by default. */
  fault: (asked: Asked) => Fault | undefined;
  /** What is asked is done, but the answer does not arrive. */
  losesAnswers: boolean;
  /** Milliseconds that it takes to keep scans. */
  pause: number;
  /** Offers a code to the next phone. */
  readonly offer: ReturnType<typeof deskAnswers>['offer'];
  /** Pages and scripts by their path. */
  readonly files: Map<string, string>;
  close(): Promise<void>;
}

export async function doorServer(event: SampleEvent): Promise<DoorServer> {
  const desk = newDesk();
  const answers = deskAnswers(event, desk);
  const door = Object.assign(desk, {
    requests: [] as Asked[],
    fault: (_: Asked): Fault | undefined => undefined,
    losesAnswers: false,
    pause: 0,
    offer: answers.offer,
    files: new Map<string, string>(),
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', 'http://door');
    if (!pathname.startsWith('/api/')) return sendFile(response, pathname, door.files.get(pathname));
    const body = await bodyOf(request);
    const bytes = Buffer.byteLength(JSON.stringify(body ?? ''));
    const asked = { path: pathname, scans: scansIn(body), bytes };
    door.requests.push(asked);
    const fault = door.fault(asked);
    if (asked.scans.length > 0) await sleep(door.pause);
    const result = fault ?? answers.answer(request.url ?? '', request.headers, body);
    if (door.losesAnswers || result === 'cut') request.socket.destroy();
    else send(response, result);
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

/** A scan that is not as the contract has it is the phone's mistake: the request fails, and the test with it. */
function scansIn(body: unknown): SentScan[] {
  const { scans = [] } = z.object({ scans: z.array(z.unknown()).optional() }).parse(body ?? {});
  return scans.map((each) => sentScan.parse(each));
}

function send(response: ServerResponse, result: Parameters<typeof written>[0]): void {
  const { status, type, text } = written(result);
  response.writeHead(status, { 'content-type': type }).end(text);
}
