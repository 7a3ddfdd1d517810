import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { answering } from '../support/feedback.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

/** What waits some seconds for an attendee who is answering by the version before. @param minutes from now */
async function housekeeping(minutes = 1): Promise<void> {
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const { doDueJobs } = await import('../../shared/jobs.ts');
  const deps = realDeps();
  const now = () => new Date(Date.now() + minutes * 60_000);
  await asFunction('housekeeping', () => doDueJobs({ ...deps, system: { ...deps.system, now } }));
}

/** All that is kept of what was answered, by until when. */
async function endsOf(eventId: string): Promise<Record<number, number>> {
  const ends: Record<number, number> = {};
  for (const { pk, expiresAt } of await scan(parts, 'feedback'))
    if (String(pk).split('#')[1] === eventId) ends[Number(expiresAt)] = (ends[Number(expiresAt)] ?? 0) + 1;
  return ends;
}

const inYear = (id: string, year: string): EventDefinition =>
  forum({ id, days: forum().days.map((day) => ({ ...day, date: day.date.replace('2027', year) })) });
const endIn = (id: string, year: string) => retentionEnd(inYear(id, year));

/** An event of which six people said something, and organisers saw it. */
async function answered(id: string): Promise<number> {
  await openEvent(parts, id);
  await parts.publish(inYear(id, '2027'));
  await grantTeam(parts, id);
  const answer = answering(parts.database, id);
  for (const useful of [1, 2, 3, 4, 5, 5]) await answer({ useful, comment: `Word ${useful}` });
  const shown = await ask('organiser', 'showFeedback', { params: { eventId: id, formId: 'session-opening' } });
  expect(shown.body).toMatchObject({ answers: 5 });
  return Object.values(await endsOf(id)).reduce((sum, items) => sum + items, 0);
}

it('what was answered is kept for as long as registrations are, wherever an event moves', async () => {
  const [moved, other] = ['feedback-moved', 'feedback-moved-2'];
  const items = await answered(moved);
  await answered(other);
  const before = await endsOf(other);
  // Six tokens, what is shown with its words, and the answer that still waits.
  expect(items).toBe(6 + 2 + 1);
  for (const year of ['2029', '2026']) {
    await parts.publish(inYear(moved, year));
    await housekeeping();
    expect(await endsOf(moved)).toEqual({ [endIn(moved, year)]: items });
  }
  expect(await endsOf(other), 'nothing of any other event').toEqual(before);
  const { body } = await ask('organiser', 'showFeedback', { params: { eventId: moved, formId: 'session-opening' } });
  expect(body.answers).toBe(5);
  expect(body.questions[0].mean).toBeGreaterThan(2.9);
});

it('ends as the event was published last, also where that was while it was being kept', async () => {
  const id = 'feedback-moved-meanwhile';
  const items = await answered(id);
  await parts.publish(inYear(id, '2029'));
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const { keepRegistrations } = await import('../../shared/registration/change/keep-registrations.case.ts');
  const real = realDeps();
  const deps = { ...real, system: { ...real.system, now: () => new Date(Date.now() + 60_000) } };
  const { client } = deps.publishing;
  const send = client.send.bind(client) as (command: unknown) => Promise<never>;
  let hasMoved = false;
  vi.spyOn(client, 'send').mockImplementation(async (command: unknown) => {
    const answer = await send(command);
    const isOfAnswers = command instanceof ScanCommand && command.input.TableName === deps.feedbackTable;
    if (isOfAnswers && !hasMoved) {
      hasMoved = true;
      await parts.publish(inYear(id, '2030'));
    }
    return answer;
  });
  await keepRegistrations(deps, id);
  expect(hasMoved).toBe(true);
  await housekeeping(2);
  expect(await endsOf(id)).toEqual({ [endIn(id, '2030')]: items });
});

it('nothing says what was answered before the event moved, and what after, but that which waits for others still', async () => {
  const id = 'feedback-moved-between';
  await answered(id);
  await parts.publish(inYear(id, '2029'));
  await housekeeping();
  await answering(parts.database, id)({ useful: 2, comment: 'After' });
  const spent = (await scan(parts, 'feedback')).filter(({ pk }) => String(pk).startsWith(`SPENT#${id}#`));
  expect(spent).toHaveLength(7);
  expect(new Set(spent.map((item) => Object.keys(item).sort().join(' '))).size).toBe(1);
});

it('what does so sees until when each answer is kept, and no answer', async () => {
  await answered('feedback-unseen');
  const table = parts.database.tables.feedback;
  const read = (ProjectionExpression?: string) =>
    asFunction('housekeeping', () =>
      documentClient(parts.database.client).send(new ScanCommand({ TableName: table, ProjectionExpression })),
    );
  expect((await read('pk, sk, expiresAt')).Count).toBeGreaterThan(0);
  for (const attributes of [undefined, 'pk, texts', 'sealed'])
    await expect(async () => read(attributes)).rejects.toThrow('AccessDenied');
});
