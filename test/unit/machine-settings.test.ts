import { describe, expect, it } from 'vitest';
import { machineSettingsIn, machineSettingsOf } from '../support/machine-settings.ts';

/** Tells readers when a session is by their own clock: the one place that is about their machine. */
const OWN_TIME = 'web/site/script/own-time.ts';

describe('what the machine is set to decides nothing', () => {
  it('no order, no text and no time depends on its locale or its time zone', () => {
    const found = machineSettingsIn(['shared', 'functions', 'web', 'infra', 'events', 'local']);
    expect(found.filter((place) => !place.startsWith(OWN_TIME))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });

  it.each([
    'a.localeCompare(b)',
    'number.toLocaleString()',
    'name.toLocaleUpperCase()',
    'new Intl.Collator()',
    'new Intl.PluralRules(undefined)',
    "new Intl.DateTimeFormat('en-GB')",
    "Intl.DateTimeFormat('en-GB', { dateStyle: 'full' })",
    "dateFormat(language, { dateStyle: 'full' })",
    'at.getHours()',
    'at.setMinutes(0)',
    'at.toDateString()',
    'new Date(2027, 10, 2)',
    "new Date('2027-11-02T09:00')",
    "Date.parse('2027-11-02T09:00:00')",
  ])('sees %s', (code) => expect(machineSettingsOf(code, 'sample.ts')).toHaveLength(1));

  it.each([
    "a.localeCompare(b, 'en')",
    "number.toLocaleString('en')",
    "new Intl.Collator('en')",
    "new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone })",
    'at.getTime()',
    'at.getUTCHours()',
    'new Date(time)',
    "new Date('2027-11-02')",
    "new Date('2027-11-02T09:00Z')",
    "Date.parse('2027-11-02T09:00:00+07:00')",
  ])('and nothing in %s', (code) => expect(machineSettingsOf(code, 'sample.ts')).toEqual([]));
});
