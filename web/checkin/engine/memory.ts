import { isBesideEntrance } from '../../../shared/checkin/list/list.ts';
import type { ListTerms } from '../../../shared/checkin/roster/roster.schema.ts';
import { parseRevocations, type RevocationList } from '../../../shared/ticket/revocation-list.ts';
import { eventFingerprint } from '../../../shared/ticket/ticket.ts';
import {
  hex,
  type TicketKeys,
  ticketKeyId,
  trustedKeys,
  type VerifySignature,
} from '../../../shared/ticket/ticket-key.ts';
import { fromBase64url } from './base64url.ts';
import { type Change, changedTally, type DayTallies, listTally } from './check-ins.ts';
import { type Db, readState, type State } from './database.ts';
import type { Setup, SyncTrouble } from './engine.ts';

/** What the page has at hand of what is kept, so that neither a verdict nor the screen waits for it. */
export interface Memory {
  standing: 'starting' | 'open' | 'no-storage';
  state: Partial<State>;
  keys: TicketKeys;
  /** Of the event. */
  fingerprint: Uint8Array;
  revocations: RevocationList | undefined;
  /** Of the list that is scanned for. */
  tally: DayTallies;
  waiting: number;
  refused: number;
  trouble: { upload?: SyncTrouble | undefined; download?: SyncTrouble | undefined };
  /** Whether the browser promised not to clear what is kept. */
  isPersistent: boolean;
  /** Whether the last thing that was to be kept found no room. */
  isFull: boolean;
  /** How often `state` was begun to be read, and which of these readings it is of. */
  readings: { begun: number; taken: number };
}

export const emptyMemory = (): Memory => ({
  standing: 'starting',
  state: {},
  keys: new Map(),
  fingerprint: new Uint8Array(),
  revocations: undefined,
  tally: new Map(),
  waiting: 0,
  refused: 0,
  trouble: {},
  isPersistent: false,
  isFull: false,
  readings: { begun: 0, taken: 0 },
});

/** Reads all of it anew: at the beginning, and when something was changed by staff or by another tab. */
export async function recall(memory: Memory, db: Db): Promise<void> {
  await recallState(memory, db);
  await recount(memory, db);
}

export async function recallState(memory: Memory, db: Db): Promise<void> {
  const { readings } = memory;
  readings.begun += 1;
  const reading = readings.begun;
  const state = await readState(db);
  const { setup, device } = state;
  const keys = setup === undefined ? memory.keys : await importTicketKeys(setup.keys);
  const fingerprint = device === undefined ? memory.fingerprint : await eventFingerprint(device.terms.eventId);
  const revocations = await revocationsIn(state, { keys, fingerprint });
  // One that began later knows all that this one does: what staff chose meanwhile must not be as it was before.
  if (reading < readings.taken) return;
  readings.taken = reading;
  Object.assign(memory, { state, keys, fingerprint, revocations });
}

async function revocationsIn(
  { revocations }: Partial<State>,
  { keys, fingerprint }: Pick<Memory, 'keys' | 'fingerprint'>,
) {
  if (revocations === undefined) return undefined;
  const list = await parseRevocations(revocations, { keys, event: fingerprint });
  return typeof list === 'string' ? undefined : list;
}

/** Counts what waits: another tab may have sent it. */
export async function countQueue(memory: Memory, db: Db): Promise<void> {
  const tx = db.transaction(['outbox', 'refused']);
  const counts = await Promise.all([tx.objectStore('outbox').count(), tx.objectStore('refused').count()]);
  [memory.waiting, memory.refused] = counts;
}

/** Counts what waits and who came. */
export async function recount(memory: Memory, db: Db): Promise<void> {
  const door = doorIn(memory.state);
  const ofList = door && IDBKeyRange.bound([door.id], [door.id, []]);
  const tx = db.transaction(['outbox', 'refused', 'checkIns']);
  const [waiting, refused, checkIns] = await Promise.all([
    tx.objectStore('outbox').count(),
    tx.objectStore('refused').count(),
    ofList === undefined ? [] : tx.objectStore('checkIns').getAll(ofList),
  ]);
  memory.waiting = waiting;
  memory.refused = refused;
  memory.tally = door === undefined ? new Map() : listTally(checkIns, door);
}

/** What changed of them, without counting all anew. */
export function countChanges(memory: Memory, changes: readonly Change[]): void {
  const door = doorIn(memory.state);
  if (door === undefined) return;
  const here = changes.filter(({ list }) => list === door.id);
  memory.tally = here.reduce((tally, change) => changedTally(tally, change, door), memory.tally);
}

/** The lists that this device may scan for. */
const doorsOf = ({ setup, device }: Partial<State>): readonly ListTerms[] =>
  listsIn(setup).filter(({ id }) => device?.terms.lists.includes(id));

/** Doors, and what is handed out beside them. */
export const listsIn = (setup: Setup | undefined): readonly ListTerms[] => [
  ...(setup?.doors ?? []),
  ...(setup?.handouts ?? []),
];

/** The list that is scanned for: the one that staff chose, or the only one that is offered. */
export function doorIn(state: Partial<State>): ListTerms | undefined {
  const doors = doorsOf(state);
  const chosen = doors.find(({ id }) => id === state.door);
  if (chosen !== undefined) return chosen;
  const offered = doors.filter((door) => !isBesideEntrance(door, doors));
  return offered.length === 1 ? offered[0] : undefined;
}

/** Who leaves is scanned where it is known who is inside, and nowhere else. */
export const directionOf = (state: Partial<State>): 'in' | 'out' =>
  doorIn(state)?.passing === 'in-and-out' ? (state.direction ?? 'in') : 'in';

/** What tickets are verified with: by the browser, or where it knows no Ed25519 yet by a library that is fetched then only. */
export async function importTicketKeys(keys: Setup['keys']): Promise<TicketKeys> {
  const raw = keys.map(({ publicKey }) => fromBase64url(publicKey));
  try {
    return await trustedKeys(raw);
  } catch {
    return new Map(
      await Promise.all(raw.map(async (key) => [hex(await ticketKeyId(key)), await nobleVerifier(key)] as const)),
    );
  }
}

async function nobleVerifier(key: Uint8Array): Promise<VerifySignature> {
  const { verifyAsync } = await import('@noble/ed25519');
  return (message, signature) => verifyAsync(signature, message, key);
}
