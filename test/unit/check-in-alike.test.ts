import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alike, type OpenTicket } from '../../shared/checkin/review/alike.ts';

const ticket = (name: string, scans: readonly string[], more: Partial<OpenTicket> = {}): OpenTicket => ({
  ...{ list: 'event', ticket: name, decisions: 0 },
  scans: scans.map((each, index) => {
    const [why = '', phone = ''] = each.split('@');
    return { scanId: `${name}${index}`, why, phone };
  }),
  ...more,
});

it('scans are of one cause by what was the matter, the list and the phone, and of two tickets at least: most tickets first', () => {
  const found = alike([
    ticket('a', ['over@left', 'over@right', 'over@left']),
    ticket('b', ['over@right'], { decisions: 2 }),
    ticket('c', ['not-yet@right']),
    ticket('d', ['over@right', 'conflict@left']),
    ticket('e', ['over@left'], { list: 'hall' }),
    ticket('f', ['conflict@left']),
  ]);
  expect(found).toEqual([
    {
      ...{ list: 'event', why: 'over', phone: 'right' },
      cases: [
        { ticket: 'a', scans: ['a1'], after: 0 },
        { ticket: 'b', scans: ['b0'], after: 2 },
        { ticket: 'd', scans: ['d0'], after: 0 },
      ],
    },
    {
      ...{ list: 'event', why: 'conflict', phone: 'left' },
      cases: [
        { ticket: 'd', scans: ['d1'], after: 0 },
        { ticket: 'f', scans: ['f0'], after: 0 },
      ],
    },
  ]);
});

it('CS24: what concerns children is of no cause: each of them is looked at', () => {
  const open = ['a', 'b', 'c'].map((name) => ticket(name, ['left-unasked@left', 'hold@left']));
  expect(alike(open)).toEqual([]);
});

it('no scan is of two causes, and none is there that was not open', () => {
  const why = fc.constantFrom('over', 'hold', 'conflict', 'not-yet');
  const scans = fc.array(
    fc.tuple(why, fc.constantFrom('left', 'right')).map((both) => both.join('@')),
    { maxLength: 4 },
  );
  const tickets = fc.array(scans, { maxLength: 8 }).map((all) => all.map((each, index) => ticket(`t${index}-`, each)));
  fc.assert(
    fc.property(tickets, (open) => {
      const found = alike(open).flatMap(({ cases }) => cases.flatMap((each) => each.scans));
      const all = open.flatMap((each) => each.scans.map(({ scanId }) => scanId));
      expect(new Set(found).size).toBe(found.length);
      expect(found.filter((each) => !all.includes(each))).toEqual([]);
    }),
  );
});
