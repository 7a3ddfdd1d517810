import { type Enrolled, takeCode } from '../../shared/checking-in/enrol.ts';
import type { ProblemType } from '../../shared/contract/problem.ts';
import { ProblemError } from '../../shared/errors.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { json } from '../../shared/http/reply.ts';
import type { Deps } from './deps.ts';
import { termsOf } from './device-of.ts';
import { eventOf } from './event-of.ts';

const PROBLEMS = {
  unknown: 'enrolment-not-valid',
  expired: 'enrolment-expired',
  taken: 'enrolment-taken',
} as const satisfies Record<Exclude<Enrolled['kind'], 'enrolled'>, ProblemType>;

/** Makes a device of the phone that scanned a code first. */
export const enrolDevice =
  (deps: Deps): Handle<'enrolDevice'> =>
  async ({ body: { code, secret } }) => {
    const enrolled = await takeCode(deps, code, secret);
    if (enrolled.kind !== 'enrolled') throw new ProblemError(PROBLEMS[enrolled.kind]);
    const { device, token } = enrolled;
    if (device.revokedAt !== undefined) throw new ProblemError('device-revoked');
    return json(200, { token, device: termsOf(device, await eventOf(deps, device)) });
  };
