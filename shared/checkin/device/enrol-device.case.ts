import { ProblemError } from '../../kernel/errors.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import type { ProblemType } from '../../kernel/http/problem.schema.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { termsOf } from '../device-of.case.ts';
import type { CHECKIN_ROUTES } from '../devices.routes.ts';
import { eventOf } from '../event-of.case.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import type { Device } from './check-in-device.schema.ts';
import { type Enrolled, takeCode } from './enrol.case.ts';

type Deps = Needs<'client' | 'events' | 'registry' | 'system'>;

const PROBLEMS = {
  unknown: 'enrolment-not-valid',
  expired: 'enrolment-expired',
  taken: 'enrolment-taken',
} as const satisfies Record<Exclude<Enrolled['kind'], 'enrolled'>, ProblemType>;

/**
 * Makes a device of the phone that scanned a code first, for the lists of the offer that are still there: whoever stands at a door with
 * it waits to scan, and nobody removes a list that anyone was let in for.
 */
export const enrolDevice =
  (deps: Deps): Handle<typeof CHECKIN_ROUTES.enrolDevice> =>
  async ({ body: { code, secret, ...keys } }) => {
    const enrolled = await takeCode(deps, code, secret, (offered) => listsLeft(deps, offered), keys);
    if (enrolled.kind !== 'enrolled') throw new ProblemError(PROBLEMS[enrolled.kind]);
    const { device, token } = enrolled;
    if (device.revokedAt !== undefined) throw new ProblemError('device-revoked');
    return json(200, { token, device: termsOf(device, await eventOf(deps, device)) });
  };

async function listsLeft(deps: Deps, offered: Pick<Device, 'eventId' | 'lists'>): Promise<readonly string[]> {
  const { lists } = await readCheckInLists(deps.client, deps.registry, await eventOf(deps, offered));
  return offered.lists.filter((id) => lists.some((list) => list.id === id));
}
