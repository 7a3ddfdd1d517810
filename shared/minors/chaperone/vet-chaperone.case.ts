import { eventOf } from '../../event/event-of.case.ts';
import { lastDay } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { changeRegistration } from '../../registration/change/change-registration.case.ts';
import { renewTie } from '../../registration/change/tie-writes.store.ts';
import type { Chaperoning } from '../../registration/registration.schema.ts';
import { changed } from '../../registration/registration-state.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { checkMember } from '../../team/role/role.store.ts';
import { tellOfVetting } from '../../team/role/tell-team.case.ts';
import { mayPropose, vettingOutcome } from '../../team/role/vetting-rule.ts';
import type { SAFEGUARDING_ROUTES } from '../safeguarding.routes.ts';
import { chaperoneStateOf, mayChaperone, minorsOf } from './chaperone.ts';
import { chaperoneRows } from './chaperone-row.case.ts';

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'roles' | 'system' | 'tables'>;

const ACTIONS = {
  proposed: 'propose-vetting',
  withdrawn: 'withdraw-vetting',
  accepted: 'vet-chaperone',
  ended: 'end-vetting',
} as const;

/**
 * Says until when an adult was vetted, which holds for all they look after. More than before is proposed, and holds once a
 * second person who is vetted says the same (CS25); less holds at once.
 */
export const vetChaperone =
  (deps: Deps): Permitted<typeof SAFEGUARDING_ROUTES.vetChaperone> =>
  async ({ params, body, language }, caller) => {
    const { event } = await eventOf(deps, params.eventId, language);
    if (!mayPropose(caller, lastDay(event))) throw new ProblemError('not-vetted');
    const vettedUntil = body.vettedUntil ?? undefined;
    const reference = parseReference(params.reference);
    const registration = reference && (await deps.registrations.read(event.id, reference));
    if (!registration || !mayChaperone(registration)) throw new ProblemError('not-found');
    const { registry, outbox } = deps.tables;
    const vetted = await changeRegistration(deps, event, registration, async ({ before }) => {
      const members = await deps.roles.list(event.id);
      const by = members.find(({ id }) => id === caller.id);
      if (by === undefined) throw new ProblemError('not-permitted');
      const { chaperoning = { minors: {} }, eventId, reference: adult, email } = before;
      const now = deps.system.now();
      const outcome = vettingOutcome({ ...chaperoning, email }, vettedUntil, by, {
        members,
        now,
        lastDay: lastDay(event),
      });
      if (outcome === 'unchanged') return undefined;
      if (outcome === 'not-vetted') throw new ProblemError('not-vetted');
      if (before.revision !== body.revision || !mayChaperone(before)) throw new ProblemError('out-of-date');
      if (outcome === 'not-second-person') throw new ProblemError('not-second-person');
      const { proposal } = chaperoning;
      const two = outcome === 'accepted' && proposal ? [proposal.by, caller.id] : undefined;
      const becomes = after(outcome, chaperoning, { vettedUntil, two, by: caller.id, at: now.toISOString() });
      const next = changed(before, { chaperoning: becomes }, now);
      const ties = minorsOf(before).map((minor) =>
        renewTie(registry, { eventId, minor, adult }, chaperoneStateOf(next), now),
      );
      const said = outcome === 'withdrawn' ? proposal?.vettedUntil : vettedUntil;
      const noted = audited(deps, event, caller, ACTIONS[outcome], adult, { vettedUntil: said });
      const standing = members
        .filter(({ id }) => two?.includes(id))
        .map((each) => checkMember(registry, eventId, each));
      const mails = two
        ? tellOfVetting({ ...deps, outboxTable: outbox }, event, 'chaperone-vetted', adult, members)
        : [];
      return { after: next, messages: [], also: [...ties, ...standing, ...mails, noted] };
    });
    return json(200, (await chaperoneRows(deps, event, caller))(vetted));
  };

interface Said {
  readonly vettedUntil: string | undefined;
  readonly two: readonly string[] | undefined;
  readonly by: string;
  readonly at: string;
}

function after(
  outcome: keyof typeof ACTIONS,
  { proposal: _, ...held }: Chaperoning,
  { vettedUntil, two, by, at }: Said,
): Chaperoning {
  if (outcome === 'withdrawn') return held;
  if (outcome === 'proposed' && vettedUntil !== undefined) return { ...held, proposal: { vettedUntil, by, at } };
  const vouchedBy = vettedUntil === undefined ? undefined : (two ?? held.vouchedBy);
  return { ...held, vettedUntil, vouchedBy };
}
