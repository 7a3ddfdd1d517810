import type { EventDefinition } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { Caller } from '../../team/role/permitted.case.ts';
import { mayAcceptVetting, openVetting } from '../../team/role/vetting-rule.ts';
import { minorsOf } from './chaperone.ts';

type Deps = Needs<'roles' | 'system'>;

/** What is shown of adults who were asked to look after people under 18, or were vetted for it. */
export async function chaperoneRows(
  deps: Pick<Deps, 'roles' | 'system'>,
  event: EventDefinition<string>,
  caller: Caller,
) {
  const members = await deps.roles.list(event.id);
  const scene = { members, lastDay: lastDay(event), now: deps.system.now() };
  const you = members.find(({ id }) => id === caller.id);
  return ({ reference, fullName, email, organisation, days, revision, chaperoning = { minors: {} } }: Registration) => {
    const { askedAt, acceptedAt, declinedAt, vettedUntil } = chaperoning;
    const proposal = openVetting(chaperoning.proposal, scene);
    return {
      reference,
      name: fullName,
      organisation,
      days: [...days],
      askedAt,
      acceptedAt,
      declinedAt,
      vettedUntil,
      ...(proposal && {
        proposal: {
          vettedUntil: proposal.vettedUntil,
          at: proposal.at,
          by: members.find(({ id }) => id === proposal.by)?.label,
          isYours: proposal.by === caller.id,
          mayAccept: you !== undefined && mayAcceptVetting(proposal, scene, you, email),
        },
      }),
      minors: minorsOf({ chaperoning }).length,
      revision,
    };
  };
}
