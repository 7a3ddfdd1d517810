import { lastDay } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { guarded } from '../../kernel/http/guarded.case.ts';
import type { Guarded } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { isUnreached } from '../../mail/fate/mail-state.ts';
import { headcount } from '../../minors/chaperone/chaperone.ts';
import { deskMatcher } from '../../registration/list/person-search.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { noteRead } from '../../team/audit/audited.case.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { byDevice } from '../by-device.case.ts';
import { isVettedDevice } from '../device/device.ts';
import { activeDeviceOf } from '../device-of.case.ts';
import type { CHECKIN_ROUTES } from '../devices.routes.ts';
import { eventOf } from '../event-of.case.ts';
import { entryOf } from '../roster/entry-of.ts';
import { tiesAmong } from '../roster/ties.case.ts';
import { admitSearch, type Searcher, secretIn } from './admit-search.case.ts';
import { parseSearchUnlock } from './search.schema.ts';

type Deps = Needs<
  'auditTable' | 'client' | 'events' | 'listRegistrations' | 'registry' | 'siteUrl' | 'system' | 'write'
>;

const MOST_FOUND = 20;

/** Finds people who come without their ticket, at a desk. That someone under 18 was looked for is noted. */
export const searchPeople = (deps: Deps): Guarded<typeof CHECKIN_ROUTES.searchPeople> =>
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
      const people = shown.map((registration) => ({
        ...entryOf(event, registration, counts, seesMinors, tiesOf(registration)),
        ticket: ticketHashOf(registration),
        ...(isUnreached(registration) && { unreached: true as const }),
      }));
      return json(200, { people, hasMore: found.length > shown.length });
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
