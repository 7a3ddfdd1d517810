import type { DynamoDBRecord } from 'aws-lambda';
import { type EventDefinition, LEAST_ATTACK_RATE } from '../../event/event.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { kindsWhere } from '../kinds.ts';
import { GUARDED_FOR } from './guard.store.ts';

const CAUSED_BY_FORMS: ReadonlySet<string> = new Set(kindsWhere({ repeats: ['once', 'again'] }));

type Deps = Needs<'events' | 'guards' | 'outbox' | 'system'>;

/** As many minutes at the rate of an attack are one, too, in an hour: what stays below the rate would use up the mails of a day in some hours. */
const MINUTES_AN_HOUR = 3;

/** Characters of an instant until its hour (`2027-03-01T12`), and its minute. */
const [HOUR, MINUTE] = [13, 16];

/**
 * Guards an event whose forms cause more mail in a minute or an hour than it expects of people, whichever instances see it: for a while each
 * form costs its sender some seconds of computing. Whatever fails here keeps no mail from leaving. Off the path of a person who registers.
 */
export async function watchForAttack(deps: Deps, records: readonly DynamoDBRecord[]): Promise<void> {
  const { guards, outbox, system } = deps;
  try {
    for (const [counted, count] of await outbox.count(records.flatMap(periodsOf))) {
      const [eventId = '', period = ''] = counted.split('#');
      const rate = period.length > HOUR ? count : count / MINUTES_AN_HOUR;
      if (rate <= LEAST_ATTACK_RATE || rate <= (await attackRateOf(deps, eventId))) continue;
      await guards.raise(eventId, new Date(system.now().getTime() + GUARDED_FOR * 60_000));
      logger.warn('an event is under attack: its forms ask for proof of work', { eventId, period, count });
    }
  } catch (error) {
    logger.error('not watched for an attack', { error });
  }
}

async function attackRateOf(deps: Deps, eventId: string): Promise<number> {
  const found = await deps.events.readEvent(eventId, 'en');
  return found === undefined ? Number.POSITIVE_INFINITY : attackRate(found.event);
}

/**
 * Of what event a form caused this mail, and the minute and hour in which it was written, which may be long before it arrives here:
 * `forum#2027-03-01T12:00`.
 */
function periodsOf({ dynamodb }: DynamoDBRecord): string[] {
  const { kind, eventId, createdAt } = dynamodb?.NewImage ?? {};
  if (!CAUSED_BY_FORMS.has(kind?.S ?? '')) return [];
  return [MINUTE, HOUR].map((length) => `${eventId?.S}#${createdAt?.S?.slice(0, length)}`);
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
