import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { doesNotFit, unfit } from '../../kernel/text/field-problem.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { actorOf } from '../actors.case.ts';
import { minutesKept, toldTime } from '../attendance/minutes.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import type { HandOver, HandOverDecision, HeldPart, PartTally } from '../check-in-items.schema.ts';
import type { Device } from '../device/device.schema.ts';
import { deviceStatus } from '../device/device.ts';
import { readDevices } from '../device/known-device.case.ts';
import { bringIn } from '../scan/bring-in.case.ts';
import type { ScanDeps } from '../scan/keep-scan.case.ts';
import { sentScan } from '../scan/scans.schema.ts';
import { partAt } from './held-scans.ts';
import {
  changeHeldScans,
  type HandOverId,
  heldScans,
  holdScans,
  noteHandOver,
  readHandOver,
  storedHandOvers as readHandOvers,
} from './hold-scans.case.ts';

type HandOversDeps = ScanDeps & Needs<'events' | 'roles'>;

/** Milliseconds after which nothing more is begun: the function has ten seconds, and the next press goes on. */
const TIME = 6_000;
/** Scans that are brought in at once: for each time, attendees whom nothing else names are looked for among everyone. */
const AT_ONCE = 1_000;

export const listHandOvers =
  (deps: HandOversDeps): Permitted<typeof CHECK_IN_ROUTES.listHandOvers> =>
  async ({ params: { eventId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    return handOversReply(deps, event, caller, await readHandOvers(deps, eventId));
  };

/**
 * Takes a part of the file that a phone saved. It counts nowhere, and the same part again changes nothing; who brought it is noted before
 * any of it is held.
 */
export const bringHandOver =
  (deps: HandOversDeps): Permitted<typeof CHECK_IN_ROUTES.bringHandOver> =>
  async ({ params: { eventId, handOverId: id }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const device = await deviceOf(deps, eventId, body.device);
    if (device === undefined) throw new InvalidInputError([{ path: 'device', code: 'unknown-option' }]);
    const where: HandOverId = { eventId, id, expiresAt: retentionEnd(event), minutes: minutesKept(event) };
    const told = body.scans.flatMap((scan) => sentScan.safeParse(scan).data ?? []);
    const known = await readHandOver(deps, where);
    if (known !== undefined && known.device !== device.id) throw new ProblemError('out-of-date');
    if (known === undefined && told.length === 0) {
      throw new InvalidInputError([doesNotFit('scans', unfit('no-scan'))]);
    }
    const made = () => ({
      ...{ eventId, id, device: device.id, by: caller.id, entries: body.entries },
      ...{ at: deps.system.now().toISOString(), isWhole: false },
    });
    if (known === undefined) {
      const noted = audited(deps, event, caller, 'bring-scans', device.id);
      await noteHandOver(deps, where, made, {}, (before) => (before === undefined ? [noted] : []));
    }
    const all = told.map((each) => ({ told: each, part: partAt(device, each.correctedAt) }));
    const answers = await holdScans(deps, where, device.id, all);
    const isNew = all.flatMap(({ part }, place) => (answers[place]?.result === 'kept' ? [part] : []));
    await noteHandOver(deps, where, made, { isNew, ...(body.isLast && { isWhole: true as const }) });
    return handOversReply(deps, event, caller, await readHandOvers(deps, eventId));
  };

/**
 * Has the scans of one part count, or leaves them out. Where it was interrupted, the next press goes on: what counts already is known, and
 * counts once (CI3).
 */
export const decideHandOver =
  (deps: HandOversDeps): Permitted<typeof CHECK_IN_ROUTES.decideHandOver> =>
  async ({ params: { eventId, handOverId: id }, body: { part, decision }, language }, caller) => {
    const until = deps.system.now().getTime() + TIME;
    const { event } = await eventOf(deps, eventId, language);
    const where: HandOverId = { eventId, id, expiresAt: retentionEnd(event), minutes: minutesKept(event) };
    const handOver = await readHandOver(deps, where);
    const before = handOver?.parts[part];
    const device = handOver && (await deviceOf(deps, eventId, handOver.device));
    if (handOver === undefined || before === undefined || device === undefined) throw new ProblemError('not-found');
    const { pressed, statuses } = before;
    const isKnown = pressed?.decision === decision && (pressed.by === caller.id || statuses.open === 0);
    if (!isKnown) {
      if (decision === 'count') await openAgain(deps, where, part);
      const what = { decision, by: caller.id, at: deps.system.now().toISOString() };
      const noted = audited(deps, event, caller, AUDITED[decision], device.id);
      await noteHandOver(
        deps,
        where,
        () => handOver,
        { pressed: { part, what } },
        () => [noted],
      );
    }
    if (decision === 'count') await count(deps, where, part, { device, event, until });
    else await leaveOut(deps, where, part);
    await noteHandOver(deps, where, () => handOver);
    return handOversReply(deps, event, caller, await readHandOvers(deps, eventId));
  };

const AUDITED = { count: 'count-scans', 'leave-out': 'leave-scans' } as const satisfies Record<
  HandOverDecision,
  string
>;

const deviceOf = async (deps: HandOversDeps, eventId: string, id: string): Promise<Device | undefined> =>
  (await readDevices(deps, eventId)).find((each) => each.id === id);

/** What was left out before, or could not be kept, is tried with the others. */
async function openAgain(deps: HandOversDeps, where: HandOverId, part: HeldPart): Promise<void> {
  const held = await heldScans(deps, where);
  const closed = held.filter((each) => each.part === part && (each.status === 'left-out' || each.status === 'refused'));
  await changeHeldScans(
    deps,
    where,
    closed.map(({ scanId }) => ({ scanId, status: 'open' })),
  );
}

async function leaveOut(deps: HandOversDeps, where: HandOverId, part: HeldPart): Promise<void> {
  const open = await openScans(deps, where, part);
  await changeHeldScans(
    deps,
    where,
    open.map(({ scanId }) => ({ scanId, status: 'left-out' })),
  );
}

async function count(
  deps: HandOversDeps,
  where: HandOverId,
  part: HeldPart,
  bringing: { readonly device: Device; readonly event: EventDefinition<string>; readonly until: number },
): Promise<void> {
  while (deps.system.now().getTime() < bringing.until) {
    const some = (await openScans(deps, where, part)).slice(0, AT_ONCE);
    if (some.length === 0) return;
    const answers = await bringIn(
      deps,
      bringing,
      some.map(({ told }) => told),
    );
    const changes = some.flatMap(({ scanId }, place) => {
      const result = answers[place]?.result;
      if (result === undefined || result === 'later') return [];
      return [{ scanId, status: result === 'refused' ? ('refused' as const) : ('counted' as const) }];
    });
    await changeHeldScans(deps, where, changes);
    if (changes.length < AT_ONCE) return;
  }
}

/** In order of time: walk-ins are entered before what they were scanned for since. */
async function openScans(deps: HandOversDeps, where: HandOverId, part: HeldPart) {
  const held = await heldScans(deps, where);
  return held.filter((each) => each.part === part && each.status === 'open').sort((a, b) => a.at - b.at);
}

/** What phones handed over, the last first: no scan, and nobody's name. */
export async function handOversReply(
  deps: Needs<'client' | 'registry' | 'roles' | 'system'>,
  event: EventDefinition<string>,
  caller: Caller,
  handOvers: readonly HandOver[],
): Promise<Reply> {
  const eventIds = [...new Set(handOvers.map(({ eventId }) => eventId))];
  const found = eventIds.map((eventId) => Promise.all([readDevices(deps, eventId), deps.roles.list(eventId)]));
  const [[devices, members] = [[], []]] = await Promise.all(found);
  const who = (by: string) => actorOf(by, members, caller.id);
  const now = deps.system.now().getTime();
  const told = toldTime(event, deps.system.now());
  const partOf = (part: PartTally | undefined) =>
    part && {
      open: part.statuses.open,
      counted: part.statuses.counted,
      leftOut: part.statuses['left-out'],
      refused: part.statuses.refused,
      ...{ from: told(part.from), to: told(part.to) },
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
