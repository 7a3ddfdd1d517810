import type { KnownCheckIn } from '../../../shared/checkin/roster/roster.schema.ts';
import type { ApiAnswer } from './api.ts';
import { markOf, mergeCheckIns } from './check-ins.ts';
import { type Context, noteStanding, troubleOf } from './context.ts';
import { ALL_STORES, type Db, type ScanAnswer, type State, saveState, type WaitingScan } from './database.ts';
import { type SyncTrouble, UnsentError } from './engine.ts';
import { countChanges, countQueue } from './memory.ts';

/** Scans of one request, and how long they may be together: the contract's, with room around them. */
const MOST = 200;
const MOST_BYTES = 240_000;
/** Scans that fail each alone, one after the other, until it is the server that is in trouble and not they. */
const MOST_STRIKES = 3;
const PATIENCE = 20_000;
/** The part of a batch that is worth no smaller one, and by which the next is larger where all went well. */
const FEW = 1 / 8;
/** Answers that say more of the moment than of what was sent. */
const PASSING = [429, 502, 503, 504];

/** What came of a batch. */
type Sent =
  | { readonly kind: 'answered'; readonly answers: readonly ScanAnswer[] }
  /** Something in it may be what the server cannot take: it is sent in smaller parts. */
  | { readonly kind: 'rejected' }
  | { readonly kind: 'stopped'; readonly trouble: SyncTrouble };

/**
 * Brings in what was scanned, oldest first, until nothing is left that can be brought in now.
 *
 * @returns whether all of it was, and the server answered; it does not throw
 */
export function uploading(context: Context): () => Promise<boolean> {
  const { memory, db, clock, deps } = context;
  let limit = MOST;
  /** As many as were kept within the time of one request when last it ran out, and a little more each time all of them were. */
  let fits = MOST;
  /** Keys of scans with which a request of their own failed: they are tried after the others, so that they hold up none (CI6). */
  const suspects = new Set<number>();

  async function send(batch: readonly Waiting[]): Promise<Sent> {
    const body = JSON.stringify({ scans: batch.map(({ kept }) => kept.scan) });
    const token = memory.state.device?.token;
    const answer = await context.ask<{ answers?: unknown; isRevoked?: unknown }>({
      path: '/api/checkin/scans',
      token,
      body,
      patience: PATIENCE,
    });
    if (answer.kind === 'ok') {
      await noteStanding(context, answer.body.isRevoked === true ? 'revoked' : undefined);
      const { answers } = answer.body;
      // Answers are told apart by their place: of too few or too many, none is certain.
      const isWhole = Array.isArray(answers) && answers.length === batch.length;
      return isWhole ? { kind: 'answered', answers } : { kind: 'rejected' };
    }
    const trouble = troubleOf(answer);
    await noteStanding(context, trouble);
    return trouble !== 'server' || isPassing(answer) ? { kind: 'stopped', trouble } : { kind: 'rejected' };
  }

  /** A phone without room lets go of scans all the same. */
  async function remember(changes: Partial<Pick<State, 'uploadedAt' | 'clock'>>): Promise<void> {
    memory.state = { ...memory.state, ...changes };
    await db.use((open) => saveState(open, changes)).catch(() => undefined);
  }

  /** The last to be tried again. */
  const suspect = (key: number): void => {
    suspects.delete(key);
    suspects.add(key);
  };

  /** @returns what is wrong, if anything: then the rest is left for later, or, where the server took some, for the next round */
  async function bringIn(
    batch: readonly Waiting[],
  ): Promise<Exclude<Sent['kind'], 'answered'> | 'fine' | 'some' | 'later'> {
    const sent = await send(batch);
    if (sent.kind !== 'answered') {
      memory.trouble.upload = sent.kind === 'stopped' ? sent.trouble : 'server';
      // Without a network it is nothing about the scans.
      if (!deps.isOnline()) return sent.kind;
      limit = Math.max(1, Math.ceil(batch.length / 2));
      if (sent.kind === 'stopped') fits = limit;
      if (batch.length === 1) for (const { key } of batch) suspect(key);
      return sent.kind;
    }
    const timed = batch.flatMap((each, place) => retimed(each, sent.answers[place]));
    const merging = db.use((open) => mergeCheckIns(open, timed, (changes) => countChanges(memory, changes)));
    // Without room for it, this phone alone sees people pass at another time; what the server has would else be sent for ever.
    await merging.catch(() => undefined);
    const { gone, refused } = await db.use((open) => settle(open, batch, sent.answers));
    memory.waiting -= gone;
    memory.refused += refused;
    await remember({ uploadedAt: deps.now(), clock: clock.offset() });
    learn(batch.length, gone);
    for (const { key } of batch) suspects.delete(key);
    context.changed('everywhere');
    if (gone === batch.length) return 'fine';
    return gone > 0 ? 'some' : 'later';
  }

  /** Many that are to come again were sent in vain: the server had no time for so many at once. */
  function learn(sent: number, gone: number): void {
    if (sent - gone > sent * FEW) fits = Math.max(gone, Math.ceil(sent / 4));
    else if (sent >= fits) fits = Math.min(MOST, fits + Math.ceil(fits * FEW));
    limit = Math.min(fits, limit * 2);
  }

  async function flush(): Promise<boolean> {
    const device = memory.state.device?.terms.id;
    if (device === undefined) return true;
    const isMine = ({ kept }: Waiting) => kept.device === device;
    let isAll = true;
    let isMore = false;
    let strikes = 0;
    for (let after = 0; ; ) {
      const next = await db.use((open) => waitingAfter(open, after, limit));
      const { batch, last } = batchOf(next, (each) => isMine(each) && !suspects.has(each.key));
      if (last === undefined) {
        if (!isMore) break;
        // What the server had no time for is sent again at once, as long as it takes some each time.
        [isAll, isMore, after] = [true, false, 0];
        continue;
      }
      const came = batch.length === 0 ? 'fine' : await bringIn(batch);
      if (came === 'stopped') return false;
      isAll &&= came === 'fine';
      strikes = came === 'rejected' && batch.length === 1 ? strikes + 1 : strikes;
      if (strikes >= MOST_STRIKES) return false;
      isMore ||= came === 'some';
      if (came !== 'rejected') strikes = 0;
      if (came !== 'rejected' || batch.length === 1) after = last.key;
    }
    return (await retrySuspects(isMine)) && isAll;
  }

  /** Some of them, each alone; the others another time. Nothing is dropped because it failed often (CI7). */
  async function retrySuspects(isMine: (waiting: Waiting) => boolean): Promise<boolean> {
    for (const key of [...suspects].slice(0, MOST_STRIKES)) {
      const [waiting] = await db.use((open) => waitingAfter(open, key - 1, 1));
      if (waiting?.key !== key || !isMine(waiting)) {
        suspects.delete(key);
        continue;
      }
      const came = await bringIn([waiting]);
      if (came === 'stopped') return false;
      if (came === 'rejected') continue;
      // It was the server that was in trouble, and not they.
      suspects.clear();
      return came === 'fine' && flush();
    }
    return suspects.size === 0;
  }

  return () =>
    context.exclusively('upload', async () => {
      const isAll = await flush().catch(() => false);
      if (isAll) memory.trouble.upload = undefined;
      await db.use((open) => countQueue(memory, open)).catch(() => undefined);
      context.changed('here');
      return isAll;
    });
}

/** As many of them as go into one request, and the last that was looked at: walk-ins are long in scripts that need three bytes a letter. */
function batchOf(next: readonly Waiting[], isSent: (waiting: Waiting) => boolean) {
  const batch: Waiting[] = [];
  let last: Waiting | undefined;
  let bytes = 0;
  for (const each of next) {
    const length = isSent(each) ? new TextEncoder().encode(JSON.stringify(each.kept.scan)).length + 1 : 0;
    if (bytes + length > MOST_BYTES && batch.length > 0) break;
    if (length > 0) batch.push(each);
    bytes += length;
    last = each;
  }
  return { batch, last };
}

const isPassing = (answer: Exclude<ApiAnswer<unknown>, { kind: 'ok' }>): boolean =>
  answer.kind === 'problem' && PASSING.includes(answer.status);

/** A scan that is not on the server, under its key. */
interface Waiting {
  readonly key: number;
  readonly kept: WaitingScan;
}

/** The next of them in the order in which they were made. @param after key of the last one that was looked at */
async function waitingAfter(db: Db, after: number, limit: number): Promise<Waiting[]> {
  const range = IDBKeyRange.lowerBound(after, true);
  const { store } = db.transaction('outbox');
  const [keys, values] = await Promise.all([store.getAllKeys(range, limit), store.getAll(range, limit)]);
  return values.map((kept, index) => ({ key: keys[index] as number, kept }));
}

/** What the answers to a batch leave on the phone. */
interface Settled {
  readonly gone: number;
  readonly refused: number;
}

/**
 * A scan for which another time counts than the one that was told, as all others have it: this phone has to go by it too, or it would
 * see people come and go in another order than they.
 */
export function retimed({ kept }: Waiting, answer: ScanAnswer | undefined): KnownCheckIn[] {
  const isKept = answer?.result === 'kept' || answer?.result === 'known';
  if (!isKept || answer.correctedAt === undefined) return [];
  const { correctedAt } = answer;
  return [{ list: kept.scan.list, ticket: kept.scan.ticket, marks: [{ ...markOf(kept), correctedAt }] }];
}

/**
 * Lets go of what the server has, and sets aside what it never takes (CI6). Whatever has no such answer of its own stays. If this is
 * lost, the scans are sent again, which changes nothing.
 */
async function settle(db: Db, batch: readonly Waiting[], answers: readonly ScanAnswer[]): Promise<Settled> {
  const tx = db.transaction(['outbox', 'refused'], 'readwrite');
  const outbox = tx.objectStore('outbox');
  const work: Promise<unknown>[] = [];
  let [gone, refused] = [0, 0];
  batch.forEach(({ key, kept }, index) => {
    const answer = answers[index];
    if (answer?.result !== 'kept' && answer?.result !== 'known' && answer?.result !== 'refused') return;
    if (answer.result === 'refused') {
      work.push(tx.objectStore('refused').put({ ...kept, why: answer.why }, key));
      refused += 1;
    }
    work.push(outbox.delete(key));
    gone += 1;
  });
  await Promise.all([...work, tx.done]);
  return { gone, refused };
}

/** All scans that are not on the server, and those it refused, as a file that a person can hand over (CI7). @param at epoch milliseconds */
export async function exportScans(db: Db, at: number): Promise<Blob> {
  const tx = db.transaction(['outbox', 'refused']);
  const read = async (store: 'outbox' | 'refused') => {
    const [keys, scans] = await Promise.all([tx.objectStore(store).getAllKeys(), tx.objectStore(store).getAll()]);
    return { keys, scans };
  };
  const [waiting, refused] = await Promise.all([read('outbox'), read('refused')]);
  const exportedUpTo = Math.max(0, ...lastOf(waiting.keys), ...lastOf(refused.keys));
  await saveState(db, { exportedUpTo });
  // As the console reads it: web/console/checkin/held-scans.tsx.
  const content = { exportedAt: new Date(at).toISOString(), waiting: waiting.scans, refused: refused.scans };
  return new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' });
}

/** Keys come in order. */
const lastOf = (keys: readonly number[]): readonly number[] => keys.slice(-1);

/** Forgets the device and all that is kept. @throws UnsentError where scans would be lost that nobody has */
export async function forgetAll(db: Db): Promise<void> {
  const tx = db.transaction(ALL_STORES, 'readwrite', { durability: 'strict' });
  const exportedUpTo = ((await tx.objectStore('state').get('exportedUpTo')) as number | undefined) ?? 0;
  const later = IDBKeyRange.lowerBound(exportedUpTo, true);
  const lost = await Promise.all([tx.objectStore('outbox').count(later), tx.objectStore('refused').count(later)]);
  const isLoss = lost.some((count) => count > 0);
  if (!isLoss) await Promise.all(ALL_STORES.map((store) => tx.objectStore(store).clear()));
  await tx.done;
  if (isLoss) throw new UnsentError();
}
