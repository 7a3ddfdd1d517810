import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Caller } from '../../team/role/permitted.case.ts';
import { actorOf } from '../actor-of.case.ts';
import { deviceStatus } from '../device/device.ts';
import { listDevices } from '../device/known-device.case.ts';
import type { HandOver, PartTally } from './hand-over.ts';

type Deps = Needs<'client' | 'registry' | 'roles' | 'system'>;

/** What phones handed over, the last first: no scan, and nobody's name. */
export async function handOversReply(deps: Deps, caller: Caller, handOvers: readonly HandOver[]): Promise<Reply> {
  const eventIds = [...new Set(handOvers.map(({ eventId }) => eventId))];
  const found = eventIds.map((eventId) => Promise.all([listDevices(deps, eventId), deps.roles.list(eventId)]));
  const [[devices, members] = [[], []]] = await Promise.all(found);
  const who = (by: string) => actorOf(by, members, caller.id);
  const now = deps.system.now().getTime();
  const partOf = (part: PartTally | undefined) =>
    part && {
      open: part.statuses.open,
      counted: part.statuses.counted,
      leftOut: part.statuses['left-out'],
      refused: part.statuses.refused,
      ...{ from: instant(part.from), to: instant(part.to) },
      ...(part.pressed && {
        pressed: { decision: part.pressed.decision, at: part.pressed.at, by: who(part.pressed.by) },
      }),
    };
  return json(200, {
    handOvers: handOvers.toReversed().map(({ id, device: deviceId, by, at, entries, isWhole, parts }) => {
      const device = devices.find((each) => each.id === deviceId);
      return {
        ...{ id, at, entries, isWhole },
        device: {
          id: deviceId,
          name: device?.name ?? deviceId,
          ...(device && { standing: deviceStatus(device, now) }),
          ...(device?.revokedAt !== undefined && { revokedAt: instant(device.revokedAt) }),
        },
        ...(by !== undefined && { by: who(by) }),
        before: partOf(parts.before),
        after: partOf(parts.after),
      };
    }),
  });
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
