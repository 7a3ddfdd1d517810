import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type * as z from 'zod';
import { enrolledDevice, enrolment } from '../../../shared/checkin/device/device.schema.ts';
import { roster } from '../../../shared/checkin/roster/roster.schema.ts';
import {
  type ScanAnswer,
  type SentScan,
  scanAnswers,
  scanBatch,
  sentScan,
} from '../../../shared/checkin/scan/scans.schema.ts';
import { foundPeople } from '../../../shared/checkin/search/search.schema.ts';
import { PROBLEMS, type ProblemType, problemDocument } from '../../../shared/kernel/http/problem.schema.ts';
import type { Guest, SampleEvent } from './event.ts';

type Roster = z.output<typeof roster>;

/** What a server at the doors knows, and what a test tells it to say. */
export interface Desk {
  /** Everyone who has a ticket: to be added to as time goes by. */
  readonly guests: Guest[];
  /** Every scan that was kept, by its id, with its device. */
  readonly kept: Map<string, SentScan & { readonly device: string }>;
  /** The signed list, base64url. */
  revocations: string | undefined;
  /** Entries of one page of the whole roster. */
  pageSize: number;
  /** Whether search is locked: the next one opens it with the digits that its phone was let in with. */
  isSearchLocked: boolean;
  /** What a scan is answered; by default it is kept. */
  judge: (scan: SentScan) => ScanAnswer | undefined;
  /** Changes the list of answers after it was made. */
  garble: (answers: readonly ScanAnswer[]) => readonly ScanAnswer[];
  /** Whether all devices are shut out: what they scanned is taken, and nothing is told to them. */
  isRevoked: boolean;
}

export const newDesk = (): Desk => ({
  guests: [],
  kept: new Map(),
  revocations: undefined,
  pageSize: Number.POSITIVE_INFINITY,
  isSearchLocked: false,
  judge: () => undefined,
  garble: (answers) => answers,
  isRevoked: false,
});

interface Offer {
  readonly terms: Roster['device'];
  secret?: string;
  searchCode?: string | undefined;
}

const HOUR = 60 * 60 * 1000;

/** The list of the sample event that phones may not scan for. */
const AWAY = 'away';

/** What the contract lets a server say to phones, each answer parsed by its schema. */
export function deskAnswers(event: SampleEvent, desk: Desk, now: () => number = Date.now) {
  const offers = new Map<string, Offer>();
  const log: { readonly list: string; readonly ticket: string; readonly device: string; readonly told: SentScan }[] =
    [];
  const tokenOf = ({ terms, secret }: Offer) => `${terms.eventId}.${terms.id}.${secret}`;

  /** A code for the next phone. */
  function offer(change: Partial<Roster['device']> = {}): string {
    const code = randomBytes(32).toString('base64url');
    const lists = event.setup.doors.map(({ id }) => id).filter((id) => id !== AWAY);
    const terms = {
      eventId: event.setup.event.id,
      id: `DEV${String(offers.size).padStart(5, '0')}`,
      name: 'Left door',
    };
    const may = { lists, maySearch: true, isVetted: true, endsAt: now() + 9 * HOUR };
    offers.set(code, { terms: { ...terms, ...may, ...change } });
    return code;
  }

  const offerOf = (authorization: string | undefined): Offer | undefined =>
    [...offers.values()].find((each) => authorization === `Bearer ${tokenOf(each)}`);

  function enrol(body: unknown): object | ProblemType {
    const { code, secret, searchCode } = enrolment.parse(body);
    const offered = offers.get(code);
    if (offered === undefined) return 'enrolment-not-valid';
    offered.secret ??= secret;
    offered.searchCode ??= searchCode;
    if (offered.secret !== secret) return 'enrolment-taken';
    return enrolledDevice.parse({ token: tokenOf(offered), device: offered.terms });
  }

  function take(body: unknown, device: string): object {
    const { scans } = scanBatch.parse(body);
    const answers = scans.map((each, place): ScanAnswer => {
      const scan = sentScan.parse(each);
      const judged = desk.judge(scan);
      if (judged !== undefined) return judged;
      const before = desk.kept.get(scan.scanId);
      const time = (correctedAt: number) => correctedAt !== scan.correctedAt && { correctedAt };
      if (before !== undefined) return { result: 'known', ...time(before.correctedAt) };
      // As the server does, which believes no time that is not over yet, and keeps one after the other.
      const told = { ...scan, correctedAt: Math.min(scan.correctedAt, now() + place) };
      desk.kept.set(scan.scanId, { ...told, device });
      log.push({ list: scan.list, ticket: scan.ticket, device, told });
      return { result: 'kept', ...time(told.correctedAt) };
    });
    return scanAnswers.parse({ answers: desk.garble(answers), ...(desk.isRevoked && { isRevoked: true }) });
  }

  /** Cursors: how many guests and scans were told, and which list of revocations and setup: `12 3 AQID… x9Fk…`. */
  function tell(since: string | undefined, device: Roster['device']): object {
    const [guests = 0, scans = 0, tag = '', told = ''] =
      since?.split(' ').map((each, at) => (at < 2 ? Number(each) : each)) ?? [];
    const upTo = Math.min(desk.guests.length, Number(guests) + desk.pageSize);
    const hasMore = upTo < desk.guests.length;
    const revoked = desk.revocations?.slice(-20) ?? '';
    const setup = createHash('sha256').update(JSON.stringify(event.setup)).digest('base64url');
    const others = log.slice(Number(scans)).filter((each) => each.device !== device.id);
    return roster.parse({
      isWhole: since === undefined,
      hasMore,
      cursor: `${upTo} ${log.length} ${revoked} ${setup}`,
      device,
      ...(told !== setup && { setup: event.setup }),
      ...(tag !== revoked && { revocations: desk.revocations }),
      entries: Buffer.concat(desk.guests.slice(Number(guests), upTo).map(({ entry }) => entry)).toString('base64url'),
      checkIns: others.map(({ list, ticket, device: by, told: { scanId, kind, undoes, correctedAt } }) => ({
        ...{ list, ticket },
        marks: [{ scanId, device: by, kind, correctedAt, ...(undoes !== undefined && { undoes }) }],
      })),
    } satisfies Record<keyof Omit<Roster, 'setup' | 'revocations'>, unknown>);
  }

  function find(text: string, { searchCode }: Offer, unlock: string | undefined): object {
    if (desk.isSearchLocked && unlock !== `code ${searchCode}`) {
      return { problem: 'search-locked', lock: { triesLeft: unlock === undefined ? 5 : 4 } };
    }
    desk.isSearchLocked = false;
    return foundPeople.parse({
      people: desk.guests
        .filter(({ person }) => person.name?.includes(text))
        .map(({ person, ticket }) => ({ ...person, ticket })),
      hasMore: false,
    });
  }

  /** @param path with its query */
  function answer(path: string, headers: IncomingHttpHeaders, body: unknown): object | ProblemType {
    const { pathname, searchParams } = new URL(path, 'http://door');
    if (pathname === '/api/checkin/devices') return enrol(body);
    const offered = offerOf(headers.authorization);
    if (offered === undefined) return 'device-unknown';
    const device = offered.terms;
    if (pathname === '/api/checkin/search') {
      return find(searchParams.get('q') ?? '', offered, headers['search-unlock']?.toString());
    }
    if (pathname === '/api/checkin/scans') return take(body, device.id);
    return tell(searchParams.get('since') ?? undefined, device);
  }

  return { offer, answer };
}

/** As it goes over the network. */
export function written(result: object | number | ProblemType): { status: number; type: string; text: string } {
  if (typeof result === 'number') return { status: result, type: 'application/json', text: '{"message":"gateway"}' };
  if (typeof result === 'object' && 'lock' in result && 'problem' in result) {
    const type = result.problem as ProblemType;
    const document = problemDocument.parse({ ...problemOf(type), lock: result.lock });
    return { status: document.status, type: 'application/problem+json', text: JSON.stringify(document) };
  }
  if (typeof result === 'object') return { status: 200, type: 'application/json', text: JSON.stringify(result) };
  const document = problemOf(result);
  return { status: document.status, type: 'application/problem+json', text: JSON.stringify(document) };
}

const problemOf = (type: ProblemType) => ({ type: `urn:plenary:problem:${type}`, title: type, status: PROBLEMS[type] });
