import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import { fromPeopleChunkItem } from '../../shared/registration/people/people.store.ts';
import type { RouteId } from '../../shared/routes.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { inItsPlace, scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { ask } from '../support/team.ts';
import { callAs, everyCall, MARK, openWholeEvent } from '../support/whole-event.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

/** Of the note on the person who comes: see `openWholeEvent`. */
const NOTE = `${MARK} of its own`;

it('a note is told by the page of its person alone: by no list, search, file, message, phone, index or log', async () => {
  const lines: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...said) => void lines.push(said.join(' ')));
  const event = await openWholeEvent(parts, 'note-canary');
  const registrations = (await scan(parts, 'registry', { partitions: [`REGISTRATION#${event.id}#`] })).map(inItsPlace);
  const comer = registrations.find(({ email }) => email === event.comer);
  const { reference = '' } = comer ?? {};

  const tells = new Set<string>();
  for (const asked of everyCall(({ method }) => method === 'GET')) {
    const { body, headers } = await callAs(asked, event.callOf(asked.id));
    if (JSON.stringify([body, headers]).includes(NOTE)) tells.add(`${asked.id} to ${asked.who}`);
  }
  expect([...tells].sort()).toEqual(
    ['organiser', 'thailand', 'vettedOrganiser'].map((who) => `showPersonPage to ${who}`),
  );

  const params = { eventId: event.id };
  const answers: [RouteId, object][] = [
    ['findByAddress', { email: event.comer }],
    ['exportAddresses', { references: [reference] }],
  ];
  for (const [route, body] of answers) {
    const { status, body: said } = await ask('organiser', route, { params, body });
    expect([route, status]).toEqual([route, 200]);
    expect(JSON.stringify(said)).toContain(reference);
    expect(JSON.stringify(said)).not.toContain(NOTE);
  }

  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const { handler: outbox } = await import('../../functions/outbox/index.ts');
  const { doJob } = await import('../../shared/jobs.ts');
  await asFunction('housekeeping', async () => {
    const deps = realDeps();
    const job = newJob(realSystem, 'make-people', event.id);
    await deps.jobs.add(job, 2 ** 32);
    await doJob(deps, job.id);
  });
  await outbox(await outboxInserts(parts));
  vi.restoreAllMocks();
  const mails = await (await fetch(`${parts.mailbox.url}/messages`)).text();
  expect(JSON.parse(mails).length).toBeGreaterThan(5);
  const chunks = (await scan(parts, 'registry', { partitions: [`PEOPLE#${event.id}`] })).map(fromPeopleChunkItem);
  expect(JSON.stringify(chunks)).toContain(reference);

  const elsewhere = { mails, chunks: JSON.stringify(chunks), logs: lines.join(), audit: await auditText() };
  expect(Object.entries(elsewhere).filter(([, text]) => text.includes(NOTE))).toEqual([]);
  // Of all that is stored it is in one item, which is forgotten by itself.
  const stored = (await scan(parts, 'registry')).filter((item) => JSON.stringify(item).includes(NOTE));
  expect(stored.map(({ pk }) => String(pk).split('#')[0])).toEqual(['NOTES']);
});

const auditText = async (): Promise<string> => JSON.stringify(await scan(parts, 'audit'));
