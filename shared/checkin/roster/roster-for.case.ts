import { readRevocations } from '../../ticket/revocations.store.ts';
import { changes, SETTLES } from './changes.case.ts';
import type { Deps, For } from './deps.case.ts';
import { everyone, MOST_BYTES } from './everyone.case.ts';
import { others } from './others.case.ts';
import type { RosterAnswer, RosterSetup } from './roster.schema.ts';
import { decodeCursor, encodeCursor, type RosterCursor } from './roster-cursor.ts';
import { PARTITIONS } from './roster-people.store.ts';

/** What a phone has to know beside its people. */
export interface Surroundings {
  /** A hash of it. */
  readonly tag: string;
  readonly make: () => Promise<RosterSetup>;
}

/**
 * What a phone takes over: all that there is, in as many answers as it takes, or what changed since. What it is told twice changes
 * nothing: it is told some of what is new more than once, so that nothing is missed.
 *
 * @param since the cursor of the answer before; whatever is none means that the phone has nothing
 */
export async function rosterFor(
  deps: Deps,
  whose: For,
  surroundings: Surroundings,
  since: string | undefined,
): Promise<Omit<RosterAnswer, 'device'>> {
  const now = deps.system.now().getTime();
  const told = since === undefined ? undefined : decodeCursor(since);
  const isKnown = told?.event === whose.event.version && told.isVetted === whose.isVetted;
  const known = isKnown ? told : undefined;
  const began = known ?? beginning(whose, now);
  const answer = await people(deps, whose, began, now);
  if (answer === undefined) return rosterFor(deps, whose, surroundings, undefined);
  const { entries, cursor, isComplete } = answer;
  const revoked = await readRevocations(deps.client, deps.registry, whose.device.eventId);
  const revocations = revoked === undefined ? '' : `${revoked.version}.${revoked.issuedAt}`;
  const feed = isComplete ? await others(deps, whose, cursor, now) : undefined;
  const hasMore = feed?.hasMore ?? true;
  const next: RosterCursor = {
    ...cursor,
    setup: surroundings.tag,
    revocations,
    ...(feed && { feed: feed.feed, isCatchingUp: cursor.isCatchingUp && hasMore }),
  };
  return {
    isWhole: known === undefined,
    hasMore,
    cursor: encodeCursor(next),
    ...(began.setup !== surroundings.tag && { setup: await surroundings.make() }),
    ...(revoked !== undefined && began.revocations !== revocations && { revocations: revoked.list }),
    entries: entries.toString('base64url'),
    checkIns: feed?.checkIns ?? [],
  };
}

/** @param now epoch milliseconds */
const beginning = ({ event, isVetted }: For, now: number): RosterCursor => ({
  ...{ event: event.version, isVetted, setup: '', partitions: 0, minors: '', feed: '', revocations: '' },
  changes: new Date(now - SETTLES).toISOString(),
  isCatchingUp: true,
});

/** Everyone, as far as this answer holds them, and then whoever changed meanwhile; `undefined` to begin anew. */
async function people(deps: Deps, whose: For, began: RosterCursor, now: number) {
  const all = began.partitions < PARTITIONS ? await everyone(deps, whose, began.partitions) : undefined;
  const cursor = { ...began, partitions: all?.reached ?? began.partitions };
  const first = all?.entries ?? Buffer.alloc(0);
  const isFull = cursor.partitions < PARTITIONS || first.length >= MOST_BYTES;
  if (isFull) return { entries: first, cursor, isComplete: false };
  const changed = await changes(deps, whose, cursor, now);
  if (changed === undefined) return undefined;
  const entries = Buffer.concat([first, changed.entries]);
  return { entries, cursor: { ...cursor, ...changed.reached }, isComplete: true };
}
