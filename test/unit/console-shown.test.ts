import { beforeAll, expect, it } from 'vitest';
import type { PublicEvent } from '../../web/console/desk.ts';
import { ApiProblem } from '../../web/console/kernel/api.ts';
import { isMissing } from '../../web/console/kernel/parts/show.tsx';
import { bulkTitle } from '../../web/console/registration/bulk.tsx';
import { grantText } from '../../web/console/team/grant-fields.tsx';
import { fetchWords } from '../../web/console/words.ts';

beforeAll(() => fetchWords('people'));

it.each([
  ['not-found', true],
  ['invalid-input', true],
  ['not-permitted', false],
])('an address names nothing where the API says %s: %s', (type, isSo) => {
  const error = new ApiProblem(400, { type: `urn:plenary:problem:${type}`, title: '' });
  expect(isMissing({ loaded: { state: 'failed', error } })).toBe(isSo);
});

it.each([
  ['running', 'Approve 4 people'],
  ['held', 'Approve 3 people'],
  ['done', 'Approve 3 people'],
] as const)('a change of 4 people that is %s and changed 3 is called “%s”', (status, title) => {
  expect(bulkTitle({ kind: 'approve', status, changed: 3, total: 4 })).toBe(title);
});

it('tasks of one member are one sentence', () => {
  const event = { categories: [{ id: 'media', title: 'Media' }] } as unknown as PublicEvent;
  const told = grantText(event, { role: 'custom', ticks: ['decide', 'change-people'], categories: ['media'] });
  expect(told).toBe('Decides on registrations, corrects and replaces people’s registrations for Media');
});
