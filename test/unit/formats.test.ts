import { describe, expect, it } from 'vitest';
import { formatDate, formatDates, formatDay, formatInstant } from '../../shared/kernel/i18n/formats.ts';

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
