import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../shared/team/role/permitted.case.ts';
import { call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry } from '../support/registry.ts';
import { youngSubmission } from '../support/young.ts';

let parts: Parts;
let reference: string;
const eventId = 'asean-ict-forum';
/** Where nothing can be written. */
const auditTable = 'no-such-table';
const vetted: Caller = {
  id: 'someone',
  why: 'a test',
  ticks: [],
  grants: [
    { role: 'safeguarding', vettedUntil: '2099-12-31' },
    { role: 'organiser', vettedUntil: '2099-12-31' },
  ],
};

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  const answer = await call('submitRegistration', { params: { eventId }, ...postJson(youngSubmission()) });
  expect(answer.statusCode).toBe(202);
  reference = (await readRegistry(parts, eventId)).registrations[0]?.reference ?? '';
});
afterAll(() => parts?.stop());

/** Every way to look at a child, of a function whose notes go to a table. */
async function looks(noteTo: (usual: string) => string) {
  const care = (await import('../../functions/care/index.ts')).realDeps();
  const organiser = (await import('../../functions/organiser/index.ts')).realDeps();
  const { listMinors, showMinor } = await import('../../shared/minors/minors.case.ts');
  const { showPersonPage } = await import('../../shared/checkin/person/person.case.ts');
  const { showOrganiserRegistration } = await import('../../shared/registration/list/registrations.case.ts');
  const careDeps = { ...care, auditTable: noteTo(care.auditTable) };
  const organiserDeps = { ...organiser, auditTable: noteTo(organiser.auditTable) };
  const request = {
    params: { eventId, reference },
    query: {},
    headers: {},
    language: 'en',
    path: '/',
    body: undefined,
  };
  return {
    listMinors: () => listMinors(careDeps)(request as never, vetted),
    showMinor: () => showMinor(careDeps)(request as never, vetted),
    showOrganiserRegistration: () => showOrganiserRegistration(organiserDeps)(request as never, vetted),
    showPersonPage: () => showPersonPage(organiserDeps)(request as never, vetted),
  };
}

describe('CS15: a child is not seen where the look cannot be noted', () => {
  it.each(['listMinors', 'showMinor', 'showOrganiserRegistration', 'showPersonPage'] as const)('by %s', async (way) => {
    expect(JSON.stringify(await (await looks((usual) => usual))[way]())).toContain(reference);
    await expect((await looks(() => auditTable))[way]()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
