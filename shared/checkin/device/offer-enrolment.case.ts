import { eventOf } from '../../event/event-of.case.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { VETTING_PROPOSAL_LASTS } from '../../minors/chaperone/vetting-rule.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { LONGEST_NAME } from '../list/lists.case.ts';
import { cleaned } from '../texts.ts';
import { putDeviceProposal } from './device-proposal.store.ts';
import { newDeviceId, type Offered, offerEnrolment as offer } from './enrol.case.ts';
import { enrolmentProblems } from './enrolment-problems.ts';

type Deps = Needs<'auditTable' | 'client' | 'events' | 'registry' | 'siteUrl' | 'system' | 'write'>;

/**
 * Makes the code that a phone takes. A phone that is to show names of people under 18 is a proposal, which has no code until a
 * second person who is vetted accepts it (CS25).
 */
export const offerEnrolment =
  (deps: Deps): Permitted<'offerEnrolment'> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const { vettedUntil, maySearch, phones = 1 } = body;
    const name = cleaned('name', body.name, { max: LONGEST_NAME });
    const { lists: known } = await readCheckInLists(deps.client, deps.registry, event);
    const lists = [...new Set(body.lists)];
    const now = deps.system.now();
    const endsAt = Date.parse(body.endsAt);
    const issues = enrolmentProblems(event, known, { name, lists, endsAt, vettedUntil, phones }, now.getTime());
    if (issues.length > 0) throw new InvalidInputError(issues);
    const terms = { eventId, name, lists, maySearch, endsAt };
    if (vettedUntil === undefined) {
      const offered = await offer(deps, { ...terms, phones, enrolledBy: caller.id }, retentionEnd(event), (id) => [
        audited(deps, event, caller, 'offer-device', id),
      ]);
      return json(201, shownOnce(deps, offered));
    }
    const id = newDeviceId(deps.system);
    await deps.write([
      putDeviceProposal(deps.registry, undefined, {
        ...{ ...terms, id, vettedUntil, by: caller.id, at: now.toISOString(), revision: 1 },
      }),
      audited(deps, event, caller, 'propose-device', id, { label: name, vettedUntil }),
    ]);
    const until = Math.min(endsAt, now.getTime() + VETTING_PROPOSAL_LASTS);
    return json(202, { deviceId: id, expiresAt: new Date(until).toISOString() });
  };

/** A code as whoever asked for it sees it, this once. */
export const shownOnce = ({ siteUrl }: Pick<Deps, 'siteUrl'>, { code, deviceId, expiresAt }: Offered) => ({
  deviceId,
  code,
  // A fragment reaches no server and no log.
  link: `${siteUrl}/checkin/#code=${code}`,
  expiresAt: new Date(expiresAt).toISOString(),
});
