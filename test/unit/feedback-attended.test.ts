import { describe, expect, it } from 'vitest';
import { listsOf, sessionListId, usualList } from '../../shared/domain/check-in/list.ts';
import type { AttendanceMode } from '../../shared/domain/event.ts';
import { type Attendance, attendedAs, isToldOf } from '../../shared/domain/feedback/attended.ts';
import { EVENT_FORM, formsOf } from '../../shared/domain/feedback/form.ts';
import { forum } from '../support/site-pages.ts';

const event = forum('en');
const LISTS = listsOf(event);
const DETECTION = { id: 'session-detection', session: 'detection' };
const DOOR = sessionListId('detection');

const attended = (form: { id: string; session?: string }, known: Partial<Attendance>): AttendanceMode | undefined =>
  attendedAs(form, event, { lists: LISTS, came: {}, scanned: new Set(), ...known });

describe('whoever took part in a session', () => {
  it('is who came to its door, or joined online', () => {
    expect(attended(DETECTION, { came: { [DOOR]: 'in-person' }, scanned: new Set([DOOR]) })).toBe('in-person');
    expect(attended(DETECTION, { came: { [DOOR]: 'online' } })).toBe('online');
  });

  it('is not who came on that day and stayed away from a door at which people were scanned', () => {
    expect(attended(DETECTION, { came: { 'day-day-2': 'in-person' }, scanned: new Set([DOOR]) })).toBeUndefined();
  });

  it('is who came on that day, where nobody was scanned at its door', () => {
    expect(attended(DETECTION, { came: { 'day-day-2': 'in-person' } })).toBe('in-person');
    expect(attended(DETECTION, { came: { [sessionListId('collaboration')]: 'online' } })).toBe('online');
    expect(attended(DETECTION, { came: { 'day-day-1': 'in-person' } })).toBeUndefined();
  });

  it('is not known from the entrance of all days, unless nobody was scanned for that day', () => {
    const scanned = new Set(['day-day-2']);
    expect(attended(DETECTION, { came: { event: 'in-person' }, scanned })).toBeUndefined();
    expect(attended(DETECTION, { came: { event: 'in-person' }, scanned: new Set(['day-day-1']) })).toBe('in-person');
    const lists = [usualList('event', { kind: 'event' })];
    expect(attended(DETECTION, { lists, came: { event: 'in-person' } })).toBe('in-person');
  });

  it('is told of a closed session if they may attend it or were at it, and not for having come on its day', () => {
    const consultation = { id: 'session-consultation', session: 'consultation' };
    const door = usualList('session-consultation', { kind: 'session', session: 'consultation' });
    const stranger = { status: 'confirmed', category: 'ngo', closedSessions: false } as const;
    const told = (came: Attendance['came'], holder: Parameters<typeof isToldOf>[2] = stranger) =>
      isToldOf(consultation, event, holder, { lists: [...LISTS, door], came });
    expect(told({ 'day-day-2': 'in-person' })).toBe(false);
    expect(told({ [door.id]: 'in-person' })).toBe(true);
    expect(told({}, { ...stranger, category: 'member-state', closedSessions: true })).toBe(true);
    expect(isToldOf(DETECTION, event, stranger, { lists: LISTS, came: {} })).toBe(true);
  });

  it('is nobody who came nowhere', () => {
    for (const form of formsOf(event)) expect(attended(form, {}), form.id).toBeUndefined();
  });
});

it('whoever came to anything took part in the event', () => {
  for (const { id } of LISTS) expect(attended({ id: EVENT_FORM }, { came: { [id]: 'online' } }), id).toBe('online');
});
