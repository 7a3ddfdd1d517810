import { lastDay } from '../../event/event-times.ts';
import { guarded } from '../../kernel/http/guarded.case.ts';
import type { Guarded } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { ROSTER_ROUTES } from '../checkin-roster.routes.ts';
import { isVettedDevice } from '../device/device.ts';
import { noteDeviceReport } from '../device/note-talk.case.ts';
import { activeDeviceOf, termsOf } from '../device-of.case.ts';
import { eventOf } from '../event-of.case.ts';
import { surroundingsOf } from '../surroundings.case.ts';
import { parsePhoneState } from './roster.schema.ts';
import { rosterFor } from './roster-for.case.ts';

type Deps = Needs<'client' | 'events' | 'formerTicketKeys' | 'registry' | 'system' | 'ticketKey'>;

/** Tells a phone all that it decides with, or what changed of it. */
export const getRoster = (deps: Deps): Guarded<typeof ROSTER_ROUTES.getRoster> =>
  guarded(
    ({ authorization }) => activeDeviceOf(deps, authorization),
    async ({ query: { since }, headers }, device) => {
      const event = await eventOf(deps, device);
      const whose = { event, device, isVetted: isVettedDevice(device, lastDay(event)) };
      const surroundings = await surroundingsOf(deps, event, device);
      const [answer] = await Promise.all([
        rosterFor(deps, whose, surroundings, since),
        noteDeviceReport(deps, device, parsePhoneState(headers['phone-state'])),
      ]);
      return json(200, { ...answer, device: termsOf(device, event) });
    },
  );
