import type { Answer } from './api.ts';
import type { Context } from './context.ts';
import type { SyncTrouble } from './engine.ts';
import { countChanges, countQueue } from './memory.ts';
import { mergeCheckIns } from './merge-check-ins.ts';
import { retimed, settle, type Waiting, waitingAfter } from './outbox.ts';
import { type State, saveState } from './state.ts';
import { noteStanding, troubleOf } from './trouble.ts';
import type { ScanAnswer } from './types.ts';

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
    await db.use((open) => mergeCheckIns(open, timed, (changes) => countChanges(memory, changes)));
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

const isPassing = (answer: Exclude<Answer<unknown>, { kind: 'ok' }>): boolean =>
  answer.kind === 'problem' && PASSING.includes(answer.status);
