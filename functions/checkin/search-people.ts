import { byDevice } from '../../shared/checking-in/by-device.ts';
import { tiesAmong } from '../../shared/checking-in/ties.ts';
import { parseSearchUnlock } from '../../shared/contract/checkin/search.ts';
import { isVettedDevice } from '../../shared/domain/check-in/device.ts';
import { entryOf } from '../../shared/domain/check-in/entry-of.ts';
import { lastDay } from '../../shared/event/event-times.ts';
import { ProblemError } from '../../shared/kernel/errors.ts';
import { guarded } from '../../shared/kernel/http/guarded.case.ts';
import type { Guarded } from '../../shared/kernel/http/handler.case.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import { parseReference } from '../../shared/kernel/text/reference.ts';
import { isUnreached } from '../../shared/mail/fate/mail-state.ts';
import { headcount } from '../../shared/minors/chaperone/chaperone.ts';
import { deskMatcher } from '../../shared/registration/list/person-search.ts';
import type { Registration } from '../../shared/registration/registration.ts';
import { noteRead } from '../../shared/team/audit/audited.case.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-hash.ts';
import { admitSearch, type Searcher, secretIn } from './admit-search.ts';
import type { Deps } from './deps.ts';
import { activeDeviceOf } from './device-of.ts';
import { eventOf } from './event-of.ts';

const MOST_FOUND = 20;

/** Finds people who come without their ticket, at a desk. That someone under 18 was looked for is noted. */
export const searchPeople = (deps: Deps): Guarded<'searchPeople'> =>
  guarded(
    ({ authorization }) => searcherOf(deps, authorization),
    async ({ query: { q }, headers }, searcher) => {
      await admitSearch(deps, searcher, parseSearchUnlock(headers['search-unlock']));
      const { device } = searcher;
      const [event, all] = await Promise.all([eventOf(deps, device), deps.listRegistrations(device.eventId)]);
      const seesMinors = isVettedDevice(device, lastDay(event));
      const isMeant = deskMatcher(q);
      const found = all
        .filter((each) => isMeant(each) && mayBeFound(each, q, seesMinors))
        .sort((a, b) => Number(b.status === 'confirmed') - Number(a.status === 'confirmed') || byName(a, b));
      const shown = found.slice(0, MOST_FOUND);
      const counts = headcount(all, event);
      const tiesOf = tiesAmong(all, event);
      for (const { reference, ageBand } of shown) {
        if (ageBand === 'minor') await noteRead(deps, event, byDevice(device), 'read-minor', reference);
      }
      const people = shown.map(async (registration) => ({
        ...entryOf(event, registration, counts, seesMinors, tiesOf(registration)),
        ticket: await ticketHashOf(registration),
        ...(isUnreached(registration) && { unreached: true as const }),
      }));
      return json(200, { people: await Promise.all(people), hasMore: found.length > shown.length });
    },
  );

async function searcherOf(deps: Deps, authorization?: string): Promise<Searcher> {
  const device = await activeDeviceOf(deps, authorization);
  if (!device.maySearch) throw new ProblemError('not-permitted');
  return { device, secret: secretIn(authorization) };
}

/** Nobody under 18 is found by their name by staff who were not vetted (CS13), and nobody at all before they are confirmed (CS2). */
function mayBeFound({ ageBand, status, reference }: Registration, q: string, seesMinors: boolean): boolean {
  if (ageBand !== 'minor') return true;
  return status === 'confirmed' && (seesMinors || parseReference(q) === reference);
}

const byName = (a: Registration, b: Registration): number => (a.badgeName < b.badgeName ? -1 : 1);
