import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatDates,
  formatDay,
  formatInstant,
  zonesOfDays,
  zoneWords,
} from '../../shared/kernel/i18n/formats.ts';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { mailWords } from '../../shared/kernel/i18n/mail.store.ts';
import { siteWords } from '../../shared/kernel/i18n/site.store.ts';

describe('dates in Khmer name day, month and year as Khmer dates do', () => {
  it('of one day', () => {
    expect(formatDate('2027-11-02', 'km')).toBe('ថ្ងៃអង្គារ ទី2 ខែវិច្ឆិកា ឆ្នាំ2027');
    expect(formatDay(new Date('2027-11-02T20:00:00Z'), 'km', 'Asia/Phnom_Penh')).toBe('ថ្ងៃពុធ ទី3 ខែវិច្ឆិកា ឆ្នាំ2027');
  });

  it('of an instant', () => {
    const said = formatInstant('2027-11-02T02:00:00Z', 'km', 'Asia/Phnom_Penh').replaceAll('\u200B', '');
    expect(said).toBe('ថ្ងៃអង្គារ ទី2 ខែវិច្ឆិកា ឆ្នាំ2027 នៅម៉ោង 09:00');
  });

  it.each([
    ['2027-11-02', '2027-11-02', 'ថ្ងៃទី2 ខែវិច្ឆិកា ឆ្នាំ2027'],
    ['2027-11-02', '2027-11-03', 'ថ្ងៃទី2 – 3 ខែវិច្ឆិកា ឆ្នាំ2027'],
    ['2027-11-30', '2027-12-01', 'ថ្ងៃទី30 ខែវិច្ឆិកា – ថ្ងៃទី1 ខែធ្នូ ឆ្នាំ2027'],
    ['2027-12-31', '2028-01-01', 'ថ្ងៃទី31 ខែធ្នូ ឆ្នាំ2027 – ថ្ងៃទី1 ខែមករា ឆ្នាំ2028'],
  ])('from %s to %s', (first, last, said) => {
    expect(formatDates(first, last, 'km')).toBe(said);
  });
});

it('dates in languages without such words are those of CLDR', () => {
  expect(formatDate('2027-11-02', 'en')).toBe('Tuesday, 2 November 2027');
  // Editions of CLDR set blanks around the dash, or none.
  const closed = (range: string): string => range.replace(/\s*–\s*/g, '–');
  expect(closed(formatDates('2027-11-02', '2027-11-03', 'en'))).toBe('2–3 November 2027');
  expect(closed(formatDates('2027-11-30', '2027-12-01', 'vi'))).toBe('30 tháng 11–1 tháng 12, 2027');
});

describe('a time zone is named as it is called at an instant', () => {
  const said = (timeZone: string, instant: string, language: string): string => {
    const { zone, offset } = zoneWords(timeZone, instant, language);
    return `${zone} (UTC${offset})`.replaceAll('\u200B', '');
  };

  it.each([
    ['Europe/Berlin', '2027-01-15T12:00:00Z', 'en', 'CET (UTC+1)'],
    ['Europe/Berlin', '2027-07-15T12:00:00Z', 'en', 'CEST (UTC+2)'],
    ['Europe/Berlin', '2027-07-15T12:00:00Z', 'km', 'ម៉ោងនៅ អាល្លឺម៉ង់ (UTC+2)'],
    ['Europe/London', '2027-01-15T12:00:00Z', 'en', 'GMT (UTC+0)'],
    ['Europe/London', '2027-07-15T12:00:00Z', 'en', 'BST (UTC+1)'],
    ['America/New_York', '2027-07-15T12:00:00Z', 'en', 'New York Time (UTC-4)'],
    ['Asia/Phnom_Penh', '2027-11-02T02:00:00Z', 'en', 'Cambodia Time (UTC+7)'],
    ['Asia/Phnom_Penh', '2027-11-02T02:00:00Z', 'km', 'ម៉ោងនៅ កម្ពុជា (UTC+7)'],
    ['Asia/Yangon', '2027-11-02T02:00:00Z', 'en', 'Myanmar Time (UTC+6:30)'],
    ['UTC', '2027-11-02T02:00:00Z', 'en', 'UTC (UTC+0)'],
  ])('%s at %s in %s', (timeZone, instant, language, words) => {
    expect(said(timeZone, instant, language)).toBe(words);
  });

  it.each(LANGUAGE_TAGS)('in one way by pages and by mail in %s', (language) => {
    const shown = { zone: 'Cambodia Time', offset: '+7' };
    const inBrackets = (text: string): string => /\(.*\)/.exec(text)?.[0] ?? '';
    const page = inBrackets(siteWords(language)('time.instant', { when: '', ...shown }));
    expect(page).toContain('UTC+7');
    expect(inBrackets(mailWords(language)('address-confirm.until', { until: '', ...shown }))).toBe(page);
  });

  it('to the minute in which clocks change', () => {
    expect(said('Europe/Berlin', '2027-03-28T00:59:00Z', 'en')).toBe('CET (UTC+1)');
    expect(said('Europe/Berlin', '2027-03-28T01:00:00Z', 'en')).toBe('CEST (UTC+2)');
  });

  it('once for days on one side of a change, and on both sides with the day from which it counts', () => {
    const day = (date: string) => ({ date, start: '09:00' });
    const zones = (...dates: string[]) => zonesOfDays('Europe/Berlin', dates.map(day), 'en');
    expect(zones('2027-10-29', '2027-10-30')).toMatchObject([{ zone: 'CEST', date: '2027-10-29' }]);
    expect(zones('2027-10-30', '2027-10-31', '2027-11-01')).toMatchObject([
      { zone: 'CEST', offset: '+2', date: '2027-10-30' },
      { zone: 'CET', offset: '+1', date: '2027-10-31' },
    ]);
    expect(zones()).toEqual([]);
  });
});
