import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type CalendarEntry, calendarOf } from '../../shared/event/calendars.ts';
import { sampleEvent } from './mail-fixture.ts';

const entry: CalendarEntry = {
  event: sampleEvent('en'),
  method: 'PUBLISH',
  items: sampleEvent('en').days.map((day) => ({ ...day, location: 'Riverside Hall, 1 Sample Street; Phnom Penh' })),
  description: 'First line\nsecond line \\ with a backslash',
  url: 'https://forum.example.org/e/safe-networks-2027',
  stamp: new Date('2026-11-25T03:04:05.678Z'),
};

/** The entries of a calendar as another program reads them: with the zone that the calendar itself defines. */
function entriesOf(calendar: string): ICAL.Event[] {
  const root = new ICAL.Component(ICAL.parse(calendar));
  const zone = root.getFirstSubcomponent('vtimezone');
  if (zone !== null) ICAL.TimezoneService.register(zone);
  return root.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
}

const instants = (calendar: string): string[] =>
  entriesOf(calendar).flatMap(({ startDate, endDate }) =>
    [startDate, endDate].map((time) => time.toJSDate().toISOString()),
  );

/** One day from 09:00 to 17:00 in a zone. */
function dayIn(timeZone: string, date: string): CalendarEntry {
  const day = { id: 'day-1', title: 'Day', date, start: '09:00', end: '17:00', location: 'Hall' };
  return { ...entry, event: { ...entry.event, timeZone }, items: [day] };
}

describe('the calendar', () => {
  it('has an entry for each item, named alike for ever', () => {
    expect(entriesOf(calendarOf(entry)).map(({ uid }) => uid)).toEqual([
      'safe-networks-2027.day-1@forum.example.org',
      'safe-networks-2027.day-2@forum.example.org',
    ]);
    expect(() => calendarOf({ ...entry, items: [] })).toThrow(RangeError);
  });

  it('is read back as it was meant', () => {
    const [first] = entriesOf(calendarOf(entry));
    expect(first?.summary).toBe('Forum on Safe Networks – Opening day');
    expect(first?.location).toBe(entry.items[0]?.location);
    expect(first?.description).toBe(entry.description);
    expect(first?.sequence).toBe((Date.UTC(2026, 10, 25, 3, 4, 5) - Date.UTC(2026, 0)) / 1000);
    expect(first?.organizer).toBe('mailto:secretariat@forum.example.org');
    expect(first?.component.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-11-25T03:04:05Z');
    expect(instants(calendarOf(entry)).slice(0, 2)).toEqual(['2027-11-02T02:00:00.000Z', '2027-11-02T10:00:00.000Z']);
  });

  it('has the parts that a published calendar must have, and asks for no answer (RFC 5546, 3.2.1)', () => {
    const lines = calendarOf(entry).split('\r\n');
    for (const line of ['VERSION:2.0', 'METHOD:PUBLISH', 'DTSTART;TZID=Asia/Phnom_Penh:20271102T090000']) {
      expect(lines).toContain(line);
    }
    expect(calendarOf(entry)).toMatch(/^PRODID:.+\r$/m);
    expect(calendarOf(entry)).not.toMatch(/ATTENDEE|RSVP|VALARM/);
  });

  it('is taken out again by the same names and a higher number, whoever sends it later (RFC 5546, 3.2.5)', () => {
    const later = new Date(entry.stamp.getTime() + 1000);
    const taken = calendarOf({ ...entry, method: 'CANCEL', stamp: later });
    expect(taken.split('\r\n')).toContain('METHOD:CANCEL');
    const [before, after] = [calendarOf(entry), taken].map(entriesOf);
    expect(after?.map(({ uid }) => uid)).toEqual(before?.map(({ uid }) => uid));
    for (const { component, sequence } of after ?? []) {
      expect(component.getFirstPropertyValue('status')).toBe('CANCELLED');
      expect(sequence).toBe((before?.[0]?.sequence ?? 0) + 1);
    }
  });

  it('defines the zone of the event', () => {
    expect(calendarOf(entry)).toContain(
      [
        'BEGIN:VTIMEZONE',
        'TZID:Asia/Phnom_Penh',
        'BEGIN:STANDARD',
        'DTSTART:20270101T000000',
        'TZOFFSETFROM:+0700',
        'TZOFFSETTO:+0700',
        'END:STANDARD',
        'END:VTIMEZONE',
        '',
      ].join('\r\n'),
    );
  });

  it.each([
    ['Europe/Paris', '2027-03-27', '2027-03-27T08:00:00.000Z'],
    ['Europe/Paris', '2027-03-28', '2027-03-28T07:00:00.000Z'],
    ['Europe/Paris', '2027-11-02', '2027-11-02T08:00:00.000Z'],
    ['America/New_York', '2027-11-06', '2027-11-06T13:00:00.000Z'],
    ['America/New_York', '2027-11-08', '2027-11-08T14:00:00.000Z'],
    ['Australia/Lord_Howe', '2027-01-02', '2027-01-01T22:00:00.000Z'],
    ['Australia/Lord_Howe', '2027-07-01', '2027-06-30T22:30:00.000Z'],
    ['Asia/Kathmandu', '2027-11-02', '2027-11-02T03:15:00.000Z'],
    ['America/St_Johns', '2027-07-01', '2027-07-01T11:30:00.000Z'],
    ['Pacific/Apia', '2027-11-02', '2027-11-01T20:00:00.000Z'],
    ['UTC', '2027-11-02', '2027-11-02T09:00:00.000Z'],
  ])('in %s means the right instant on %s', (timeZone, date, start) => {
    expect(instants(calendarOf(dayIn(timeZone, date)))[0]).toBe(start);
  });

  it('tells summer from standard time by the clock', () => {
    const paris = calendarOf(dayIn('Europe/Paris', '2027-11-02'));
    expect(paris).toContain('BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200');
    expect(paris).toContain('BEGIN:STANDARD\r\nDTSTART:20271031T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100');
  });

  it('has lines of at most 75 octets that end in CRLF and are read back whole, in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        const calendar = calendarOf({ ...entry, description: text });
        const bytes = Buffer.from(calendar);
        expect(bytes.toString('utf8')).toBe(calendar);
        expect(calendar.endsWith('\r\n')).toBe(true);
        for (const line of calendar.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
        }
        const seen = entriesOf(calendar)[0]?.description;
        expect(seen).toBe(text.replace(/\r\n?/g, '\n').replace(/[\0-\t\v-\x1F\x7F]/g, ''));
      }),
    );
  });

  it('lets nothing that organisers write add a line of its own', () => {
    const evil = 'Forum"\r\nATTENDEE:mailto:x@example.org\r\n:;,\\';
    const event = { ...entry.event, title: evil, secretariat: { name: evil, email: 'a@example.org' } };
    const calendar = calendarOf({
      ...entry,
      event,
      items: entry.items.map((item) => ({ ...item, location: evil })),
      description: evil,
    });
    expect(calendar).not.toMatch(/^ATTENDEE/m);
    expect(entriesOf(calendar)[0]?.location).toBe(evil.replaceAll('\r', ''));
  });

  it('is the same wherever the computer stands', async () => {
    const script = fileURLToPath(new URL('./calendar-print.ts', import.meta.url));
    const printed = await Promise.all(
      ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map(async (TZ) => {
        const run = promisify(execFile)(process.execPath, ['--import', 'tsx', script], { env: { ...process.env, TZ } });
        return (await run).stdout;
      }),
    );
    expect(new Set(printed).size).toBe(1);
    expect(printed[0]).toContain('DTSTART;TZID=Asia/Phnom_Penh:20271102T090000');
  });
});
