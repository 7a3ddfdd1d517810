import type { DynamoDBRecord } from 'aws-lambda';
import { attackRate } from '../../event/attack-rate.ts';
import { LEAST_ATTACK_RATE } from '../../event/event.ts';
import { logError, logWarning } from '../../kernel/log.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { AttackWatch, NewMessage } from './attack-watch.ts';
import { GUARDED_FOR } from './guard.store.ts';

type Deps = Needs<'attacks' | 'events' | 'guards' | 'system'>;

/**
 * Guards an event whose forms cause more mail in a minute than it expects of people: for a while each form costs its
 * sender some seconds of computing. Whatever fails here keeps no mail from leaving.
 */
export async function watchForAttack(deps: Deps, records: readonly DynamoDBRecord[]): Promise<void> {
  const now = deps.system.now();
  try {
    for (const [eventId, count] of deps.attacks.note(records.flatMap(messageIn), now)) {
      if (count <= LEAST_ATTACK_RATE || count <= (await attackRateOf(deps, eventId))) continue;
      await deps.guards.raise(eventId, new Date(now.getTime() + GUARDED_FOR * 60_000));
      logWarning('an event is under attack: its forms ask for proof of work', { eventId, count });
    }
  } catch (error) {
    logError('not watched for an attack', error);
  }
}

async function attackRateOf(deps: Deps, eventId: string): Promise<number> {
  const found = await deps.events.readEvent(eventId, 'en');
  return found === undefined ? Number.POSITIVE_INFINITY : attackRate(found.event);
}

function messageIn({ dynamodb }: DynamoDBRecord): NewMessage[] {
  const { kind, eventId, createdAt } = dynamodb?.NewImage ?? {};
  if (kind?.S === undefined || eventId?.S === undefined || createdAt?.S === undefined) return [];
  return [{ kind: kind.S, eventId: eventId.S, createdAt: createdAt.S }];
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly attacks: AttackWatch;
  }
}
