import type { DynamoDBRecord } from 'aws-lambda';
import { type EventDefinition, LEAST_ATTACK_RATE } from '../../event/event.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { kindsWhere } from '../kinds.ts';
import { GUARDED_FOR } from './guard.store.ts';

const CAUSED_BY_FORMS: ReadonlySet<string> = new Set(kindsWhere({ repeats: ['once', 'again'] }));

const MINUTE = 60_000;
/** Minutes back that are still counted: what was written in one may arrive here much later. */
const REMEMBERED = 10;

export interface NewMessage {
  readonly kind: string;
  readonly eventId: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

interface AttackWatch {
  /** @returns how many the busiest minute had of each event among these messages, with all that were seen before */
  readonly note: (messages: readonly NewMessage[], now: Date) => ReadonlyMap<string, number>;
}

/**
 * Counts what forms cause, by the minute in which it was written, as one instance sees it: an attack is far above what
 * anyone does, so it need not be exact. Off the path of a person who registers.
 */
export function attackWatch(): AttackWatch {
  const counts = new Map<string, number>();

  return {
    note(messages, now) {
      const busiest = new Map<string, number>();
      for (const { eventId, createdAt } of messages.filter(({ kind }) => CAUSED_BY_FORMS.has(kind))) {
        const minute = Math.floor(Date.parse(createdAt) / MINUTE);
        const key = `${minute}#${eventId}`;
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        busiest.set(eventId, Math.max(count, busiest.get(eventId) ?? 0));
      }
      forgetBefore(Math.floor(now.getTime() / MINUTE) - REMEMBERED);
      return busiest;
    },
  };

  function forgetBefore(minute: number): void {
    for (const key of counts.keys()) if (Number.parseInt(key, 10) < minute) counts.delete(key);
  }
}

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
      logger.warn('an event is under attack: its forms ask for proof of work', { eventId, count });
    }
  } catch (error) {
    logger.error('not watched for an attack', { error });
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

/** Forms in a minute: fewer are people, however small an event is. */
const LEAST_USUAL_RATE = 600;
/** As many as are registered in a minute at most: 1,000 a second. */
const MOST_USUAL_RATE = 60_000;
/** For each seat one who gets it and one who comes in vain, each of whom sends the form twice. */
const FORMS_PER_SEAT = 4;

/**
 * Forms in one minute that are an attack, by an event's definition: where it names no number, four for each seat of its largest
 * quota, since all who want one may come in the minute in which registration opens.
 */
export function attackRate({
  registration,
  quotas,
}: Pick<EventDefinition<unknown>, 'registration' | 'quotas'>): number {
  const seats = Math.max(0, ...quotas.filter(({ per }) => per === undefined).map(({ capacity }) => capacity));
  const usual = Math.min(MOST_USUAL_RATE, Math.max(LEAST_USUAL_RATE, FORMS_PER_SEAT * seats));
  return registration.attackRate ?? usual;
}
