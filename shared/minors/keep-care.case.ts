import { careEnd, retentionEnd } from '../event/event-times.ts';
import type { ChangedEvent } from '../event/job.store.ts';
import { logger } from '../kernel/log.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { newMessage } from '../mail/outbox/new-items.store.ts';
import { putTombstones } from '../registration/tombstone.store.ts';
import type { PendingAnswer } from './consent/guardian.schema.ts';
import { guardianAndReportPartitions, type KeptCareStore, needsPartitions } from './kept-care.store.ts';

/**
 * Milliseconds from when a version was first seen until nobody registers by the one before it any more: a function that does runs
 * for 10 seconds at most.
 */
const SUBMISSIONS_END = 15_000;

/** Of one event, in one run: a second or two. What is left is found by the next. */
const MOST = 1_000;
const AT_ONCE = 25;

/** Where something is, and until when it is kept, in epoch seconds. */
interface Kept {
  readonly partition: string;
  readonly until: number;
}

/**
 * Has `Care` forget needs, guardians and reports when the event as it is now says so. An organiser who moves dates, or changes how long
 * things are kept, cannot write there, so each publication is followed here, twice: as it is first seen, and once each person who was
 * registering meanwhile is done. What was to be forgotten by now is not kept any longer, though the table may still have it. It may be done
 * at any time and by two at once.
 */
export async function keepCare(
  { keptCare, readRules, system }: Needs<'keptCare' | 'readRules' | 'system'>,
  eventId: string,
): Promise<void> {
  const note = await keptCare.readNote(eventId);
  if (note === undefined || note.careKept) return;
  const event = await readRules(eventId);
  // Published between the two reads: the next run follows it.
  if (event?.version !== note.version) return;
  const now = system.now();
  const { version, careSeenAt = now.toISOString() } = note;
  if (note.careSeenAt === undefined) await keptCare.note(eventId, { version, careSeenAt });
  const isWhole = await keepAll(keptCare, now, [
    ...needsPartitions(eventId).map((partition) => ({ partition, until: careEnd(event) })),
    ...guardianAndReportPartitions(eventId).map((partition) => ({ partition, until: retentionEnd(event) })),
  ]);
  const isLast = now.getTime() - Date.parse(careSeenAt) >= SUBMISSIONS_END;
  if (isWhole && isLast) await keptCare.note(eventId, { version, careSeenAt, careKept: true });
}

/** Has `Care` forget now what it holds of an event that was deleted: nothing of it can be read by then, and nobody writes any more. */
export async function forgetDeleted(
  { changedEvents, keptCare, system }: Needs<'changedEvents' | 'keptCare' | 'system'>,
  deleted: ChangedEvent,
): Promise<void> {
  const now = system.now();
  const until = Math.floor(now.getTime() / 1000);
  const partitions = [...needsPartitions(deleted.eventId), ...guardianAndReportPartitions(deleted.eventId)];
  const isWhole = await keepAll(
    keptCare,
    now,
    partitions.map((partition) => ({ partition, until })),
  );
  if (isWhole) await changedEvents.settle('deleted', deleted);
}

/** @returns whether nothing is left for the next run */
async function keepAll(keptCare: KeptCareStore, now: Date, all: readonly Kept[]): Promise<boolean> {
  let changed = 0;
  for (const { partition, until } of all) {
    for await (const page of keptCare.pages(partition, until, Math.floor(now.getTime() / 1000))) {
      for (let from = 0; from < page.length; from += AT_ONCE) {
        if (changed >= MOST) return false;
        const items = page.slice(from, from + AT_ONCE);
        await Promise.all(items.map((item) => keptCare.keep(item, until)));
        changed += items.length;
      }
    }
  }
  return true;
}

type PurgeUnansweredDeps = Needs<
  'auditTable' | 'registrations' | 'registry' | 'secrets' | 'system' | 'waitlist' | 'young'
>;

/** One run must end well within the function's 30 seconds; the next one goes on from there. */
const MOST_PURGED = 100;

/**
 * Deletes everything about minors whose guardians, or who themselves, did not answer in time, and tells them (CS4). To an
 * address that nobody proved to be theirs nothing more is mailed, unless a member recorded a form on paper.
 */
export async function purgeUnanswered(deps: PurgeUnansweredDeps): Promise<void> {
  for (const pending of await deps.young.overdue(deps.system.now(), MOST_PURGED)) {
    try {
      await purgeOne(deps, pending);
    } catch (error) {
      logger.error('unanswered request not purged', { error, eventId: pending.eventId, reference: pending.reference });
    }
  }
}

async function purgeOne(deps: PurgeUnansweredDeps, pending: PendingAnswer): Promise<void> {
  const [registration, event] = await Promise.all([
    deps.registrations.read(pending.eventId, pending.reference),
    deps.waitlist.readEvent(pending.eventId),
  ]);
  const isAwaited = registration?.status === 'pending-guardian' && registration.minor?.answerBy === pending.answerBy;
  if (!isAwaited || event === undefined) return deps.young.forgetPending(pending);
  // Refused, an answer came at the same moment: it counts.
  // A signed form that was recorded is a guardian's: whoever brought it hears that it did not count in time.
  const isTheirs = !registration.unproven || registration.minor?.consentOnPaper === 'recorded';
  const message = isTheirs ? newMessage(deps.system, 'guardian-expired', registration) : undefined;
  const tombstones = await putTombstones({ ...deps, tables: deps }, registration, retentionEnd(event));
  await deps.young.purge(registration, message, retentionEnd(event), tombstones);
}
