import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import { fromPeopleChunkItem } from '../../shared/registration/people/people.store.ts';
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

/** Of what an applicant was asked and answered, and of the note with which they were handed over: see `openWholeEvent`. */
const WORDS = new RegExp(`${MARK} of (?:a question|an answer) of its own`);
const HANDED = new RegExp(`${MARK} of a hand-over of its own`);

it('what an applicant was asked and answered is told by their page alone, a note on handing them over to who decides: by no list, file, mail, phone, index, audit or log', async () => {
  const lines: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...said) => void lines.push(said.join(' ')));
  const event = await openWholeEvent(parts, 'question-canary');
  const registrations = (await scan(parts, 'registry', { partitions: [`REGISTRATION#${event.id}#`] })).map(inItsPlace);
  const { reference = '' } = registrations.find(({ asked }) => asked !== undefined) ?? {};

  const [tells, tellsNote] = [new Set<string>(), new Set<string>()];
  for (const { id, who } of everyCall(({ method }) => method === 'GET')) {
    const there = event.callOf(id);
    const isOfOne = there.params?.['reference'] !== undefined && !/report|minor|child/i.test(id);
    const asked = isOfOne ? { ...there, params: { ...there.params, reference } } : there;
    const { body, headers } = await callAs({ id, who }, asked);
    if (WORDS.test(JSON.stringify([body, headers]))) tells.add(`${id} to ${who}`);
    if (HANDED.test(JSON.stringify([body, headers]))) tellsNote.add(`${id} to ${who}`);
  }
  const deciders = ['organiser', 'thailand', 'vettedOrganiser'];
  expect([...tells].sort()).toEqual(
    ['showOrganiserRegistration', 'showPersonPage'].flatMap((id) => deciders.map((who) => `${id} to ${who}`)),
  );
  expect([...tellsNote].sort()).toEqual(deciders.map((who) => `showHanded to ${who}`));
  const params = { eventId: event.id };
  const file = await ask('organiser', 'exportAddresses', { params, body: { references: [reference] } });
  expect(JSON.stringify(file.body)).toContain(reference);

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
  const audit = JSON.stringify(await scan(parts, 'audit'));
  expect(audit).toContain('ask-applicant');
  const isTold = (said: unknown): boolean => WORDS.test(JSON.stringify(said)) || HANDED.test(JSON.stringify(said));
  const elsewhere = { file: file.body, mails, chunks, audit, lines, outbox: await scan(parts, 'outbox') };
  expect(Object.entries(elsewhere).filter(([, said]) => isTold(said))).toEqual([]);
  // Of all that is stored it is in one item, which is forgotten by itself, and with the person at once.
  const stored = (await scan(parts, 'registry')).filter(isTold);
  expect(stored.map(({ sk }) => sk)).toEqual([reference]);
});
