import { endOf } from '../../shared/domain/factor-reset.ts';
import type { OutboxMessage } from '../../shared/domain/message.ts';
import { renderMessage } from '../../shared/mail/message.ts';
import { teamBase } from './about-roles.ts';
import type { Deps } from './deps.ts';
import type { Told } from './told.ts';

/**
 * `reference` is the member whose second factor it is. One that was taken back, or is done, is proposed no more; that it is done
 * is told whatever became of the member since.
 */
export async function aboutFactorReset(
  deps: Deps,
  kind: 'factor-reset-proposed' | 'factor-reset-done',
  { eventId, reference, language }: OutboxMessage,
): Promise<Told> {
  const [localised, team] = await Promise.all([deps.events.readEvent(eventId, language), deps.roles.list(eventId)]);
  if (localised === undefined) return { obstacle: 'event-gone' };
  const member = team.find(({ id }) => id === reference);
  const reset = member?.factorReset;
  const nameOf = (wanted: string | undefined) => team.find(({ id }) => id === wanted)?.label;
  const data = {
    ...teamBase(deps, localised),
    held: member === undefined ? [] : [{ name: member.label, grants: member.grants }],
  };
  const { event } = localised;
  if (kind === 'factor-reset-done') {
    // Another one was proposed since: it is not told as this one's.
    const done = reset?.done === undefined ? undefined : reset;
    const by = [nameOf(done?.by), nameOf(done?.done?.by)] as const;
    return { message: renderMessage(kind, { ...data, by, reason: done?.reason }), event };
  }
  if (reset === undefined || reset.done !== undefined) return { obstacle: 'superseded' };
  const [by, until] = [[nameOf(reset.by)] as const, endOf(reset).toISOString()];
  return { message: renderMessage(kind, { ...data, by, reason: reset.reason, until }), event };
}
