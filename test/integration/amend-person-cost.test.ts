import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Asked, asked } from '../../bench/cost/asked.ts';
import { meterDatabase } from '../../bench/cost/metered-database.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { amend } from '../../shared/registration/change/amend.case.ts';
import { amendPerson, previewAmendment } from '../../shared/registration/change/amend-person.case.ts';
import { merged } from '../../shared/registration/change/plan-amendment.case.ts';
import { holderOf } from '../../shared/registration/holder-of.case.ts';
import { audited } from '../../shared/team/audit/audited.case.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { ONLINE, openEvent, quota, ROOM } from '../support/self-service.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const ID = 'for-cost';
const CALLER = { id: 'm'.repeat(43), ticks: ['change-people'], grants: [{ role: 'organiser' }] } as const;
/** From the room to online: a seat is given back, another taken. */
const CHANGE = { mode: 'online' } as const;

it('a change by an organiser costs what the attendee’s own costs, the entry of the audit apart', async () => {
  const quotas = [quota('room', { ...ROOM, capacity: 9 }), quota('online', { ...ONLINE, capacity: 9 })];
  const event = await openEvent(parts, ID, { quotas });
  const people = ['first', 'second', 'holder', 'member'].map((name) => `${name}@${ID}.example.org`);
  for (const email of people) {
    await event.register(email);
    await event.press(email, 'prove');
  }
  const meter = await meterDatabase(parts.database.endpoint);
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
  try {
    const { realDeps: attendee } = await import('../../functions/attendee/index.ts');
    const { realDeps: organiser } = await import('../../functions/organiser/index.ts');
    const [own, members] = [attendee(documentClient(client)), organiser(documentClient(client))];
    const byHolder = async (email: string): Promise<Asked> => {
      const token = await event.tokenOf(email);
      meter.take();
      await asFunction('attendee', async () => {
        const held = await holderOf(own, token, 'en');
        await amend(own, held, (before, rules) => merged(before, rules, CHANGE));
      });
      return asked(meter.take());
    };
    const byMember = async (email: string): Promise<Asked> => {
      const { reference, revision } = await event.registrationOf(email);
      const request = { params: { eventId: ID, reference }, query: {}, headers: {}, language: 'en' };
      const send = (use: (request: never, caller: never) => Promise<unknown>, body: object): Promise<unknown> =>
        asFunction('organiser', () => use({ ...request, body } as never, CALLER as never));
      const looked = (await send(previewAmendment(members), { ...CHANGE, revision })) as { readonly body: string };
      const { outcome: promised } = typeof looked.body === 'string' ? JSON.parse(looked.body) : looked.body;
      meter.take();
      await send(amendPerson(members), { ...CHANGE, revision, tell: true, promised });
      return asked(meter.take());
    };
    // What is kept of an event is read once.
    await byHolder(people[0] ?? '');
    await byMember(people[1] ?? '');
    const [theirs, ours] = [await byHolder(people[2] ?? ''), await byMember(people[3] ?? '')];
    expect(theirs).toMatchObject({ reads: 1, transactions: 1, others: 0 });
    meter.take();
    const found = await members.events.readEvent(ID, 'en');
    if (found === undefined) throw new Error('no event');
    meter.take();
    const about = await event.registrationOf(people[3] ?? '');
    await asFunction('organiser', () =>
      members.write([audited(members, found.event, CALLER as never, 'amend', about)]),
    );
    const entry = asked(meter.take()).writeUnits;
    expect({ ...ours, writeUnits: ours.writeUnits - entry }).toEqual(theirs);
  } finally {
    client.destroy();
    await meter.stop();
  }
});
