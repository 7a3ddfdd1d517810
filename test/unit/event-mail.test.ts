import { describe, expect, it } from 'vitest';
import type { AnnouncedData } from '../../shared/announcements/announced-data.ts';
import { renderMail } from '../support/render-mail.ts';
import { sampleAnnouncement, sampleData } from './mail-fixture.ts';

const LATER = '2027-10-01T03:04:05.000Z';
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, value = '']) => value);
const uids = (text: string): string[] => found(text.replace(/\r\n /g, ''), /^UID:(\S+)/gm);
const sequence = (text: string): number => Number(found(text, /^SEQUENCE:(\d+)/gm)[0]);
const data = (kind: Parameters<typeof sampleAnnouncement>[1], changes: Partial<AnnouncedData> = {}): AnnouncedData => ({
  ...sampleAnnouncement('en', kind),
  writtenAt: LATER,
  ...changes,
});

describe('the calendar of an event whose plans change', () => {
  const entered = renderMail('confirmed', sampleData('en')).calendars?.[0]?.content ?? '';

  it.each(['event-cancelled', 'event-postponed'] as const)('%s takes out all that was entered', (kind) => {
    const [taken, ...others] = renderMail(kind, data(kind)).calendars ?? [];
    expect([taken?.method, others]).toEqual(['CANCEL', []]);
    expect(uids(taken?.content ?? '')).toEqual(uids(entered));
    expect(sequence(taken?.content ?? '')).toBeGreaterThan(sequence(entered));
  });

  it('enters what moved online again, at another place', () => {
    const [again] = renderMail('event-moved-online', data('event-moved-online')).calendars ?? [];
    expect(again?.method).toBe('PUBLISH');
    expect(uids(again?.content ?? '')).toEqual(uids(entered));
    expect(again?.content).toContain('LOCATION:Online');
    expect(sequence(again?.content ?? '')).toBeGreaterThan(sequence(entered));
  });

  it('enters new dates under the same names, with the ticket', () => {
    const { calendars = [], picture, text } = renderMail('event-rescheduled', data('event-rescheduled'));
    expect(uids(calendars[0]?.content ?? '')).toEqual(uids(entered));
    expect(picture).toBeDefined();
    expect(text).toContain('Your ticket is below once more');
  });

  it('takes out a session that does not take place any more', () => {
    const { calendars = [] } = renderMail('programme-changed', data('programme-changed'));
    expect(calendars.map(({ method }) => method)).toEqual(['PUBLISH', 'CANCEL']);
    expect(uids(calendars[1]?.content ?? '')).toEqual(['safe-networks-2027.session.round-table@forum.example.org']);
  });

  it('comes to nobody who has none, nor to a coordinator, whose people have others', () => {
    for (const kind of ['event-cancelled', 'event-postponed', 'event-rescheduled', 'programme-changed'] as const) {
      const { registration, ticket: _, ...rest } = data(kind);
      const waits = { ...rest, registration: { ...registration, status: 'waitlisted' as const } };
      expect(renderMail(kind, waits).calendars ?? []).toEqual([]);
      const coordinator = renderMail(kind, data(kind, { concerned: ['Dara Sample', 'Sokha Sample'] }));
      expect(coordinator.calendars ?? []).toEqual([]);
      expect(coordinator.picture).toBeUndefined();
      expect(coordinator.text).toContain('Dara Sample');
    }
  });
});

it('promises a ticket to nobody whom organisers write to and who has none', () => {
  const written = data('organiser-message');
  expect(renderMail('organiser-message', written).text).toContain('your registration and your ticket at any time');
  const cancelled = { ...written, registration: { ...written.registration, status: 'cancelled' as const } };
  expect(renderMail('organiser-message', cancelled).text).toContain('You can see your registration at any time');
});
