import { eventOf } from '../../event/event-of.case.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { noteChangedEvent } from '../../event/job.store.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { type ItemKey, NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact, updateIf, writeAll } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import type { ProblemType } from '../../kernel/http/problem.schema.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Given, Needs } from '../../kernel/parts.store.ts';
import type { System } from '../../kernel/system.store.ts';
import { cleaned } from '../../kernel/text/cleaned.ts';
import { encodeCrockford } from '../../kernel/text/crockford.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { VETTING_PROPOSAL_LASTS } from '../../team/role/vetting-rule.ts';
import { eventOfDevice, termsOf } from '../actors.case.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { deviceKey, enrolmentKey } from '../check-in-keys.ts';
import type { CHECKIN_ROUTES } from '../devices.routes.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { LONGEST_NAME } from '../list/lists.case.ts';
import { newSearchLock } from '../search/search-lock.ts';
import { isPasskey, searchCodeHash } from '../search/search-secret.case.ts';
import {
  type Device,
  fromDeviceItem,
  type Passkey,
  type StoredDevice,
  type StoredEnrolment,
  toDeviceItem,
} from './device.schema.ts';
import { fromEnrolmentItem, putDeviceProposal, putEnrolment, takeEnrolment } from './device.store.ts';
import { ENROLMENT_LASTS, enrolmentProblems, type OfOnePhone } from './device.ts';
import { deviceToken, hashOf } from './known-device.case.ts';

type OfferEnrolmentDeps = Needs<'auditTable' | 'client' | 'events' | 'registry' | 'siteUrl' | 'system' | 'write'>;

/**
 * Makes the code that a phone takes. A phone that is to show names of people under 18 is a proposal, which has no code until a
 * second person who is vetted accepts it (CS25).
 */
export const offerEnrolment =
  (deps: OfferEnrolmentDeps): Permitted<typeof CHECK_IN_ROUTES.offerEnrolment> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const { vettedUntil, maySearch, phones = 1 } = body;
    const name = cleaned('name', body.name, { max: LONGEST_NAME });
    const { lists: doors, handouts } = await readCheckInLists(deps.client, deps.registry, event);
    const known = [...doors, ...handouts];
    const lists = [...new Set(body.lists)];
    const now = deps.system.now();
    const endsAt = Date.parse(body.endsAt);
    const issues = enrolmentProblems(event, known, { name, lists, endsAt, vettedUntil, phones }, now.getTime());
    if (issues.length > 0) throw new InvalidInputError(issues);
    const terms = { eventId, name, lists, maySearch, endsAt };
    if (vettedUntil === undefined) {
      const offered = await writeOffer(deps, { ...terms, phones, enrolledBy: caller.id }, retentionEnd(event), (id) => [
        audited(deps, event, caller, 'offer-device', id),
      ]);
      return json(201, shownOnce(deps, offered));
    }
    const id = newDeviceId(deps.system);
    await deps.write([
      putDeviceProposal(deps.registry, undefined, {
        ...{ ...terms, id, vettedUntil, by: caller.id, at: now.toISOString(), revision: 1 },
      }),
      audited(deps, event, caller, 'propose-device', id, { label: name, vettedUntil }),
    ]);
    const until = Math.min(endsAt, now.getTime() + VETTING_PROPOSAL_LASTS);
    return json(202, { deviceId: id, expiresAt: new Date(until).toISOString() });
  };

/** A code as the member who gets it sees it, this once. */
export const shownOnce = (
  { siteUrl }: Pick<OfferEnrolmentDeps, 'siteUrl'>,
  { code, deviceId, expiresAt }: Offered,
) => ({
  deviceId,
  code,
  // A fragment reaches no server and no log.
  link: `${siteUrl}/checkin/#code=${code}`,
  expiresAt: new Date(expiresAt).toISOString(),
});

type EnrolDeviceDeps = Needs<'client' | 'events' | 'registry' | 'system'>;

const PROBLEMS = {
  unknown: 'enrolment-not-valid',
  expired: 'enrolment-expired',
  taken: 'enrolment-taken',
} as const satisfies Record<Exclude<Enrolled['kind'], 'enrolled'>, ProblemType>;

/**
 * Makes a device of the phone that scanned a code first, for the lists of the offer that are still there: staff who stand at a door
 * with it wait to scan, and nobody removes a list that anyone was let in for.
 */
export const enrolDevice =
  (deps: EnrolDeviceDeps): Handle<typeof CHECKIN_ROUTES.enrolDevice> =>
  async ({ body: { code, secret, ...keys } }) => {
    const enrolled = await takeCode(deps, code, secret, (offered) => listsLeft(deps, offered), keys);
    if (enrolled.kind !== 'enrolled') throw new ProblemError(PROBLEMS[enrolled.kind]);
    const { device, token } = enrolled;
    if (device.revokedAt !== undefined) throw new ProblemError('device-revoked');
    return json(200, { token, device: termsOf(device, await eventOfDevice(deps, device)) });
  };

async function listsLeft(
  deps: EnrolDeviceDeps,
  offered: Pick<Device, 'eventId' | 'lists'>,
): Promise<readonly string[]> {
  const { lists, handouts } = await readCheckInLists(deps.client, deps.registry, await eventOfDevice(deps, offered));
  return offered.lists.filter((id) => [...lists, ...handouts].some((list) => list.id === id));
}

export type EnrolmentDeps = Given<'registry', 'now' | 'random' | 'backOff'>;

/** 256 bits: 43 characters of base64url. */
const SECRET_BYTES = 32;
/** 40 bits: 8 Crockford characters. */
const DEVICE_ID_BYTES = 5;
/** How often a phone tries while others of its shift come first. */
const MOST_RACES = 20;

/** What a device is to be, and how many phones of a shift are: one unless it is said. */
export type EnrolmentTerms = Omit<Device, 'id' | OfOnePhone> & {
  readonly phones?: number | undefined;
};

/** A code as it is shown, this once. */
interface Offered {
  readonly code: string;
  readonly deviceId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const newDeviceId = ({ random }: Pick<System, 'random'>): string => encodeCrockford(random(DEVICE_ID_BYTES));

/**
 * A code that the first phones to scan it within ten minutes become devices with, and the write that makes it work. It is shown
 * once and kept nowhere.
 *
 * @param keepUntil when the device is forgotten: epoch seconds
 */
export function newOffer(
  { registry, system }: Omit<EnrolmentDeps, 'client'>,
  { phones = 1, ...wanted }: EnrolmentTerms & { readonly id: string },
  keepUntil: number,
): Offered & { readonly codeHash: string; readonly write: TransactItem } {
  const code = Buffer.from(system.random(SECRET_BYTES)).toString('base64url');
  const [codeHash, expiresAt] = [hashOf(code), system.now().getTime() + ENROLMENT_LASTS];
  const write = putEnrolment(registry, { ...wanted, phones, codeHash, expiresAt, keepUntil });
  return { code, deviceId: wanted.id, expiresAt, codeHash, write };
}

/**
 * Makes such a code.
 *
 * @param also what is written with it: an audit entry
 */
export async function writeOffer(
  deps: EnrolmentDeps,
  wanted: EnrolmentTerms,
  keepUntil: number,
  also: (deviceId: string) => readonly TransactItem[] = () => [],
): Promise<Offered> {
  const id = newDeviceId(deps.system);
  const { code, deviceId, expiresAt, write } = newOffer(deps, { ...wanted, id }, keepUntil);
  await writeAll(deps.client, [write, ...also(id)], deps.system);
  return { code, deviceId, expiresAt };
}

/** A device with the token that opens its routes, or why there is none. */
type Enrolled =
  | { readonly kind: 'enrolled'; readonly device: Device; readonly token: string }
  /** Never made, or forgotten. */
  | { readonly kind: 'unknown' }
  /** Its time is over, or all lists that it was for were removed. */
  | { readonly kind: 'expired' }
  /** Another phone took it: the organiser should know. */
  | { readonly kind: 'taken' };

/** What opens search on a desk's phone (AU10). */
interface Keys {
  /** Six digits, of the phone's making: it shows them once. */
  readonly searchCode?: string | undefined;
  /** Made once the phone knows that it is a desk's, and sent with the same code and secret. */
  readonly passkey?: Passkey | undefined;
}

/**
 * Takes a code for one phone, once (AU7). The secret is the phone's own, so that it may ask again where an answer was lost on the
 * way: it gets the same one.
 *
 * @param secret 43 characters of base64url
 * @param listsLeft which of its lists are still there
 * @param keys a phone that asks again may add a passkey within the ten minutes, and change nothing else
 */
export async function takeCode(
  { client, registry, system }: EnrolmentDeps,
  code: string,
  secret: string,
  listsLeft: (offered: Pick<Device, 'eventId' | 'lists'>) => Promise<readonly string[]>,
  { searchCode, passkey }: Keys = {},
): Promise<Enrolled> {
  const read = (Key: ItemKey) => readItem(client, registry, Key);
  const codeHash = hashOf(code);
  const secretHash = hashOf(secret);
  async function known(offered: StoredEnrolment, now: number): Promise<Enrolled> {
    const item = await read(deviceKey(offered.eventId, idOf(offered, secretHash)));
    const device = item && fromDeviceItem(item);
    if (device?.secretHash !== secretHash) return { kind: 'taken' };
    const isNew = now < device.enrolledAt + ENROLMENT_LASTS;
    if (passkey !== undefined && isNew && isPasskey(passkey)) await addPasskey(client, registry, device, passkey);
    return enrolled(device, secret);
  }
  for (let race = 1; ; race += 1) {
    const item = await read(enrolmentKey(codeHash));
    if (item === undefined) return { kind: 'unknown' };
    const offered = fromEnrolmentItem(item);
    const now = system.now().getTime();
    const taken = offered.takenBy.length;
    if (offered.takenBy.includes(secretHash)) return known(offered, now);
    if (taken >= offered.phones) return { kind: 'taken' };
    if (now >= offered.expiresAt) return { kind: 'expired' };
    const lists = await listsLeft(offered);
    if (lists.length === 0) return { kind: 'expired' };
    const device = { ...deviceOf(offered, secretHash, now), lists };
    const search = offered.maySearch &&
      searchCode !== undefined && { search: newSearchLock(await searchCodeHash(searchCode, device, secret)) };
    const Item = toDeviceItem({ ...device, ...search }, offered.keepUntil);
    const put = { Put: { TableName: registry, Item, ConditionExpression: NOT_THERE } };
    const take = takeEnrolment(registry, codeHash, { takenBy: secretHash, taken, now });
    const noted = noteChangedEvent(registry, 'phones', offered.eventId, new Date(now));
    const refusals = await transact(client, [take, put, noted], system);
    if (refusals.length === 0) return enrolled({ ...device, ...search }, secret);
    // Others of the shift scan the same code at the same time: each refusal is a phone that was let in, or the end of the ten minutes.
    if (race > MOST_RACES) throw new BusyError();
    await system.backOff(race);
  }
}
/** Once: a later holder of the code puts no key of theirs in its place. */
async function addPasskey(client: DocumentClient, table: string, { eventId, id }: Device, passkey: Passkey) {
  await updateIf(client, {
    TableName: table,
    Key: deviceKey(eventId, id),
    UpdateExpression: 'SET #search.passkey = :passkey, #search.revision = #search.revision + :one',
    ConditionExpression: 'attribute_exists(#search) AND attribute_not_exists(#search.passkey)',
    ExpressionAttributeNames: { '#search': 'search' },
    ExpressionAttributeValues: { ':passkey': passkey, ':one': 1 },
  });
}

/**
 * A device by its offer: of several, numbered in the order in which they came, and each with an id of its own, which is made of code and
 * secret so that a phone that asks again is the same one.
 */
function deviceOf(offered: StoredEnrolment, secretHash: string, enrolledAt: number): StoredDevice {
  const { codeHash: _, expiresAt: __, keepUntil: ___, takenBy, phones, id: offer, ...terms } = offered;
  const one = { ...terms, id: idOf(offered, secretHash), enrolledAt, secretHash, scans: {} };
  return phones === 1 ? one : { ...one, offer, name: `${terms.name} ${takenBy.length + 1}` };
}

const idOf = ({ phones, id, codeHash }: StoredEnrolment, secretHash: string): string =>
  phones === 1
    ? id
    : encodeCrockford(Buffer.from(hashOf(`${codeHash} ${secretHash}`), 'base64url').subarray(0, DEVICE_ID_BYTES));

function enrolled({ secretHash: _, ...device }: StoredDevice, secret: string): Enrolled {
  const { eventId, id: deviceId } = device;
  return { kind: 'enrolled', device, token: deviceToken({ eventId, deviceId, secret }) };
}
