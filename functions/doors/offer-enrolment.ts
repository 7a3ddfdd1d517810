import { offerEnrolment as offer } from '../../shared/checking-in/enrol.ts';
import { enrolmentProblems } from '../../shared/domain/check-in/enrolment-problems.ts';
import { lastDay, retentionEnd } from '../../shared/domain/event-times.ts';
import { maySeeMinors } from '../../shared/domain/organiser-role.ts';
import { InvalidInputError, ProblemError } from '../../shared/errors.ts';
import { json } from '../../shared/http/reply.ts';
import { audited } from '../../shared/organising/audited.ts';
import { eventOf } from '../../shared/organising/event-of.ts';
import type { Permitted } from '../../shared/organising/permitted.ts';
import { readCheckInLists } from '../../shared/store/check-in-lists-item.ts';
import type { Deps } from './deps.ts';
import { LONGEST_NAME } from './lists.ts';
import { cleaned } from './texts.ts';

/**
 * Makes the code that a phone takes. Whoever shows it may scan it with their own phone, so that nobody makes one that
 * shows children who may not see them themselves (CS13).
 */
export const offerEnrolment =
  (deps: Deps): Permitted<'offerEnrolment'> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const { vettedUntil, maySearch, phones = 1 } = body;
    if (vettedUntil !== undefined && !maySeeMinors(caller.grants, lastDay(event))) throw new ProblemError('not-vetted');
    const name = cleaned('name', body.name, { max: LONGEST_NAME });
    const { lists: known } = await readCheckInLists(deps.client, deps.registry, event);
    const lists = [...new Set(body.lists)];
    const now = deps.system.now().getTime();
    const endsAt = Date.parse(body.endsAt);
    const issues = enrolmentProblems(event, known, { name, lists, endsAt, vettedUntil, phones }, now);
    if (issues.length > 0) throw new InvalidInputError(issues);
    const wanted = {
      eventId,
      name,
      lists,
      maySearch,
      endsAt,
      phones,
      enrolledBy: caller.id,
      ...(vettedUntil && { vettedUntil }),
    };
    const { code, deviceId, expiresAt } = await offer(deps, wanted, retentionEnd(event), (id) => [
      audited(deps, event, caller, 'offer-device', id),
    ]);
    // A fragment reaches no server and no log.
    const link = `${deps.siteUrl}/checkin/#code=${code}`;
    return json(201, { deviceId, code, link, expiresAt: new Date(expiresAt).toISOString() });
  };
