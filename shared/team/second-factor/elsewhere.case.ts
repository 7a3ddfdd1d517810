import type { EventDefinition } from '../../event/event.ts';
import { reportEnd, retentionEnd } from '../../event/event-times.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Member } from '../role/role-item.store.ts';
import { concernsChildren } from './factor-reset.ts';

type Deps = Needs<'events' | 'listEvents' | 'roles' | 'system'>;

/** Another event, in which somebody answers for children. */
export interface Elsewhere {
  /** In its first language. */
  readonly event: EventDefinition<string>;
  readonly team: readonly Member[];
}

/**
 * An account is the same in all events: where two organisers of one reset it, its owner has an hour to object for the others. One
 * read for each event, and three more for each in which they answer for children.
 */
export async function answersElsewhere(deps: Deps, eventId: string, memberId: string): Promise<readonly Elsewhere[]> {
  const others = (await deps.listEvents()).filter((each) => each !== eventId);
  const now = deps.system.now();
  const found = await Promise.all(
    others.map(async (other): Promise<readonly Elsewhere[]> => {
      const member = await deps.roles.read(other, memberId);
      if (member === undefined || !concernsChildren(member.grants)) return [];
      const event = (await deps.events.readEvent(other, ''))?.event;
      return event === undefined || isOver(event, now) ? [] : [{ event, team: await deps.roles.list(other) }];
    }),
  );
  return found.flat();
}

/** Nothing is left there that concerns children, nor what was reported in the last days on which anything was. */
const isOver = (event: EventDefinition<string>, now: Date): boolean =>
  reportEnd(event, new Date(retentionEnd(event) * 1000)) * 1000 <= now.getTime();
