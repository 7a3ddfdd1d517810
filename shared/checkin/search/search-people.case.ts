import { timingSafeEqual } from 'node:crypto';
import type { EventDefinition } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import { updateIf } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, ProblemError, SearchLockedError } from '../../kernel/errors.ts';
import { type Guarded, guarded } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseEmailAddress } from '../../kernel/text/email-address.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { isUnreached } from '../../mail/fate/mail-fate.ts';
import { minorsOf } from '../../minors/chaperone/chaperone.ts';
import { headcountFor, minorsWhoCome } from '../../minors/chaperone/headcount.store.ts';
import { hashAddress, hashCoordinator } from '../../registration/hashes.store.ts';
import { deskMatcher, namedAtDesk } from '../../registration/list/search.ts';
import { readLock } from '../../registration/lock.store.ts';
import { readPeople } from '../../registration/people/people.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { noteRead } from '../../team/audit/audited.case.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { activeDeviceOf, byDevice, eventOfDevice } from '../actors.case.ts';
import { deviceKey } from '../check-in-keys.ts';
import { type Device, fromDeviceItem, type SearchLock } from '../device/device.schema.ts';
import { isVettedDevice } from '../device/device.ts';
import { parseDeviceToken } from '../device/known-device.case.ts';
import type { CHECKIN_ROUTES } from '../devices.routes.ts';
import { entryOf } from '../roster/roster-entry.ts';
import { tiesAmong } from '../roster/roster-for.case.ts';
import { parseSearchUnlock, type SearchUnlock } from './search.schema.ts';
import {
  afterChallenge,
  afterSearch,
  afterWrongCode,
  MOST_SEARCHES,
  MOST_WRONG_CODES,
  searchesWithinHour,
  searchStatus,
} from './search-lock.ts';
import { isAssertion, searchCodeHash } from './search-secret.case.ts';

type FindDeps = Needs<'client' | 'people' | 'peopleMemory' | 'registry' | 'secrets' | 'system'>;
type SearchPeopleDeps = FindDeps & Needs<'auditTable' | 'events' | 'siteUrl' | 'write'>;
type Rules = EventDefinition<string>;

const MOST_FOUND = 20;

/** Finds people who come without their ticket, at a desk. That a minor was looked for is noted. */
export const searchPeople = (deps: SearchPeopleDeps): Guarded<typeof CHECKIN_ROUTES.searchPeople> =>
  guarded(
    ({ authorization }) => searcherOf(deps, authorization),
    async ({ query: { q }, headers }, searcher) => {
      await admitSearch(deps, searcher, parseSearchUnlock(headers['search-unlock']));
      const { device } = searcher;
      const event = await eventOfDevice(deps, device);
      const seesMinors = isVettedDevice(device, lastDay(event));
      const found = await findPeople(deps, event, q, seesMinors);
      const shown = found.slice(0, MOST_FOUND);
      const [counts, tied] = await Promise.all([headcountFor(deps, event, shown), tiedTo(deps, event.id, shown)]);
      const tiesOf = tiesAmong([...shown, ...tied], event);
      for (const each of shown) {
        if (each.ageBand === 'minor') await noteRead(deps, event, byDevice(device), 'read-minor', each);
      }
      const people = shown.map((registration) => ({
        ...entryOf(event, registration, counts, seesMinors, tiesOf(registration)),
        ticket: ticketHashOf(registration),
        ...(isUnreached(registration) && { unreached: true as const }),
      }));
      return json(200, { people, hasMore: found.length > shown.length });
    },
  );

async function searcherOf(deps: SearchPeopleDeps, authorization?: string): Promise<Searcher> {
  const device = await activeDeviceOf(deps, authorization);
  if (!device.maySearch) throw new ProblemError('not-permitted');
  return { device, secret: secretIn(authorization) };
}

/** Nobody under 18 is found by their name by staff who were not vetted (CS13), and nobody at all before they are confirmed (CS2). */
function mayBeFound({ ageBand, status, reference }: Registration, q: string, seesMinors: boolean): boolean {
  if (ageBand !== 'minor') return true;
  return status === 'confirmed' && (seesMinors || parseReference(q) === reference);
}

type Found = Pick<Registration, 'reference' | 'status' | 'badgeName'>;

const inOrder = <Some extends Found>(found: readonly Some[]): readonly Some[] =>
  found.toSorted((a, b) => Number(b.status === 'confirmed') - Number(a.status === 'confirmed') || byName(a, b));
const byName = (a: Found, b: Found): number => (a.badgeName < b.badgeName ? -1 : 1);

/**
 * Those whom a desk means, as they are registered now, one more of them than are shown at most: who has the reference or the address, whatever
 * the people index knows; adults whose rows say so; for vetted staff also minors who come.
 */
async function findPeople(
  deps: FindDeps,
  event: Rules,
  q: string,
  seesMinors: boolean,
): Promise<readonly Registration[]> {
  const { people } = deps;
  const isMeant = deskMatcher(q);
  const isFound = (each: Registration): boolean => isMeant(each) && mayBeFound(each, q, seesMinors);
  const [known, held, young] = await Promise.all([
    readPeople(deps, event),
    heldBy(deps, event, q),
    seesMinors ? minorsWhoCome(deps, event.id) : [],
  ]);
  const rows = [...known.people.values()];
  const reached = rows.filter((each) => each.throughCoordinator && each.delegation === held.delegation);
  const exact = await people.registrations(event.id, held.references);
  const read = new Map([...exact, ...young].filter(isFound).map((each) => [each.reference, each]));
  const meant = new Map<string, Found>([...namedAtDesk(rows, q), ...reached, ...read.values()].map(named));
  const found: Registration[] = [];
  const wanted = inOrder([...meant.values()]);
  for (let looked = 0; looked < wanted.length && found.length <= MOST_FOUND; ) {
    const some = wanted.slice(looked, looked + MOST_FOUND + 1 - found.length).map(({ reference }) => reference);
    looked += some.length;
    const unread = some.filter((reference) => !read.has(reference));
    for (const each of await people.registrations(event.id, unread)) read.set(each.reference, each);
    found.push(...some.flatMap((reference) => read.get(reference) ?? []).filter(isFound));
  }
  return inOrder(found);
}

const named = <Some extends Found>(each: Some): readonly [string, Some] => [each.reference, each];

/** Who has the reference that was typed, or the address; and the delegation whose coordinator has it, and gets mail about others. */
async function heldBy({ client, registry, secrets }: FindDeps, { id }: Rules, q: string) {
  const reference = parseReference(q);
  const references = reference === undefined ? [] : [reference];
  const address = parseEmailAddress(q);
  if (!('value' in address)) return { references };
  const [lock, delegation] = await Promise.all([
    hashAddress(secrets, id, address.value).then((hash) => readLock(client, registry, id, hash)),
    hashCoordinator(secrets, id, address.value),
  ]);
  return { references: lock === undefined ? references : [...references, lock.reference], delegation };
}

/** Chaperones and those whom they look after, of people who are shown. */
function tiedTo(
  { people }: FindDeps,
  eventId: string,
  shown: readonly Registration[],
): Promise<readonly Registration[]> {
  const tied = shown.flatMap((each) => [...minorsOf(each), ...[each.minor?.chaperone?.reference ?? []].flat()]);
  const known = new Set(shown.map(({ reference }) => reference));
  return people.registrations(
    eventId,
    tied.filter((reference) => !known.has(reference)),
  );
}

type AdmitSearchDeps = Needs<'client' | 'registry' | 'siteUrl' | 'system'>;

const CHALLENGE_BYTES = 32;
/** How often a search is judged anew because another of the same phone came first: rivals are few where each must be counted. */
const MOST_RACES = 12;

/** A desk's phone that asks, with the secret of its token. */
interface Searcher {
  readonly device: Device;
  readonly secret: string;
}

/** @param authorization of a known device */
const secretIn = (authorization = ''): string =>
  parseDeviceToken(authorization.replace(/^Bearer /i, '').trim())?.secret ?? '';

/** What becomes of the lock, and why nobody is shown where that is so. */
interface Judged {
  readonly lock: SearchLock;
  readonly problem?: ProblemError | undefined;
}

/**
 * Counts one search of a phone, or says why there is none (AU10). What is tried is judged by the lock as it was read, and counts once that
 * lock was changed as it stood: of codes that come at once no more are tried than one after another, and of searches none is left uncounted.
 *
 * @throws ProblemError `search-locked`, `search-ended`, `too-many-searches`, `device-revoked`
 */
async function admitSearch(deps: AdmitSearchDeps, searcher: Searcher, unlock: SearchUnlock | undefined): Promise<void> {
  let { search: lock } = searcher.device;
  const codeHash = unlock?.kind === 'code' ? await searchCodeHash(unlock.code, searcher.device, searcher.secret) : '';
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (lock === undefined) throw new ProblemError('search-ended');
    const judged = judge(deps, lock, unlock, codeHash);
    const saved = judged.lock === lock ? 'done' : await save(deps, searcher.device, lock.revision, judged.lock);
    if (saved === 'done') {
      if (judged.problem !== undefined) throw judged.problem;
      return;
    }
    await deps.system.backOff(race);
    lock = saved;
  }
  throw new BusyError();
}

function judge(deps: AdmitSearchDeps, lock: SearchLock, unlock: SearchUnlock | undefined, codeHash: string): Judged {
  const now = deps.system.now().getTime();
  const standing = searchStatus(lock, now);
  if (standing === 'ended') return { lock, problem: new ProblemError('search-ended') };
  if (searchesWithinHour(lock, now) >= MOST_SEARCHES) return { lock, problem: new ProblemError('too-many-searches') };
  if (standing === 'open') return { lock: afterSearch(lock, now) };
  if (unlock?.kind === 'code') {
    const isRight = timingSafeEqual(Buffer.from(lock.codeHash), Buffer.from(codeHash));
    return isRight ? { lock: afterSearch(lock, now) } : refused(deps, afterWrongCode(lock), now);
  }
  return isSigned(deps, lock, unlock, now) ? { lock: afterSearch(lock, now) } : refused(deps, lock, now);
}

function isSigned(
  { siteUrl }: AdmitSearchDeps,
  { passkey, challenge }: SearchLock,
  unlock: SearchUnlock | undefined,
  now: number,
) {
  if (unlock?.kind !== 'passkey' || passkey === undefined || challenge === undefined || now >= challenge.until)
    return false;
  return isAssertion(passkey, { challenge: challenge.value, origin: siteUrl }, unlock);
}

/** The next challenge goes with the refusal, so that a phone with a passkey needs no route of its own for it. */
function refused({ system }: AdmitSearchDeps, lock: SearchLock, now: number): Judged {
  if (searchStatus(lock, now) === 'ended') return { lock, problem: new ProblemError('search-ended') };
  const triesLeft = MOST_WRONG_CODES - lock.failures;
  if (lock.passkey === undefined) return { lock, problem: new SearchLockedError({ triesLeft }) };
  const challenge = Buffer.from(system.random(CHALLENGE_BYTES)).toString('base64url');
  const passkey = { id: lock.passkey.id, challenge };
  return { lock: afterChallenge(lock, challenge, now), problem: new SearchLockedError({ triesLeft, passkey }) };
}

/** @returns the lock as it stands, where it is not as it was read; nothing where there is none */
async function save(
  { client, registry }: AdmitSearchDeps,
  { eventId, id }: Device,
  revision: number,
  next: SearchLock,
): Promise<'done' | SearchLock | undefined> {
  const saved = await updateIf(client, {
    TableName: registry,
    Key: deviceKey(eventId, id),
    UpdateExpression: 'SET #search = :next',
    ConditionExpression: '#search.revision = :revision AND attribute_not_exists(revokedAt)',
    ExpressionAttributeNames: { '#search': 'search' },
    ExpressionAttributeValues: { ':next': next, ':revision': revision },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  if (saved === 'done') return 'done';
  const device = saved && fromDeviceItem(saved);
  if (device?.revokedAt !== undefined) throw new ProblemError('device-revoked');
  return device?.search;
}
