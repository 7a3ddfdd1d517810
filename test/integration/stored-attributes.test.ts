import { afterAll, beforeAll, expect, it } from 'vitest';
import { grantRoles } from '../../cli/grant-roles.ts';
import { MEMBER_PREFIX } from '../../shared/kernel/dynamo/keys.ts';
import {
  MAIL_ACCOUNT_ID,
  TABLES,
  type TableIndex,
  type TableName,
  type TableShape,
} from '../../shared/kernel/dynamo/tables.ts';
import { STORED } from '../../shared/uses.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { openDelegation, person } from '../support/delegation.ts';
import { formFields, forum, submission } from '../support/forum.ts';
import { raiseGuard } from '../support/guard.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { LOOK_AT_ACCOUNT } from '../support/timers.ts';

type Kind = Exclude<keyof typeof STORED, 'end'>;
type Item = Readonly<Record<string, unknown>>;

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

/** What the first part of a partition's key says of its items. */
const BY_PARTITION: Readonly<Record<string, Kind>> = {
  EVENT: 'rules',
  EVENTS: 'eventEntry',
  DIGEST: 'digest',
  ANNOUNCEMENT: 'announcement',
  TOLD: 'told',
  QUOTA: 'counter',
  REGISTRATION: 'registration',
  LOCK: 'lock',
  WAITLIST: 'waitlist',
  UNPROVEN: 'unprovenSeat',
  INVITATION: 'invitation',
  ROLE: 'role',
  'OWN-EVENT': 'ownEvent',
  AUDIT: 'audit',
  DELEGATION: 'delegation',
  'CHECK-IN': 'checkIn',
  'CHECK-IN-COUNT': 'checkInCount',
  'CHECK-IN-DOUBT': 'checkInDoubt',
  'CHECK-IN-FEED': 'checkInFeed',
  SCAN: 'scan',
  'HAND-OVER': 'handOver',
  'HELD-SCAN': 'heldScan',
  TICKET: 'ticketHolder',
  REVOKED: 'revokedTicket',
  REVOCATIONS: 'revocations',
  DEVICE: 'device',
  ENROLMENT: 'enrolment',
  UNCONFIRMED: 'unconfirmed',
  'ADDRESS-CHANGE': 'addressChange',
  PROOF: 'proof',
  GUARD: 'guard',
  'MAIL-TURNS': 'mailTurns',
  'TEST-TURNS': 'mailTurns',
};

function kindOf(table: TableName, item: Item): Kind | undefined {
  if (table === 'outbox') {
    if (item['job'] !== undefined) return 'job';
    if (item['id'] === 'PACE') return 'sendPace';
    if (item['id'] === MAIL_ACCOUNT_ID) return 'mailAccount';
    if (String(item['id']).startsWith('SENT#')) return 'sentMails';
    return String(item['id']).startsWith('CAP#') ? 'mailCap' : 'message';
  }
  if (String(item['sk']).startsWith('TEXT#')) return 'text';
  if (item['sk'] === 'VERSION') return 'version';
  if (item['sk'] === 'CONSENTS') return 'consentWords';
  if (String(item['sk']).startsWith(MEMBER_PREFIX)) return 'delegationMember';
  return BY_PARTITION[String(item['pk']).split('#')[0] ?? ''];
}

/** Keys, and the version of an item's shape, are kept for what they lead to. */
function keysOf(table: TableName): string[] {
  const { partitionKey, ...shape } = TABLES[table];
  const indexes = indexesOf(table).flatMap((index) => [index.partitionKey, index.sortKey]);
  return [
    partitionKey,
    'v',
    ...Object.keys(STORED.end.fields()),
    ...('sortKey' in shape ? [shape.sortKey] : []),
    ...indexes,
  ];
}

function indexesOf(table: TableName): readonly TableIndex[] {
  const shape: TableShape = TABLES[table];
  return Object.values(shape.indexes ?? {});
}

const register = (changes: Record<string, unknown>) =>
  call('submitRegistration', { params: { eventId: 'asean-ict-forum' }, ...postJson(submission(changes)) });

it('CS18: no attribute of any item lacks a purpose and a retention', async () => {
  const event = forum();
  await parts.publish({ ...event, quotas: event.quotas.map((quota) => ({ ...quota, capacity: 1 })) });
  await grantRoles(
    { eventId: event.id, identity: { issuer: 'i', subject: 's' }, label: 'One', grants: [{ role: 'organiser' }] },
    { dynamodb: parts.database.client, tableName: parts.database.tables.registry },
  );
  await register({ email: 'seated@example.org', nativeName: 'សុខា', answers: { interpretation: ['khmer'] } });
  await register({ email: 'waiting@example.org', language: 'km', sessions: ['industry-first-steps'] });
  await register({ email: 'decided@example.org', category: 'media', mode: 'online', answers: { mediaType: 'radio' } });
  await register({ email: 'seated@example.org', fullName: 'Somchai Repeated' });
  await (await openDelegation(parts, 'stored')).add([person(1), person(2, { email: 'own@example.org' })]);
  await raiseGuard(parts, event.id);
  const byMail = formFields({ email: 'by-mail@example.org', nativeName: 'សុខា', mode: 'online' });
  await call('postForm', { params: { eventId: event.id }, ...postForm([...byMail, ['byMail', 'yes']]) });
  const { handler } = await import('../../functions/outbox/index.ts');
  await handler(await outboxInserts(parts));
  await (await import('../../functions/housekeeping/index.ts')).handler(LOOK_AT_ACCOUNT);

  const seen = new Set<Kind>();
  for (const table of Object.keys(TABLES) as TableName[]) {
    for (const item of await scan(parts, table)) {
      const kind = kindOf(table, item);
      expect(kind, `what is ${item['pk']}?`).toBeDefined();
      if (kind === undefined) continue;
      seen.add(kind);
      // DynamoDB refuses an item in which a key of an index is anything else, also where the item is in no index.
      for (const { partitionKey, sortKey } of indexesOf(table)) {
        for (const key of [partitionKey, sortKey]) expect(typeof (item[key] ?? ''), `${kind} ${key}`).toBe('string');
      }
      const declared = [...Object.keys(STORED[kind].fields()), ...keysOf(table)];
      expect(
        Object.keys(item).filter((name) => !declared.includes(name)),
        kind,
      ).toEqual([]);
    }
  }
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'rules',
      'version',
      'eventEntry',
      'text',
      'counter',
      'registration',
      'lock',
      'waitlist',
      'role',
      'ownEvent',
      'delegation',
      'delegationMember',
      'unconfirmed',
      'guard',
      'mailTurns',
      'message',
      'mailCap',
      'mailAccount',
    ]),
  );
});
