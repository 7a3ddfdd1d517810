import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { toDeviceItem } from '../../shared/checkin/device/device.schema.ts';
import { deviceToken, hashOf } from '../../shared/checkin/device/known-device.case.ts';
import { putCheckInLists, readCheckInLists } from '../../shared/checkin/list/check-in-lists.store.ts';
import { usualList } from '../../shared/checkin/list/list.ts';
import { rulesReader } from '../../shared/event/event.store.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { eventEnd, retentionEnd } from '../../shared/event/event-times.ts';
import {
  CANARY_ADDRESS,
  CANARY_DEVICE,
  CANARY_EVENT,
  CANARY_LISTS,
  CANARY_PARAMETERS,
  type CanaryKeys,
  canaryParameters,
} from '../../shared/kernel/canary.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';
import { putCanarySecret } from '../../shared/registration/canary.store.ts';
import type { Application } from '../../shared/registration/registration.schema.ts';
import { registrationStore, toRegistrationItem } from '../../shared/registration/registration.store.ts';
import { newRegistration } from '../../shared/registration/registration-state.store.ts';
import { COMMAND_LINE } from '../../shared/team/audit/audit.ts';
import { holderWrites } from '../../shared/ticket/ticket-holder.store.ts';
import { kmsTicketSigner } from '../../shared/ticket/ticket-key.store.ts';
import { publishEvent } from '../publish.ts';
import { idsIn, named } from '../stacks.ts';

/** The system that it is made for. */
export interface CanaryStage {
  /** The name that all stacks begin with. */
  readonly name: string;
  readonly dynamodb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly ssm: SSMClient;
  /** Physical names, and the id of the key that signs tickets. */
  readonly registry: string;
  readonly outbox: string;
  readonly ticketKey: string;
}

/** A deployed one, with what its functions are told. @throws where there is no such stack */
export async function canaryStage(name: string): Promise<CanaryStage> {
  const FunctionName = named(await idsIn(new CloudFormationClient({}), `${name}-Api`), 'OutboxFunction');
  const { Environment } = await new LambdaClient({}).send(new GetFunctionConfigurationCommand({ FunctionName }));
  const told = readEnvironment(
    { name: FunctionName, environment: ['registry', 'outbox', 'ticketKey'] },
    Environment?.Variables ?? {},
  );
  return { name, dynamodb: new DynamoDBClient({}), kms: new KMSClient({}), ssm: new SSMClient({}), ...told };
}

const en = (text: string) => ({ en: text });

/** As long as the system may live: what is kept of it goes after two days, or at once. */
export const DEFINITION: EventDefinition = {
  id: CANARY_EVENT,
  version: 1,
  languages: ['en'],
  title: en('Plenary canary'),
  tagline: en('How the system tries itself: nobody comes here'),
  about: [],
  host: en('Plenary'),
  supporters: [],
  secretariat: { name: en('Plenary canary'), email: CANARY_ADDRESS },
  timeZone: 'UTC',
  days: [
    { id: 'first', title: en('First day'), date: '2020-01-01', start: '00:00', end: '23:59' },
    { id: 'last', title: en('Last day'), date: '2099-12-31', start: '00:00', end: '23:59' },
  ],
  venue: { name: en('Nowhere'), address: en('Nowhere'), country: 'SG' },
  modes: [{ id: 'in-person', title: en('In person') }],
  registration: { opensAt: '2020-01-01T00:00:00Z', closesAt: '2099-12-31T00:00:00Z' },
  categories: [{ id: 'canary', title: en('Canary') }],
  featuredCountries: { title: en('Countries'), codes: [] },
  questions: [],
  quotas: [],
  sessions: [],
  consents: [],
  resources: [],
  retention: { registrationDays: 1 },
};

/** Who has the ticket: without an address, so that no mail is about them. */
const HOLDER: Application = {
  email: '',
  language: 'en',
  fullName: 'Canary',
  badgeName: 'Canary',
  position: 'Canary',
  organisation: 'Plenary',
  country: 'SG',
  category: 'canary',
  mode: 'in-person',
  days: ['first', 'last'],
  sessions: [],
  closedSessions: false,
  answers: {},
  consents: {},
};
const REFERENCE = makeReference(new Uint8Array(9));

const newSecret = (): string => Buffer.from(realSystem.random(32)).toString('base64url');

/**
 * Makes the canary's event, phone, ticket and secret, and keeps the last three where its function finds them; those before open nothing any more.
 * Stopped and done again, it goes on.
 *
 * @returns the names of the parameters
 */
export async function makeCanary(stage: CanaryStage): Promise<readonly string[]> {
  const { dynamodb, kms, ssm, registry, outbox, ticketKey } = stage;
  await publishEvent(DEFINITION, { dynamodb, tableName: registry, outboxTable: outbox });
  const client = documentClient(dynamodb);
  const given = { client, registry, system: realSystem };
  const event = await rulesReader(given)(CANARY_EVENT);
  if (event === undefined) throw new Error(`${CANARY_EVENT} was deleted meanwhile: do it again`);
  const [before, { revision }] = await Promise.all([
    registrationStore(given).read(CANARY_EVENT, REFERENCE),
    readCheckInLists(client, registry, event),
  ]);
  const made = newRegistration(realSystem, event, HOLDER, { status: 'confirmed', seats: [], proven: 'vouched' });
  const holder = { ...made, reference: REFERENCE };
  const [secret, deviceSecret, until] = [newSecret(), newSecret(), retentionEnd(event)];
  const device = {
    ...{ eventId: CANARY_EVENT, id: CANARY_DEVICE, name: 'Canary', lists: [...CANARY_LISTS], maySearch: false },
    ...{ endsAt: eventEnd(event).getTime(), enrolledBy: COMMAND_LINE, enrolledAt: realSystem.now().getTime() },
    secretHash: hashOf(deviceSecret),
  };
  const lists = CANARY_LISTS.map((id) => usualList(id, { kind: 'event' }));
  await writeAll(
    client,
    [
      { Put: { TableName: registry, Item: toRegistrationItem(holder, until) } },
      ...holderWrites(registry, holder, before, holder, until),
      { Put: { TableName: registry, Item: toDeviceItem(device, until) } },
      putCheckInLists(registry, CANARY_EVENT, lists, revision),
      putCanarySecret(registry, secret),
    ],
    realSystem,
  );
  const { code } = await kmsTicketSigner({ kms, ticketKey }).sign(event, holder);
  const token = deviceToken({ eventId: CANARY_EVENT, deviceId: CANARY_DEVICE, secret: deviceSecret });
  const keys: CanaryKeys = { device: token, ticket: code, secret };
  const names = CANARY_PARAMETERS.map((each) => [`${canaryParameters(stage.name)}/${each}`, keys[each]] as const);
  for (const [Name, Value] of names)
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }));
  return names.map(([name]) => name);
}
