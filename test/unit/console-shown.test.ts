import { expect, it } from 'vitest';
import { ApiProblem } from '../../web/console/kernel/api.ts';
import { isMissing } from '../../web/console/kernel/parts/show.tsx';
import { deedText } from '../../web/console/registration/bulk.tsx';

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
  expect(deedText({ kind: 'approve', status, changed: 3, total: 4 })).toBe(title);
});
