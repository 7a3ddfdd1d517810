import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { publishEvent } from '../cli/publish.ts';
import { LOCAL_AWS } from '../local/aws.ts';
import type { LocalSystem } from '../local/system.ts';
import type { EventDefinition } from '../shared/event/event.ts';
import { splitTexts } from '../shared/event/event-texts.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { checkSubmission } from '../shared/registration/apply/submission.ts';
import type { Registration } from '../shared/registration/registration.schema.ts';
import { toRegistrationItem } from '../shared/registration/registration.store.ts';
import { newRegistration } from '../shared/registration/registration-state.store.ts';
import { forum, submission } from '../test/support/forum.ts';

/** When items expire, in epoch seconds. */
export const FAR_AWAY = 2 ** 32;
/** Items of one `BatchWriteItem`. */
const TOGETHER = 25;
/** Calls at once: the database writes while the next items are encoded. */
const AT_ONCE = 4;

/**
 * Publishes the forum under another id, with so many registrations, written straight into the table.
 *
 * @param at when they registered
 * @param status of all of them
 */
export async function registerPeople(
  {
    endpoints,
    tables,
  }: Pick<LocalSystem, 'tables'> & { readonly endpoints: Pick<LocalSystem['endpoints'], 'dynamodb'> },
  eventId: string,
  number: number,
  says: (each: number) => Parameters<typeof submission>[0] = () => ({}),
  at = realSystem.now(),
  status: Registration['status'] = 'confirmed',
): Promise<readonly Registration[]> {
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const event = forum({ id: eventId });
  const { rules } = splitTexts(event);
  const people = Array.from({ length: number }, (_, each) =>
    someone({ ...realSystem, now: () => at }, rules, each, says(each), status),
  );
  const items = people.map((person) => toRegistrationItem(person, FAR_AWAY));
  await putAll(dynamodb, tables.registry, items);
  // Last: an index of the event is begun with all of them.
  await publishEvent(event, { dynamodb, tableName: tables.registry, outboxTable: tables.outbox });
  dynamodb.destroy();
  return people;
}

export async function putAll(
  dynamodb: DynamoDBClient,
  table: string,
  items: readonly Record<string, unknown>[],
): Promise<void> {
  const documents = documentClient(dynamodb);
  let next = 0;
  const write = async (): Promise<void> => {
    while (next < items.length) {
      const puts = items.slice(next, next + TOGETHER).map((Item) => ({ PutRequest: { Item } }));
      next += TOGETHER;
      await documents.send(new BatchWriteCommand({ RequestItems: { [table]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, write));
}

function someone(
  system: typeof realSystem,
  rules: EventDefinition<string>,
  number: number,
  says: Parameters<typeof submission>[0],
  status: Registration['status'],
): Registration {
  const checked = checkSubmission(rules, submission({ email: `person-${number}@example.org`, ...says }));
  if ('issues' in checked) throw new Error('the forum refuses the sample submission');
  return newRegistration(system, rules, checked.application, { status, seats: [] });
}

const SYLLABLES =
  'so kha chan dara pheak srey mony vi chea than nguy tran le pham sit wat min ko aung dewi put ra sari'.split(' ');
const KINDS = ['Ministry', 'University', 'Foundation', 'Network', 'Ltd'];
const COUNTRIES = ['KH', 'TH', 'VN', 'ID', 'PH', 'SG', 'MY', 'LA', 'MM', 'BN'];

/** Made-up names that differ as those of people do, the same in each run. */
export function namesOf(each: number) {
  let seed = (each + 1) * 2_654_435_761;
  const draw = (most: number): number => {
    seed = (Math.imul(seed ^ (seed >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return seed % most;
  };
  const word = (): string => {
    const text = Array.from({ length: 2 + draw(2) }, () => SYLLABLES[draw(SYLLABLES.length)]).join('');
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const fullName = `${word()} ${word()}`;
  return {
    fullName,
    badgeName: fullName,
    organisation: `Sample ${KINDS[draw(KINDS.length)]} ${draw(1_500)}`,
    country: COUNTRIES[draw(COUNTRIES.length)] ?? 'KH',
  };
}
