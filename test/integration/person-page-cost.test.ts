import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { meterDatabase } from '../../bench/cost/metered-database.ts';
import { putAll } from '../../bench/people.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { showPersonPage } from '../../shared/checkin/person/person.case.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { withHistory } from '../../shared/registration/change/history.store.ts';
import { toRegistrationItem } from '../../shared/registration/registration.store.ts';
import { putAudit } from '../../shared/team/audit/audit.store.ts';
import { listRegistrationAudit } from '../../shared/team/audit/read-audit.case.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openEvent } from '../support/self-service.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask, grantTeam, identityOf } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

/** Who may ask all that the page asks. */
const GRANTS = [{ role: 'organiser' }, { role: 'protocol' }];

/** Read units of all that the page of one person asks for. */
const MOST = 12;

it.each([
  ['a few changes, and what was done about them', 5, 12],
  ['as many changes as are kept, and a page of what was done', 45, 70],
])(
  'the page of one person asks for all it shows in twelve read units: %s',
  async (_, changes, done) => {
    const ID = `person-page-${changes}`;
    const meter = await meterDatabase(parts.database.endpoint);
    const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: meter.endpoint });
    try {
      const event = await openEvent(parts, ID, { categories: forum().categories, quotas: [] });
      await grantTeam(parts, ID);
      const email = `one@${ID}.example.org`;
      await event.register(email, { category: 'academia', position: 'Clerk' });
      const first = await event.registrationOf(email);
      const params = { eventId: ID, reference: first.reference };
      for (let nth = 0; nth < 5; nth += 1) {
        const noted = { params: { ...params, noteId: `note000${nth}` }, body: { text: `Note ${nth}` } };
        expect((await ask('organiser', 'writeNote', noted)).status).toBe(200);
      }
      const { handler: outbox } = await import('../../functions/outbox/index.ts');
      await outbox(await outboxInserts(parts));
      for (const position of ['Chief clerk', 'Head clerk']) {
        expect((await event.amend(email, { position })).statusCode).toBe(200);
        await outbox(await outboxInserts(parts));
      }
      const by = memberId(identityOf('organiser'));
      let now = await event.registrationOf(email);
      for (let nth = 0; nth < changes; nth += 1)
        now = withHistory(now, { ...now, position: `Head of office number ${nth}` }, { id: by });
      const direct = DynamoDBDocumentClient.from(parts.database.client);
      const Item = toRegistrationItem(now, 2 ** 32);
      await direct.send(new PutCommand({ TableName: parts.database.tables.registry, Item }));
      const entries = Array.from({ length: done }, (_, nth) => {
        const at = new Date(Date.UTC(2026, 0, 1) + nth * 60_000).toISOString();
        const about = { about: first.reference, person: 'adult' as const, byLabel: 'Secretariat of the forum' };
        const entry = { id: String(nth).padStart(22, 'e'), eventId: ID, at, by, action: 'tag' as const, ...about };
        return putAudit('', entry, retentionEnd(forum())).Put?.Item ?? {};
      });
      await putAll(parts.database.client, parts.database.tables.audit, entries);

      const used = documentClient(client);
      const { realDeps: organiser } = await import('../../functions/organiser/index.ts');
      const { realDeps: audit } = await import('../../functions/audit/index.ts');
      const deps = { organiser: organiser(used), audit: audit(used) };
      const routes = [
        ['organiser', showPersonPage(deps.organiser)],
        ['audit', listRegistrationAudit(deps.audit)],
      ] as const;
      const look = async () => {
        const answers = [];
        for (const [name, use] of routes) {
          meter.take();
          const told = await asFunction(name, async () => {
            // The role of who asks, as each request has it read.
            await deps[name].roles.read(ID, by);
            const caller = { id: by, ticks: ['see-people'], grants: GRANTS };
            const asked = { params, query: {}, headers: {}, language: 'en' };
            return (await use(asked as never, caller as never)) as unknown as { status: number; body: unknown };
          });
          expect(told.status, name).toBe(200);
          const requests = meter.take();
          answers.push({ told, requests, units: requests.reduce((sum, { readUnits }) => sum + readUnits, 0) });
        }
        return answers;
      };
      await look();
      const [page, audited] = await look();
      expect((page?.units ?? 0) + (audited?.units ?? 0), JSON.stringify([page, audited], null, 1)).toBeLessThanOrEqual(
        MOST,
      );
      // It is all there that was asked for.
      const told = JSON.stringify(page?.told);
      for (const said of ['Note 4', `Head of office number ${changes - 2}`, '"kind":"updated"', 'handouts', 'picked'])
        expect(told).toContain(said);
      expect(JSON.stringify(audited?.told)).toContain('Secretariat of the forum');
    } finally {
      client.destroy();
      await meter.stop();
    }
  },
  60_000,
);
