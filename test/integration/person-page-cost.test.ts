import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { meterDatabase } from '../../bench/cost/metered-database.ts';
import { putAll } from '../../bench/people.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { showGreeted } from '../../shared/checkin/greet/greet.case.ts';
import { showAttendance } from '../../shared/checkin/review/overview.case.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { withHistory } from '../../shared/registration/change/history.store.ts';
import {
  showOrganiserRegistration,
  showRegistrationHistory,
} from '../../shared/registration/list/registrations.case.ts';
import { listNotes } from '../../shared/registration/notes/notes.case.ts';
import { toRegistrationItem } from '../../shared/registration/registration.store.ts';
import { putAudit } from '../../shared/team/audit/audit.store.ts';
import { listRegistrationAudit } from '../../shared/team/audit/read-audit.case.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam, identityOf } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

/** Who may ask all that the page asks. */
const GRANTS = [{ role: 'organiser' }, { role: 'protocol' }];

/** Read units of a request: a role, the person, the event as it stands, and what is asked for. At most, with as much as is kept of a person. */
const MOST = { registration: 4, history: 5, notes: 6, audit: 6, attendance: 7, greet: 5 };

it.each([
  ['a few changes, and what was done about them', 5, 12, 25],
  ['as many changes as are kept, and a page of what was done', 45, 70, 32],
])(
  'the page of one person asks for all it shows in few read units: %s',
  async (_, changes, done, most) => {
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
      const { realDeps: doors } = await import('../../functions/doors/index.ts');
      const deps = { organiser: organiser(used), audit: audit(used), doors: doors(used) };
      const routes = [
        ['registration', 'organiser', showOrganiserRegistration(deps.organiser)],
        ['history', 'organiser', showRegistrationHistory(deps.organiser)],
        ['notes', 'organiser', listNotes(deps.organiser)],
        ['audit', 'audit', listRegistrationAudit(deps.audit)],
        ['attendance', 'doors', showAttendance(deps.doors)],
        ['greet', 'doors', showGreeted(deps.doors)],
      ] as const;
      const look = async (): Promise<Record<string, number>> => {
        const units: Record<string, number> = {};
        for (const [name, of, use] of routes) {
          meter.take();
          await asFunction(of, async () => {
            // The role of who asks, as each request has it read.
            await deps[of].roles.read(ID, by);
            const caller = { id: by, ticks: ['see-people', 'change-people', 'greet'], grants: GRANTS };
            const asked = { params, query: {}, headers: {}, language: 'en' };
            const { status } = (await use(asked as never, caller as never)) as unknown as { status: number };
            expect(status, name).toBe(200);
          });
          units[name] = meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0);
        }
        return units;
      };
      await look();
      const warm = await look();
      for (const [name] of routes) expect(warm[name], name).toBeLessThanOrEqual(MOST[name]);
      const sum = Object.values(warm).reduce((all, units) => all + units, 0);
      expect(sum, JSON.stringify(warm)).toBeLessThanOrEqual(most);
    } finally {
      client.destroy();
      await meter.stop();
    }
  },
  60_000,
);
