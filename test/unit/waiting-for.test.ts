import { describe, expect, it } from 'vitest';
import type { Quota } from '../../shared/event/event.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { waitingFor } from '../../shared/seats/quota.ts';
import type { Seat } from '../../shared/seats/seat.schema.ts';

const quota = (id: string, changes: Partial<Quota<string>> = {}): Quota<string> => ({
  id,
  title: `Seats ${id}`,
  capacity: 1,
  shards: 1,
  ...changes,
});
const event = {
  quotas: [
    quota('room', { when: { mode: ['in-person'] } }),
    quota('workshop', { when: { all: [{ session: ['workshop'] }, { mode: ['in-person'] }] } }),
    quota('each', { per: 'organisation' }),
  ],
};
const seat = (quota: string, changes: Partial<Seat> = {}): Seat => ({ quota, shard: 0, state: 'waiting', ...changes });
const who = (seats: readonly Seat[], changes: Partial<Registration> = {}) =>
  ({
    status: 'waitlisted',
    mode: 'in-person',
    category: 'academia',
    country: 'TH',
    organisation: 'Sample Ministry',
    sessions: ['workshop'],
    answers: {},
    seats,
    ...changes,
  }) as Registration;

describe('what someone waits for', () => {
  it('is named as the event calls it, in its order, without what they hold meanwhile', () => {
    const seats = [seat('each', { group: 'sample ministry' }), seat('room'), seat('workshop', { state: 'taken' })];
    expect(waitingFor(event, who(seats))).toEqual({ quotas: ['Seats room', 'Seats each'], forSessionsAlone: false });
  });

  it('is for sessions alone where nothing else is full', () => {
    expect(waitingFor(event, who([seat('workshop')]))).toEqual({ quotas: ['Seats workshop'], forSessionsAlone: true });
    expect(waitingFor(event, who([seat('workshop'), seat('room')]))?.forSessionsAlone).toBe(false);
  });

  it('is nothing for whoever does not wait', () => {
    expect(waitingFor(event, who([seat('room', { state: 'taken' })], { status: 'confirmed' }))).toBeUndefined();
  });
});
