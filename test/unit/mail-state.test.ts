import { describe, expect, it } from 'vitest';
import type { MailState } from '../../shared/mail/fate/mail-event.schema.ts';
import { afterMailEvent, lapsesAt, markedBy, wantsOptional } from '../../shared/mail/fate/mail-fate.ts';

const state = (kind: MailState['state'], sentAt: string, at = sentAt): MailState => ({ state: kind, at, sentAt });
const [FIRST, SECOND] = ['2027-03-01T08:00:00.000Z', '2027-03-02T08:00:00.000Z'];

describe('what is known of someone’s mail', () => {
  it.each([
    ['a bounce is noted', undefined, state('bounced', FIRST), true],
    ['the same bounce again is not', state('bounced', FIRST), state('bounced', FIRST), false],
    ['a later bounce is', state('bounced', FIRST), state('bounced', SECOND), true],
    ['an earlier one that comes late is not', state('bounced', SECOND), state('bounced', FIRST), false],
    ['a delivery where nothing was wrong is not', undefined, state('delivered', FIRST), false],
    ['a delivery of a later mail is', state('bounced', FIRST), state('delivered', SECOND), true],
    [
      'a delivery of an earlier mail that comes late is not',
      state('bounced', SECOND),
      state('delivered', FIRST),
      false,
    ],
    ['a delivery of the mail that bounced is not', state('bounced', FIRST), state('delivered', FIRST), false],
    ['a bounce of a mail that was delivered first is', state('delivered', FIRST), state('bounced', FIRST), true],
    ['a bounce from before the delivery is not', state('delivered', SECOND), state('bounced', FIRST), false],
    ['a complaint is', undefined, state('complained', FIRST), true],
    ['a second delivery is not', state('delivered', FIRST), state('delivered', SECOND), false],
  ])('%s', (_, before, event, isNoted) => {
    expect(afterMailEvent(before, event)).toEqual(isNoted ? event : undefined);
  });
});

describe('a registration lapses', () => {
  const held = { status: 'confirmed', role: 'attendee', mail: state('bounced', FIRST) };

  it('three days after the bounce, where it holds or waits for a seat', () => {
    expect(lapsesAt(held)?.toISOString()).toBe('2027-03-04T08:00:00.000Z');
    expect(lapsesAt({ ...held, status: 'waitlisted' })).toEqual(lapsesAt(held));
  });

  it('gets no more time by another bounce, whoever asks for mail meanwhile', () => {
    expect(markedBy(held, state('bounced', SECOND))).toEqual({ state: 'bounced', at: FIRST, sentAt: SECOND });
    expect(markedBy(held, state('delivered', SECOND))).toEqual(state('delivered', SECOND));
  });

  it('has its time from when it held a place: a bounce before the decision counts for none', () => {
    const pending = { ...held, status: 'pending-approval' };
    expect(markedBy(pending, state('bounced', SECOND))).toEqual(state('bounced', SECOND));
  });

  it.each([
    ['holds nothing', { status: 'pending-approval' }],
    ['has ended', { status: 'cancelled' }],
    ['was added for a task', { role: 'speaker' }],
    ['is of someone under 18', { ageBand: 'minor' as const }],
    ['was reached since', { mail: state('delivered', SECOND) }],
    ['complained, and so has a mailbox', { mail: state('complained', SECOND) }],
    ['was always reached', { mail: undefined }],
    ['is reached through a coordinator', { delegation: { throughCoordinator: true } }],
  ])('never where it %s', (_, changes) => {
    expect(lapsesAt({ ...held, ...changes })).toBeUndefined();
  });
});

it.each([
  ['nobody has a reason not to get it', {}, true],
  ['they stopped it', { optedOut: true as const }, false],
  ['they called our mail unwanted', { mail: state('complained', FIRST) }, false],
  ['a mail came back', { mail: state('bounced', FIRST) }, true],
])('mail that someone can do without is sent where %s: %j %s', (_, of, isWanted) => {
  expect(wantsOptional(of)).toBe(isWanted);
});
