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

/** Publishes the forum under another id, with so many registrations that are confirmed, written straight into the table. */
export async function registerPeople(
  {
    endpoints,
    tables,
  }: Pick<LocalSystem, 'tables'> & { readonly endpoints: Pick<LocalSystem['endpoints'], 'dynamodb'> },
  eventId: string,
  number: number,
  says: (each: number) => Parameters<typeof submission>[0] = () => ({}),
): Promise<readonly Registration[]> {
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const event = forum({ id: eventId });
  await publishEvent(event, { dynamodb, tableName: tables.registry, outboxTable: tables.outbox });
  const { rules } = splitTexts(event);
  const people = Array.from({ length: number }, (_, each) => someone(rules, each, says(each)));
  const items = people.map((person) => toRegistrationItem(person, FAR_AWAY));
  await putAll(dynamodb, tables.registry, items);
  dynamodb.destroy();
  return people;
}

export async function putAll(
  dynamodb: DynamoDBClient,
  table: string,
  items: readonly Record<string, unknown>[],
): Promise<void> {
  const documents = documentClient(dynamodb);
  for (let first = 0; first < items.length; first += TOGETHER) {
    const puts = items.slice(first, first + TOGETHER).map((Item) => ({ PutRequest: { Item } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [table]: puts } }));
  }
}

function someone(rules: EventDefinition<string>, number: number, says: Parameters<typeof submission>[0]): Registration {
  const checked = checkSubmission(rules, submission({ email: `person-${number}@example.org`, ...says }));
  if ('issues' in checked) throw new Error('the forum refuses the sample submission');
  return newRegistration(realSystem, rules, checked.application, { status: 'confirmed', seats: [] });
}
