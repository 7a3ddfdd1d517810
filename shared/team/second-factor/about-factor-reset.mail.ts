import type { EventDefinition } from '../../event/event.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { ResetElsewhereData } from '../../mail/letter/message-data.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';
import { teamBase } from '../role/about-roles.mail.ts';
import { holdsAny } from '../role/organiser-role.ts';
import type { Member } from '../role/role-item.store.ts';
import { acceptableFrom, concernsChildren, endOf, fromResetReference } from './factor-reset.ts';

type Deps = Needs<'events' | 'invitations' | 'roles' | 'siteUrl'>;

type ResetKind = 'factor-reset-proposed' | 'factor-reset-done';

/**
 * `reference` is the member whose second factor it is. One that was taken back, or is done, is proposed no more; that it is done
 * is told whatever became of the member since.
 */
export async function aboutFactorReset(
  deps: Deps,
  kind: ResetKind,
  { eventId, reference, language }: OutboxMessage,
): Promise<Told> {
  const [localised, team] = await Promise.all([deps.events.readEvent(eventId, language), deps.roles.list(eventId)]);
  if (localised === undefined) return { obstacle: 'event-gone' };
  const { event } = localised;
  const { member, proposed, done } = resetIn(team, reference);
  const data = {
    ...teamBase(deps, localised),
    held: member === undefined ? [] : [{ name: member.label, grants: member.grants }],
  };
  if (kind === 'factor-reset-done') return { message: renderMessage(kind, { ...data, ...done }), event };
  if (proposed === undefined) return { obstacle: 'superseded' };
  return { message: renderMessage(kind, { ...data, ...proposed }), event };
}

/**
 * The same to those of another event in which they answer for children: `reference` names the team, and the member. Where they do
 * no more, one that is proposed concerns nobody there.
 */
export async function aboutResetElsewhere(
  deps: Deps,
  kind: `${ResetKind}-elsewhere`,
  { eventId, reference, language }: OutboxMessage,
): Promise<Told> {
  const by = fromResetReference(reference);
  const [localised, held, there, team] = await Promise.all([
    deps.events.readEvent(eventId, language),
    deps.roles.read(eventId, by.memberId),
    deps.events.readEvent(by.eventId, language),
    deps.roles.list(by.eventId),
  ]);
  if (localised === undefined || there === undefined) return { obstacle: 'event-gone' };
  const { member, proposed, done } = resetIn(team, by.memberId);
  const data = {
    ...teamBase(deps, localised),
    held: [{ name: held?.label ?? member?.label, grants: held?.grants ?? [] }],
    there: whereToObject(there.event, team, by.memberId, member?.factorReset?.by),
  };
  const told = { event: localised.event, replyTo: there.event.secretariat };
  if (kind === 'factor-reset-done-elsewhere') return { message: renderMessage(kind, { ...data, ...done }), ...told };
  if (proposed === undefined || !concernsChildren(held?.grants ?? [])) return { obstacle: 'superseded' };
  return { message: renderMessage(kind, { ...data, ...proposed }), ...told };
}

/** What is known of the reset of a member's second factor. */
function resetIn(team: readonly Member[], memberId: string) {
  const nameOf = (wanted: string | undefined) => team.find(({ id }) => id === wanted)?.label;
  const member = team.find(({ id }) => id === memberId);
  const reset = member?.factorReset;
  // Another one was proposed since: it is not told as one that was done.
  const done = reset?.done === undefined ? undefined : reset;
  return {
    member,
    proposed:
      member === undefined || reset === undefined || done !== undefined
        ? undefined
        : {
            by: [nameOf(reset.by)] as const,
            reason: reset.reason,
            from: acceptableFrom(member, reset).toISOString(),
            until: endOf(reset).toISOString(),
          },
    done: { by: [nameOf(done?.by), nameOf(done?.done?.by)] as const, reason: done?.reason },
  };
}

/** Who takes it back are all organisers, whom the secretariat reaches, and whoever looks after children there. */
const whereToObject = (
  { title, secretariat, safeguarding }: EventDefinition<string>,
  team: readonly Member[],
  ...exceptFor: readonly (string | undefined)[]
): ResetElsewhereData['there'] => ({
  title,
  contacts: [secretariat, ...(safeguarding ? [safeguarding] : [])],
  organisers: team.flatMap(({ id, label, grants }) =>
    label === undefined || exceptFor.includes(id) || !holdsAny(grants, ['organiser']) ? [] : [label],
  ),
});
