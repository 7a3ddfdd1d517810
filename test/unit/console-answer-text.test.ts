import { expect, it } from 'vitest';
import { answerIn } from '../../web/console/kernel/parts/answer-text.ts';

const asked = (type: 'country' | 'choice' | 'yes-no') => ({
  id: 'home',
  type,
  title: 'Home',
  required: false,
  options: [{ id: 'near', title: 'Nearby' }],
});

it.each([
  ['country', 'KH', 'Cambodia'],
  ['choice', 'near', 'Nearby'],
  ['yes-no', false, 'No'],
] as const)('the console puts an answer to a question of type %s into words', (type, answer, text) => {
  expect(answerIn({}, asked(type), answer)).toBe(text);
});

it.each([
  ['Phnom Penh', 'Phnom Penh'],
  ['ASEAN', 'ASEAN'],
  ['', ''],
  [2027, '2027'],
  [true, 'Yes'],
  [['KH', 'near'], 'KH, near'],
])('answered before it asked for a country, %j is shown as it was written', (answer, text) => {
  expect(answerIn({}, asked('country'), answer)).toBe(text);
});
