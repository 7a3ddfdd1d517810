import { describe, expect, it } from 'vitest';
import { afterwardsOf } from '../../shared/announcements/timed/afterwards.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { forum } from '../support/site-pages.ts';

const event = forum('en');
const BEFORE = '2027-11-01T12:00:00+07:00';
/** The opening is over. */
const MEANWHILE = '2027-11-02T12:00:00+07:00';
const LATER = '2027-11-04T12:00:00+07:00';

const leadsTo = (
  status: Registration['status'],
  changedAt: string,
  { now = LATER, ...changes }: { now?: string; status?: 'cancelled' | 'postponed'; calledOffAt?: string } = {},
) => afterwardsOf({ ...event, ...changes }, {}, { status, changedAt }, new Date(now));

describe('what the page of a registration leads to', () => {
  it.each([
    ['to someone who may have come', leadsTo('confirmed', BEFORE), { feedback: true, certificate: true }],
    ['before anything is over', leadsTo('confirmed', BEFORE, { now: BEFORE }), { feedback: false, certificate: false }],
    ['cancelled before the event', leadsTo('cancelled', BEFORE), { feedback: false, certificate: false }],
    ['cancelled once it had begun', leadsTo('cancelled', MEANWHILE), { feedback: true, certificate: false }],
    ['declined once it had begun', leadsTo('declined', MEANWHILE), { feedback: true, certificate: false }],
    [
      'cancelled once it had begun, long after',
      leadsTo('cancelled', MEANWHILE, { now: '2028-02-01T00:00:00Z' }),
      { feedback: false, certificate: false },
    ],
  ])('%s', (_who, given, expected) => expect(given).toEqual(expected));

  it.each(['cancelled', 'postponed'] as const)('%s before it began leads to nothing, later to feedback', (status) => {
    const calledOff = (calledOffAt: string) => leadsTo('confirmed', BEFORE, { status, calledOffAt });
    expect(calledOff(BEFORE)).toEqual({ feedback: false, certificate: false });
    expect(calledOff(MEANWHILE)).toEqual({ feedback: true, certificate: false });
  });
});
