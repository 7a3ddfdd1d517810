import { beforeAll, describe, expect, it } from 'vitest';
import { deedsOf } from '../../web/console/registration/to-do.tsx';
import { fetchWords } from '../../web/console/words.ts';

beforeAll(() => fetchWords('toDo'));

const NOW = Date.parse('2027-10-01T09:00:00Z');
const event = {
  id: 'forum',
  timeZone: 'Asia/Phnom_Penh',
  approvalWithin: 'P3D',
  registration: { closesAt: '2027-11-01T00:00:00Z' },
} as never;
const desk = { event, now: () => NOW, grants: [{ role: 'focal-point', countries: ['TH'] }] as const };
const NOTHING = {
  ...{ reports: undefined, doors: undefined, phones: undefined },
  ...{ mail: undefined, seats: undefined, programme: undefined, handed: undefined },
};
type Told = Parameters<typeof deedsOf>[1];
const deeds = (told: object, people: readonly object[] = []) =>
  deedsOf(desk, { ...NOTHING, ...told } as Told, people as never);

const quota = (over: object) => ({ title: 'Hall', capacity: 100, taken: 0, waiting: 0, ...over });
const phone = (name: string, standing: string, isSilent: boolean) => ({ name, standing, talk: { isSilent } });
const account = (troubles: readonly string[], waitsSince?: string) => ({ troubles, waitsSince });

describe('what there is to do', () => {
  it('is nothing where nothing needs anybody, or the member may ask nothing', () => {
    expect(deeds({})).toEqual([]);
    expect(
      deeds({
        reports: {},
        doors: { conflicts: 0, handedOver: 0 },
        phones: {
          devices: [phone('Left', 'active', false), phone('Old', 'over', true), { name: 'New', standing: 'active' }],
        },
        mail: { account: account([]), waiting: 3 },
        seats: { quotas: [quota({ taken: 89 }), quota({ capacity: 0 }), quota({ per: 'country', taken: 100 })] },
        programme: { missing: {} },
      }),
    ).toEqual([]);
  });

  it('names those who answered, of whom the member decides', () => {
    const one = {
      status: 'pending-approval',
      submittedAt: '2027-10-01T08:00:00Z',
      organisation: '',
      question: 'answered',
      country: 'TH',
    };
    expect(deeds({}, [one, { ...one, country: 'LA' }, { ...one, question: 'asked' }])).toEqual([
      {
        text: '1 person has answered what they were asked, and waits for a decision',
        at: '/console/e/forum/approvals?show=answered',
      },
    ]);
  });

  it('counts those who were handed to the member', () => {
    const handed = [{ isYours: true }, { isYours: false, to: 'Somebody' }, { isYours: true }];
    expect(deeds({ handed: { handed } })).toEqual([
      { text: '2 people who wait for a decision are with you', at: '/console/e/forum/approvals?whose=mine' },
    ]);
  });

  it('leads to where it is done, children first, what can wait last', () => {
    const told = {
      reports: { toRead: '2027-10-01T07:00:00Z', since: '2027-10-01T02:00:00Z', nobodyReads: true },
      doors: { conflicts: 2, handedOver: 1 },
      phones: { devices: [phone('Left', 'active', true), phone('Right', 'active', true)] },
      mail: { account: account(['sender-unverified'], '2027-10-01T08:00:00Z'), waiting: 40 },
      system: { backups: { tables: [{ restorable: true }, { restorable: false }] } },
      seats: { quotas: [quota({ taken: 90 }), quota({ title: 'Room', taken: 101, waiting: 4 })] },
      programme: { missing: { km: 2 } },
    };
    const waits = {
      status: 'pending-approval',
      pendingSince: '2027-08-01T09:00:00Z',
      submittedAt: '2027-08-01T09:00:00Z',
      ...{ organisation: '', country: 'TH' },
    };
    const ofOthers = { ...waits, country: 'LA' };
    const unreached = { status: 'confirmed', mail: 'bounced' };
    const all = deeds(told, [waits, waits, ofOthers, unreached, { status: 'declined', mail: 'bounced' }]);
    expect(
      all.map(({ text, at = '', canWait }) => [text, at.replace('/console/e/forum', ''), canWait === true]),
    ).toEqual([
      ['A report waits for you: it came on 1 Oct 2027, 14:00.', '/reports', false],
      [expect.stringContaining('has not been opened for 4 hours: it came on 1 Oct 2027, 09:00.'), '', false],
      [expect.stringContaining('they reach the deputy alone'), '/people', false],
      ['2 phones have not been heard of: Left, Right', '/check-in/_phones', false],
      ['2 scans to look at', '/check-in/_to-see', false],
      ['1 scan that was handed over to be let in or left out', '/check-in/_to-see', false],
      ['2 people have waited longer than they were told', '/registrations?status=overdue', false],
      ['Mail does not reach 1 person', '/registrations?status=unreached', false],
      ['No mail leaves: the sender is not verified yet.', '/mail', false],
      ['40 mails are held back: the oldest was written on 1 Oct 2027, 15:00.', '/mail', false],
      ['What is deleted by mistake may not be brought back: backups are off or late.', '/system', false],
      ['Hall: 10 of 100 seats free', '/seats', true],
      ['Room: no seat is free. 4 people wait.', '/seats', true],
      ['Khmer: 2 texts are missing. Readers see another language there.', '/programme', true],
    ]);
  });
});
