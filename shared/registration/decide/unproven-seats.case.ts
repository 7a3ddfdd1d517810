import { retentionEnd } from '../../event/event-times.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isUnreachable } from '../../mail/fate/mail-state.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import {
  crowdedDomains,
  groupSeats,
  isNeverReached,
  isOver,
  isWaitedFor,
  mayGiveWay,
  type Release,
  releaseName,
  rulesOfUnproven,
  type UnprovenSeat,
  unprovenSeatOf,
} from '../../seats/unproven-seat.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { eventOf } from '../../team/role/within-reach.case.ts';
import { putJob } from '../writes.store.ts';
import { MOST_UNREACHED } from './unproven-seats.schema.ts';

type Deps = Needs<'auditTable' | 'events' | 'outboxTable' | 'registrations' | 'system' | 'unprovenSeats' | 'write'>;

/**
 * What of the unproven seats an organiser has to know, from the lists of them and of those who wait; nobody else is read but some of those
 * to whom nothing was delivered, so that their addresses can be corrected.
 */
export const listUnprovenSeats =
  (deps: Deps): Permitted<'listUnprovenSeats'> =>
  async ({ params: { eventId }, language }) => {
    const event = await eventOf(deps, eventId, language);
    const [seats, waiting] = await Promise.all([deps.unprovenSeats.seats(event), deps.unprovenSeats.waiting(eventId)]);
    const now = deps.system.now();
    const proven = waiting.filter(({ unproven }) => unproven === undefined);
    const mayRelease = mayGiveWay(event, now);
    const proposed = mayRelease ? seats.filter((seat) => isOver(seat, event, now) && isWaitedFor(seat, proven)) : [];
    return json(200, {
      unproven: seats.length,
      waiting: { proven: proven.length, unproven: waiting.length - proven.length },
      proposed: [...groupSeats(proposed)],
      crowded: [...crowdedDomains(seats)],
      unreached: await unreachedOf(deps, eventId, seats, now),
      ...rulesOfUnproven(event.registration),
      mayRelease,
    });
  };

async function unreachedOf(
  deps: Deps,
  eventId: string,
  seats: readonly UnprovenSeat[],
  now: Date,
): Promise<{ reference: string; name: string }[]> {
  const silent = new Map(
    seats
      .filter(({ deliveredAt }) => deliveredAt === undefined)
      .sort((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1))
      .slice(0, MOST_UNREACHED)
      .map((seat) => [seat.reference, seat]),
  );
  const read = await deps.unprovenSeats.registrations(eventId, [...silent.keys()]);
  return read.flatMap((registration) => {
    const { reference, fullName, mail } = registration;
    const seat = silent.get(reference);
    const isOne = seat !== undefined && unprovenSeatOf(registration) !== undefined;
    return isOne && (isNeverReached(seat, now) || isUnreachable(mail)) ? [{ reference, name: fullName }] : [];
  });
}

/**
 * Has housekeeping release them: hundreds of seats are more than a request has time for. All of a domain end at once only where it is
 * crowded, as the list says: nobody else loses a seat before two mails asked for it.
 */
export const releaseUnprovenSeats =
  (deps: Deps): Permitted<'releaseUnprovenSeats'> =>
  async ({ params: { eventId }, language, body: { seats } }, caller) => {
    const event = await eventOf(deps, eventId, language);
    const isWhole = ({ minute }: Release): boolean => minute === undefined;
    const listed = seats.some(isWhole) ? await deps.unprovenSeats.seats(event) : [];
    const crowded = new Set(crowdedDomains(listed).map(({ domain }) => domain));
    const released = seats.filter((each) => !isWhole(each) || crowded.has(each.domain));
    const names = [...new Set(released.map(releaseName))];
    const jobs = names.map((reference) => newJob(deps.system, 'release-unproven', eventId, { reference }));
    await deps.write([
      audited(deps, event, caller, 'release-seats'),
      ...jobs.map((job) => putJob(deps.outboxTable, job, retentionEnd(event))),
    ]);
    return json(202, { groups: names.length });
  };
