import { expect } from 'vitest';
import type { EventDefinition, Quota } from '../../shared/event/event.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { countSeats } from '../../shared/seats/kept-seats.ts';
import { type Call, call, postForm, postJson } from './call.ts';
import { forum, submission } from './forum.ts';
import type { Parts } from './parts.ts';
import { asFunction } from './permissions.ts';
import { pressYes } from './proof.ts';
import { readRegistry, registrationsTo, scan } from './registry.ts';
import { recordsOf } from './stream.ts';

export const quota = (id: string, changes: Partial<Quota> = {}): Quota => ({
  id,
  capacity: 1,
  shards: 1,
  title: { en: id, km: 'កូតា' },
  ...changes,
});

export const ROOM = { when: { mode: ['in-person'] } } as const;
export const ONLINE = { when: { mode: ['online'] } } as const;

/** One event for one test, and what people do in it with the link that they were mailed. */
export async function openEvent(parts: Parts, id: string, changes: Partial<EventDefinition> = {}) {
  const event = forum({
    id,
    questions: [],
    categories: forum().categories.map(({ approval: _, ...category }) => category),
    ...changes,
  });
  await parts.publish(event);
  const { realDeps } = await import('../../functions/attendee/index.ts');
  const { handler: housekeeping } = await import('../../functions/housekeeping/index.ts');
  const deps = realDeps();

  const registrationOf = async (email: string): Promise<Registration> => {
    const found = await registrationsTo(parts, id, email);
    const standing = found.find(({ status }) => status !== 'cancelled') ?? found[0];
    if (standing === undefined) throw new Error(`${email} is not registered`);
    return standing;
  };
  const tokenOf = async (email: string): Promise<string> => manageToken(await registrationOf(email), deps.secrets);
  const withToken = async (email: string, what: Call = {}): Promise<Call> => ({
    params: { token: await tokenOf(email), sessionId: 'opening' },
    ...what,
  });
  return {
    id,
    deps,
    registrationOf,
    tokenOf,
    /** An attendee who waits says that it is theirs: else they would never have a seat. */
    async register(email: string, sent: Record<string, unknown> = {}) {
      const what = postJson(submission({ email, ...sent }));
      const answer = await call('submitRegistration', { params: { eventId: id }, ...what });
      expect(answer.statusCode, answer.body).toBe(202);
      await pressYes(parts, id, email, 'waitlisted');
    },
    async amend(email: string, sent: Record<string, unknown>) {
      const answer = await call(
        'amendRegistration',
        postJson(sent, { authorization: `Bearer ${await tokenOf(email)}` }),
      );
      return { statusCode: answer.statusCode, body: JSON.parse(answer.body ?? '') };
    },
    press: async (email: string, action: string, more: [string, string][] = []) =>
      call('postRegistration', await withToken(email, postForm([['action', action], ...more]))),
    page: async (email: string, route: 'showRegistration' | 'showAmend' = 'showRegistration') =>
      call(route, await withToken(email)),
    post: async (email: string, fields: [string, string][]) =>
      call('postAmend', await withToken(email, postForm(fields))),
    /** Everything that the stream would hand to housekeeping. */
    async doJobs() {
      const jobs = (await scan(parts, 'outbox')).filter((item) => item['job'] !== undefined);
      const done = await asFunction('housekeeping', () => housekeeping(recordsOf(jobs)));
      expect(done).toEqual({ batchItemFailures: [] });
    },
    kindsTo: async (email: string) =>
      (await scan(parts, 'outbox', { having: { eventId: id, to: email } }))
        .sort((a, b) => String(a['createdAt']).localeCompare(String(b['createdAt'])))
        .map(({ kind }) => kind),
    /** Each counter says what the registrations hold, none more than there is, and the list holds who waits. */
    async expectExact() {
      const { registrations, counters, waitlist } = await readRegistry(parts, id);
      const held = countSeats(registrations.flatMap(({ seats }) => seats));
      for (const [name, { taken, waiting, capacity }] of counters) {
        expect([name, { taken, waiting }]).toEqual([name, held.get(name) ?? { taken: 0, waiting: 0 }]);
        expect(taken).toBeLessThanOrEqual(capacity);
      }
      const waits = registrations.filter(({ status }) => status === 'waitlisted').map(({ reference }) => reference);
      expect(waitlist.map(({ reference }) => reference).sort()).toEqual(waits.sort());
    },
  };
}
