import { isDeepStrictEqual } from 'node:util';
import { RECENT_MARKS, sizeOf } from '../checkin/attendance/attendance-index.store.ts';
import type { EventDefinition } from '../event/event.ts';
import { logger } from '../kernel/log.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { changedPeople, eventsOfQuarter } from '../registration/people/keep-people.case.ts';
import { RECENT } from '../registration/people/people.store.ts';

type Deps = Needs<'attendanceIndex' | 'digestWriter' | 'figures' | 'people' | 'readRules' | 'system'>;

/**
 * Counts people, mails and scans of each event once an hour, from what their indexes say of themselves: a chunk of each is read, and nobody
 * beside. What is the same as before is not written.
 */
export async function keepFigures(deps: Deps): Promise<void> {
  for (const eventId of await eventsOfQuarter(deps)) {
    try {
      await keepFiguresOf(deps, eventId);
    } catch (error) {
      logger.error('figures not kept', { error, eventId });
    }
  }
}

async function keepFiguresOf(deps: Deps, eventId: string): Promise<void> {
  const { attendanceIndex, figures, readRules, system } = deps;
  const [event, before, mails, marks] = await Promise.all([
    readRules(eventId),
    figures.read(eventId),
    figures.mails(eventId),
    attendanceIndex.chunks(eventId, [RECENT_MARKS], false),
  ]);
  const { chunk: scanned } = marks(RECENT_MARKS);
  const scans = scanned === undefined ? 0 : (scanned.others ?? 0) + sizeOf(scanned.marks);
  if (event === undefined || mails + scans === 0) return;
  // Each who registers is mailed, or scanned as they walk in.
  const isSame = mails === before?.mails && scans === before.scans;
  const people = isSame ? before.people : await countPeople(deps, event);
  if (people === undefined) return;
  const now = { people, mails, scans, since: new Date(event.registration.opensAt).toISOString() };
  const { at: _, ...was } = before ?? {};
  if (!isDeepStrictEqual(now, was)) await figures.note(eventId, { ...now, at: system.now().toISOString() });
}

/** From one chunk, and those who changed since it was written. @returns nothing before there is an index */
async function countPeople({ people }: Deps, event: EventDefinition<string>): Promise<number | undefined> {
  const { chunk } = (await people.chunks(event.id, [RECENT], false))(RECENT);
  if (chunk === undefined) return undefined;
  const rows = new Map([...chunk.people, ...chunk.minors].map((each) => [each.reference, each]));
  const { changed } = await changedPeople({ people }, event, chunk.upTo, rows);
  // The others hold who registered before, whatever changed of them.
  const { since = '', others = 0 } = chunk;
  const recent = [...new Map([...rows, ...changed]).values()];
  return others + recent.filter((each) => each !== undefined && each.submittedAt > since).length;
}
