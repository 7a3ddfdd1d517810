import { describe, expect, it } from 'vitest';
import { vettingResult } from '../../web/console/minors/vet.tsx';

describe('CS25: what the console says of a vetting', () => {
  const name = 'Vuthy';
  const proposal = { vettedUntil: '2027-12-31', at: '2027-03-01T05:00:00Z', isYours: true, mayAccept: false };

  it.each([
    ['proposed', {}, { proposal }, '2027-12-31', /is proposed/],
    ['accepted', {}, { vettedUntil: '2027-12-31' }, '2027-12-31', /is vetted until/],
    ['ended', { vettedUntil: '2027-12-31' }, {}, null, /is not vetted any more/],
    ['shortened', { vettedUntil: '2027-12-31' }, { vettedUntil: '2027-11-30' }, '2027-11-30', /is vetted until/],
    // Nobody loses a vetting that they never had.
    ['withdrawn', {}, {}, null, /stays as it was/],
    ['withdrawn beside a vetting', { vettedUntil: '2027-11-30' }, { vettedUntil: '2027-11-30' }, '2027-11-30', /stays/],
  ])('%s', (_, before, after, wanted, says) => {
    expect(vettingResult(before, { name, ...after }, wanted)).toMatch(says);
  });
});
