import { describe, expect, it } from 'vitest';
import { resultOf } from '../../shared/announcements/announcement.ts';
import { audienceOf, chosenOf, hasChangedMuch } from '../../shared/announcements/write/audience.ts';
import { minutesToSend } from '../../shared/mail/limits/send-pace.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';

let references = 0;
const registered = (changes: Partial<Registration> = {}): Registration => {
  references += 1;
  const person = { reference: `R${references}`, status: 'confirmed', mode: 'online', language: 'en', sessions: [] };
  return { ...person, ...changes } as unknown as Registration;
};
const through = (id: string) => ({ delegation: { id, throughCoordinator: true } }) as Partial<Registration>;

describe('whom a message reaches', () => {
  it('counts people, and one mail for all of a coordinator’s', () => {
    const all = [
      registered(through('d')),
      registered(through('d')),
      registered({ language: 'km' }),
      registered(through('e')),
    ];
    expect(audienceOf({ kind: 'organiser-message', segment: {} }, all, new Set())).toEqual({
      people: 4,
      mails: 3,
      languages: [
        { language: 'en', mails: 2 },
        { language: 'km', mails: 1 },
      ],
      leftOut: { bounced: 0, complained: 0, 'opted-out': 0 },
    });
  });

  it('is everyone, whatever became of them, where nobody says who attends it alone', () => {
    const all = [registered(), registered({ status: 'waitlisted' }), registered({ status: 'cancelled' })];
    const reached = (segment: { readonly attending?: true }) =>
      audienceOf({ kind: 'organiser-message', segment }, all, new Set()).people;
    expect([reached({}), reached({ attending: true })]).toEqual([3, 1]);
  });

  it('leaves out of a segment whoever no mail arrives at, and counts nobody else as left out', () => {
    const mail = (state: 'bounced' | 'complained' | 'refused' | 'delivered') => ({
      mail: { state, at: '', sentAt: '' },
    });
    const all = [
      registered(mail('bounced')),
      registered({ ...mail('bounced'), status: 'cancelled' }),
      registered(mail('complained')),
      registered(mail('refused')),
      registered(mail('delivered')),
      registered({ optedOut: true }),
      registered({ optedOut: true, ...through('d') }),
    ];
    const segment = { statuses: ['confirmed'] } as const;
    const { people, leftOut } = audienceOf({ kind: 'organiser-message', segment }, all, new Set());
    expect([people, leftOut]).toEqual([3, { bounced: 1, complained: 1, 'opted-out': 1 }]);
  });

  it('leaves out everyone who is reached through a coordinator who stopped it, but of what tells of a change', () => {
    const all = [
      registered(through('d')),
      registered({ ...through('d'), mail: { state: 'bounced', at: '', sentAt: '' } }),
      registered(through('e')),
      registered({ delegation: { id: 'd' } } as Partial<Registration>),
    ];
    const stopped = new Set(['d']);
    expect(audienceOf({ kind: 'organiser-message', segment: {} }, all, stopped)).toMatchObject({
      ...{ people: 2, mails: 2 },
      leftOut: { bounced: 1, complained: 0, 'opted-out': 1 },
    });
    expect(audienceOf({ kind: 'event-cancelled', segment: {} }, all, stopped)).toMatchObject({ people: 4, mails: 3 });
  });

  it('is for those of a list alone whom the sender sees, and while nobody says who they are for nobody', () => {
    const rows = [
      registered({ reference: 'AAAAAAAAAA', country: 'TH' }),
      registered({ reference: 'BBBBBBBBBB', country: 'LA' }),
      registered({ reference: 'CCCCCCCCCC', country: 'TH', status: 'declined' }),
    ];
    const young = registered({ reference: 'DDDDDDDDDD', country: 'TH', ageBand: 'minor' });
    const rowsOf = (all: readonly Registration[]) => new Map(all.map((each) => [each.reference, each]));
    const known = { people: rowsOf(rows), minors: rowsOf([young]) } as never as Parameters<typeof chosenOf>[0];
    const references = [...rows, young].map(({ reference }) => reference);
    const inThailand = ({ country }: { readonly country: string }): boolean => country === 'TH';
    const segment = { statuses: ['confirmed'], chosen: 2 } as const;
    const { chosen, notFor } = chosenOf(known, inThailand, segment, references);
    expect([...chosen]).toEqual(['AAAAAAAAAA', 'CCCCCCCCCC']);
    expect(notFor).toEqual({ noPlace: 1, noAddress: 0, minors: 1, unknown: 1 });
    const people = (meant: object) =>
      audienceOf({ kind: 'organiser-message', segment, ...meant }, [...rows, young], new Set()).people;
    expect(people({ chosen })).toBe(1);
    expect(people({ chosen: new Set(references) })).toBe(2);
    expect(people({})).toBe(0);
  });

  it.each([
    [1, 1, false],
    [1, 6, false],
    [1, 7, true],
    [100, 110, false],
    [100, 111, true],
    [100, 89, true],
    [1000, 1050, false],
  ])('of %d people seen, %d are many more or fewer: %s', (seen, now, isMuch) => {
    expect(hasChangedMuch(seen, now)).toBe(isMuch);
  });
});

describe('how long it takes', () => {
  it.each([
    ['at the rate', { perSecond: 14, daily: undefined, sent: 0 }, 5000, 6],
    ['within a day', { perSecond: 14, daily: 50_000, sent: 100 }, 5000, 6],
    ['a tenth of each day is kept', { perSecond: 1, daily: 200, sent: 0 }, 180, 3],
    ['what does not fit waits for the next day', { perSecond: 1, daily: 200, sent: 0 }, 181, 24 * 60],
    ['and the one after', { perSecond: 1, daily: 200, sent: 180 }, 361, 3 * 24 * 60],
    ['never', { perSecond: 0, daily: 200, sent: 0 }, 1, undefined],
  ])('%s', (_, quota, mails, minutes) => {
    expect(minutesToSend(quota, mails)).toBe(minutes);
  });
});

describe('what became of a mail', () => {
  const at = '2027-10-02T03:04:05.000Z';
  const stopped = { stoppedAt: '2027-10-01T03:04:05.000Z' };
  it.each([
    [{ state: 'pending' }, {}, 'waiting'],
    [{ state: 'unknown' }, {}, 'waiting'],
    [{ state: 'sent' }, stopped, 'sent'],
    [{ state: 'sent', fate: { what: 'not-now', at } }, {}, 'sent'],
    [{ state: 'sent', fate: { what: 'delivered', at } }, stopped, 'arrived'],
    [{ state: 'sent', fate: { what: 'no-mailbox', at } }, {}, 'returned'],
    [{ state: 'sent', fate: { what: 'suppressed', at } }, {}, 'returned'],
    [{ state: 'sent', fate: { what: 'complained', at } }, {}, 'unwanted'],
    [{ state: 'pending' }, stopped, 'stopped'],
    [{ state: 'claimed' }, stopped, 'waiting'],
    [{ state: 'failed', failure: 'stopped' }, stopped, 'stopped'],
    [{ state: 'failed', failure: 'superseded' }, {}, 'not-needed'],
    [{ state: 'failed', failure: 'MessageRejected' }, {}, 'failed'],
  ] as const)('%j of an announcement that is %j: %s', (message, announcement, result) => {
    expect(resultOf(message, announcement)).toBe(result);
  });
});
