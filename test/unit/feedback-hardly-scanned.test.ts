import { expect, it } from 'vitest';
import { isHardlyScanned } from '../../shared/feedback/form/attended.ts';

it.each([
  ['one stray scan', 'door', [1, 1], 212, true],
  ['four of a day of ten', 'door', [4, 4], 10, true],
  ['five of a day of ten', 'door', [5, 5], 10, false],
  ['a tenth of a day', 'door', [21, 21], 210, false],
  ['less than a tenth of it', 'door', [20, 20], 210, true],
  ['everybody who came that day, though they are few', 'door', [3, 3], 3, false],
  ['one stray scan, beside many who joined online', 'door', [41, 1], 212, true],
  ['nobody, of a session that many joined online, as an organiser said', 'door', [40, 0], 212, false],
  ['nobody at all, as an organiser said', 'door', [0, 0], 212, true],
  ['one stray scan, where everyone may answer who came that day', 'day', [1, 1], 212, false],
] as const)('%s', (_, by, [people, scanned], day, hardly) => {
  expect(isHardlyScanned({ by, door: { people, scanned }, day: { people: day } })).toBe(hardly);
});
