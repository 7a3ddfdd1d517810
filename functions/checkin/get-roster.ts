import { rosterFor } from '../../shared/checking-in/roster/roster-for.ts';
import { parsePhoneState } from '../../shared/contract/checkin/roster.ts';
import { isVettedDevice } from '../../shared/domain/check-in/device.ts';
import { lastDay } from '../../shared/event/event-times.ts';
import { guarded } from '../../shared/kernel/http/guarded.case.ts';
import type { Guarded } from '../../shared/kernel/http/handler.case.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import type { Deps } from './deps.ts';
import { activeDeviceOf, termsOf } from './device-of.ts';
import { eventOf } from './event-of.ts';
import { noteTalk } from './note-talk.ts';
import { surroundingsOf } from './surroundings.ts';

/** Tells a phone all that it decides with, or what changed of it. */
export const getRoster = (deps: Deps): Guarded<'getRoster'> =>
  guarded(
    ({ authorization }) => activeDeviceOf(deps, authorization),
    async ({ query: { since }, headers }, device) => {
      const event = await eventOf(deps, device);
      const whose = { event, device, isVetted: isVettedDevice(device, lastDay(event)) };
      const surroundings = await surroundingsOf(deps, event, device);
      const [answer] = await Promise.all([
        rosterFor(deps, whose, surroundings, since),
        noteTalk(deps, device, parsePhoneState(headers['phone-state'])),
      ]);
      return json(200, { ...answer, device: termsOf(device, event) });
    },
  );
