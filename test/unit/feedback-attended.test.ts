import { describe, expect, it } from 'vitest';
import type { Attendance } from '../../shared/checkin/attendance/arrivals.ts';
import { listsOf, sessionListId, usualList } from '../../shared/checkin/list/list.ts';
import type { AttendanceMode } from '../../shared/event/event.ts';
import {
  type About,
  attendedAs,
  decidedBy,
  isToldOf,
  listsThatTellApart,
} from '../../shared/feedback/form/attended.ts';
import { EVENT_FORM, formsOf } from '../../shared/feedback/form/form.ts';
import { forum } from '../support/site-pages.ts';

const event = forum('en');
const LISTS = listsOf(event);
const DETECTION = { id: 'session-detection', session: 'detection' };
const DOOR = sessionListId('detection');

const attended = (form: About, known: Partial<Attendance>): AttendanceMode | undefined =>
  attendedAs(form, event, { lists: LISTS, came: {}, scanned: new Set(), ...known })?.mode;
const IN_PERSON = { mode: 'in-person', category: 'ngo' } as const;
const ONLINE = { mode: 'online', category: 'ngo' } as const;

describe('whoever took part in a session', () => {
  it('is who came to its door, or joined online', () => {
    expect(attended(DETECTION, { came: { [DOOR]: IN_PERSON }, scanned: new Set([DOOR]) })).toBe('in-person');
    expect(attended(DETECTION, { came: { [DOOR]: ONLINE } })).toBe('online');
  });

  it('is not who came on that day and stayed away from a door at which people were scanned', () => {
    expect(attended(DETECTION, { came: { 'day-day-2': IN_PERSON }, scanned: new Set([DOOR]) })).toBeUndefined();
  });

  it('is who came on that day, where nobody was scanned at its door', () => {
    expect(attended(DETECTION, { came: { 'day-day-2': IN_PERSON } })).toBe('in-person');
    expect(attended(DETECTION, { came: { [sessionListId('collaboration')]: ONLINE } })).toBe('online');
    expect(attended(DETECTION, { came: { 'day-day-1': IN_PERSON } })).toBeUndefined();
  });

  it('is not known from the entrance of all days, unless nobody was scanned for that day', () => {
    const scanned = new Set(['day-day-2']);
    expect(attended(DETECTION, { came: { event: IN_PERSON }, scanned })).toBeUndefined();
    expect(attended(DETECTION, { came: { event: IN_PERSON }, scanned: new Set(['day-day-1']) })).toBe('in-person');
    const lists = [usualList('event', { kind: 'event' })];
    expect(attended(DETECTION, { lists, came: { event: IN_PERSON } })).toBe('in-person');
  });

  it('is told of a closed session if they may attend it or were at it, and not for having come on its day', () => {
    const consultation = { id: 'session-consultation', session: 'consultation' };
    const door = usualList('session-consultation', { kind: 'session', session: 'consultation' });
    const stranger = { status: 'confirmed', category: 'ngo', closedSessions: false } as const;
    const told = (came: Attendance['came'], holder: Parameters<typeof isToldOf>[2] = stranger) =>
      isToldOf(consultation, event, holder, { lists: [...LISTS, door], came });
    expect(told({ 'day-day-2': IN_PERSON })).toBe(false);
    const byDay = { ...consultation, by: 'day' } as const;
    expect(isToldOf(byDay, event, stranger, { lists: LISTS, came: { 'day-day-2': IN_PERSON } })).toBe(false);
    expect(told({ [door.id]: IN_PERSON })).toBe(true);
    expect(told({}, { ...stranger, category: 'member-state', closedSessions: true })).toBe(true);
    expect(isToldOf(DETECTION, event, stranger, { lists: LISTS, came: {} })).toBe(true);
  });

  it('is who an organiser says: who came to its door, also where nobody did, or whoever came that day, also where somebody did', () => {
    const day = { came: { 'day-day-2': IN_PERSON } } as const;
    const scanned = new Set([DOOR]);
    expect(attended({ ...DETECTION, by: 'door' }, day)).toBeUndefined();
    expect(attended({ ...DETECTION, by: 'door' }, { came: { [DOOR]: ONLINE } })).toBe('online');
    expect(attended({ ...DETECTION, by: 'day' }, { ...day, scanned })).toBe('in-person');
    expect(attended({ ...DETECTION, by: 'day' }, { came: { 'day-day-1': IN_PERSON }, scanned })).toBeUndefined();
    const both = { came: { 'day-day-2': IN_PERSON, [DOOR]: ONLINE }, scanned } as const;
    expect(attended({ ...DETECTION, by: 'day' }, both), 'what its own list says comes first').toBe('online');
  });

  it('is decided by its door once anybody was scanned there, unless an organiser says otherwise', () => {
    const decided = (by: About['by'], scanned: string[]) => decidedBy({ ...DETECTION, by }, LISTS, new Set(scanned));
    expect(decided(undefined, [])).toBe('day');
    expect(decided(undefined, ['day-day-2', sessionListId('collaboration')])).toBe('day');
    expect(decided(undefined, [DOOR])).toBe('door');
    expect(decided('day', [DOOR])).toBe('day');
    expect(decided('door', [])).toBe('door');
  });

  it('is told apart by the door of a closed session alone: fewer than five of those who came on its day may be who answers', () => {
    const about = (session: string) => ({ id: `session-${session}`, session });
    const told = (session: string) => listsThatTellApart(about(session), event, LISTS, new Set()).map(({ id }) => id);
    expect(told('consultation')).toEqual([sessionListId('consultation')]);
    expect(told('detection')).toContain('day-day-2');
  });

  it('is nobody who came nowhere', () => {
    for (const form of formsOf(event)) {
      for (const by of [undefined, 'door', 'day'] as const) {
        expect(attended({ ...form, by }, {}), `${form.id} by ${by}`).toBeUndefined();
      }
    }
  });
});

it('whoever came to anything took part in the event', () => {
  for (const { id } of LISTS) expect(attended({ id: EVENT_FORM }, { came: { [id]: ONLINE } }), id).toBe('online');
});
