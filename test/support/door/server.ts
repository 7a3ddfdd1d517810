import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { enrolledDevice, enrolment } from '../../../shared/contract/checkin/device.ts';
import { roster } from '../../../shared/contract/checkin/roster.ts';
import { scanAnswers, scanBatch, toldScan } from '../../../shared/contract/checkin/scans.ts';
import { foundPeople } from '../../../shared/contract/checkin/search.ts';
import { PROBLEMS, type ProblemType } from '../../../shared/contract/problem.ts';
import type { Guest, SampleEvent } from './event.ts';

export type Told = z.output<typeof toldScan>;
type Answer = z.output<typeof scanAnswers>['answers'][number];
type Roster = z.output<typeof roster>;

/** What goes wrong with a request instead of its answer: the connection breaks, or a status of the gateway's or one of our problems comes. */
export type Fault = 'cut' | number | ProblemType;

/** One request, as it came in. */
export interface Request {
  readonly path: string;
  readonly since: string | undefined;
  readonly scans: readonly Told[];
  readonly device: string | undefined;
}

/** Says to phones what the contract lets a server say, over real HTTP, and does what a test tells it. */
export interface DoorServer {
  readonly url: string;
  /** Everyone who has a ticket: to be added to as time goes by. */
  readonly guests: Guest[];
  /** Every scan that was kept, by its id, with its device. */
  readonly kept: Map<string, Told & { readonly device: string }>;
  readonly requests: Request[];
  /** The signed list, base64url. */
  revocations: string | undefined;
  /** Milliseconds that it takes to keep scans. */
  pause: number;
  /** Entries of one page of the whole roster. */
  pageSize: number;
  /** What goes wrong; nothing by default. */
  fault: (request: Request) => Fault | undefined;
  /** What a scan is answered; by default it is kept. */
  judge: (scan: Told) => Answer | undefined;
  /** Changes the list of answers after it was made. */
  garble: (answers: readonly Answer[]) => readonly Answer[];
  /** Offers a code to the next phone. */
  readonly offer: (terms?: Partial<Roster['device']>) => string;
  /** What is asked is done, but the answer does not arrive. */
  losesAnswers: boolean;
  readonly files: Map<string, string>;
  close(): Promise<void>;
}

interface Enrolled {
  readonly terms: Roster['device'];
  secret?: string;
}

const id = (): string => randomBytes(32).toString('base64url');

export async function doorServer(event: SampleEvent): Promise<DoorServer> {
  const offers = new Map<string, Enrolled>();
  const log: { readonly list: string; readonly ticket: string; readonly device: string; readonly told: Told }[] = [];
  const tokenOf = ({ terms, secret }: Enrolled) => `${terms.eventId}.${terms.id}.${secret}`;
  const deviceOf = (request: IncomingMessage): Enrolled | undefined =>
    [...offers.values()].find((each) => request.headers.authorization === `Bearer ${tokenOf(each)}`);

  const door: Omit<DoorServer, 'url' | 'close'> = {
    guests: [],
    kept: new Map(),
    requests: [],
    revocations: undefined,
    pause: 0,
    pageSize: Number.POSITIVE_INFINITY,
    fault: () => undefined,
    judge: () => undefined,
    garble: (answers) => answers,
    losesAnswers: false,
    files: new Map(),
    offer(change = {}) {
      const code = id();
      const lists = event.setup.doors.map((each) => each.id).filter((each) => each !== 'away');
      const endsAt = Date.now() + 9 * 60 * 60 * 1000;
      const terms = {
        eventId: event.setup.event.id,
        id: `DEV${String(offers.size).padStart(5, '0')}`,
        name: 'Left door',
      };
      offers.set(code, { terms: { ...terms, lists, maySearch: true, isVetted: true, endsAt, ...change } });
      return code;
    },
  };

  function enrol(body: unknown): object | ProblemType {
    const { code, secret } = enrolment.parse(body);
    const offered = offers.get(code);
    if (offered === undefined) return 'enrolment-not-valid';
    offered.secret ??= secret;
    if (offered.secret !== secret) return 'enrolment-taken';
    return enrolledDevice.parse({ token: tokenOf(offered), device: offered.terms });
  }

  function take(body: unknown, device: string): object {
    const { scans } = scanBatch.parse(body);
    const answers = scans.map((each): Answer => {
      const scan = toldScan.parse(each);
      const judged = door.judge(scan);
      if (judged !== undefined) return judged;
      if (door.kept.has(scan.scanId)) return { result: 'known' };
      door.kept.set(scan.scanId, { ...scan, device });
      log.push({ list: scan.list, ticket: scan.ticket, device, told: scan });
      return { result: 'kept' };
    });
    return scanAnswers.parse({ answers: door.garble(answers) });
  }

  /** Cursors: how many guests and scans were told, and which list of revocations: `12 3 AQID…`. */
  function tell(since: string | undefined, device: Roster['device']): object {
    const [guests = 0, scans = 0, tag = ''] = since?.split(' ').map((each, at) => (at < 2 ? Number(each) : each)) ?? [];
    const upTo = Math.min(door.guests.length, Number(guests) + door.pageSize);
    const hasMore = upTo < door.guests.length;
    const revoked = door.revocations?.slice(-20) ?? '';
    const others = log.slice(Number(scans)).filter((each) => each.device !== device.id);
    return roster.parse({
      isWhole: since === undefined,
      hasMore,
      cursor: `${upTo} ${log.length} ${revoked}`,
      device,
      ...(since === undefined && { setup: event.setup }),
      ...(tag !== revoked && { revocations: door.revocations }),
      entries: Buffer.concat(door.guests.slice(Number(guests), upTo).map(({ entry }) => entry)).toString('base64url'),
      checkIns: others.map(({ list, ticket, device: by, told: { scanId, kind, undoes, correctedAt } }) => ({
        ...{ list, ticket },
        marks: [{ scanId, device: by, kind, correctedAt, ...(undoes !== undefined && { undoes }) }],
      })),
    } satisfies Record<keyof Omit<Roster, 'setup' | 'revocations'>, unknown>);
  }

  const find = (text: string): object =>
    foundPeople.parse({
      people: door.guests
        .filter(({ person }) => person.name?.includes(text))
        .map(({ person, ticket }) => ({ ...person, ticket })),
      hasMore: false,
    });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://door');
    const file = door.files.get(pathname);
    if (file !== undefined || !pathname.startsWith('/api/')) {
      const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
      response.writeHead(file === undefined ? 404 : 200, { 'content-type': type }).end(file);
      return;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const body: unknown = chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
    const known = deviceOf(request);
    const told = pathname.endsWith('/scans') ? z.object({ scans: z.array(z.unknown()) }).parse(body).scans : [];
    const since = searchParams.get('since') ?? undefined;
    const asked = { path: pathname, since, scans: told.map((each) => toldScan.parse(each)), device: known?.terms.id };
    door.requests.push(asked);
    const fault = door.fault(asked);
    if (fault === 'cut') {
      request.socket.destroy();
      return;
    }
    if (typeof fault === 'number') {
      response.writeHead(fault, { 'content-type': 'application/json' }).end('{"message":"gateway"}');
      return;
    }
    const say = (result: object | ProblemType): void => {
      if (door.losesAnswers) {
        request.socket.destroy();
        return;
      }
      const isProblem = typeof result === 'string';
      const status = isProblem ? PROBLEMS[result] : 200;
      const type = isProblem ? 'application/problem+json' : 'application/json';
      const document = isProblem ? { type: `urn:plenary:problem:${result}`, title: result, status } : result;
      response.writeHead(status, { 'content-type': type }).end(JSON.stringify(document));
    };
    if (fault !== undefined) return say(fault);
    if (pathname === '/api/checkin/devices') {
      return say(enrol(body));
    }
    if (known === undefined) return say('device-unknown');
    if (pathname === '/api/checkin/scans') await sleep(door.pause);
    if (pathname === '/api/checkin/scans') return say(take(body, known.terms.id));
    if (pathname === '/api/checkin/search') return say(find(searchParams.get('q') ?? ''));
    say(tell(since, known.terms));
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
