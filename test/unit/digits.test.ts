import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateCode, parseCertificateCode } from '../../shared/certificates/certificate-code.store.ts';
import { judge } from '../../shared/delegation/people/judge.case.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { checkAnswers, numberTyped } from '../../shared/event/questions.ts';
import { crockfordDigits } from '../../shared/kernel/text/crockford.ts';
import { checkPhone, dialled } from '../../shared/kernel/text/phone.ts';
import { displayReference, makeReference, parseReference } from '../../shared/kernel/text/reference.ts';
import { asciiDigits } from '../../shared/kernel/text/text.ts';
import { clockTyped, dayTyped } from '../../shared/kernel/text/zoned-time.ts';
import { formSubmission } from '../../shared/registration/apply/form-submission.ts';
import type { Submission } from '../../shared/registration/apply/submission.ts';
import { hashCode } from '../../shared/registration/hashes.store.ts';
import { READ } from '../../web/console/kernel/form/typed.tsx';
import type { Cells } from '../../web/site/delegation/columns.ts';
import { forum, submission } from '../support/forum.ts';

/** Nought to nine, as CLDR has them: not as the product looks for them. */
const SCRIPTS = {
  Khmer: 'khmr',
  Burmese: 'mymr',
  Shan: 'mymrshan',
  Lao: 'laoo',
  Thai: 'thai',
  Arabic: 'arab',
  Persian: 'arabext',
  Devanagari: 'deva',
  Bengali: 'beng',
  Tamil: 'tamldec',
  Tibetan: 'tibt',
  Adlam: 'adlm',
  'full width': 'fullwide',
  'bold of mathematics': 'mathbold',
  'typewriter of mathematics': 'mathmono',
} as const;
const digitsOf = (numbers: string): readonly string[] => {
  const format = new Intl.NumberFormat(`en-u-nu-${numbers}`);
  return Array.from({ length: 10 }, (_, digit) => format.format(digit));
};
const written = (text: string, digits: readonly string[]): string =>
  text.replace(/\d/g, (digit) => digits[Number(digit)] ?? '');
const everyScript = Object.entries(SCRIPTS).map(([name, numbers]) => [name, digitsOf(numbers)] as const);
const scripts = fc.constantFrom(...everyScript.map(([, digits]) => digits));

const secrets = { mac: async (_: string, text: string) => Buffer.from(text) } as unknown as Parameters<
  typeof hashCode
>[0];

describe.each(everyScript)('digits in %s', (_, digits) => {
  const as = (text: string): string => written(text, digits);

  it('are ten of their own, each read as what it is', () => {
    expect(new Set(digits).size).toBe(10);
    expect(digits.join('')).not.toMatch(/\d/);
    expect(asciiDigits(digits.join(''))).toBe('0123456789');
  });

  it('count in a phone number, which is kept as it was typed and dialled as telephones want it', () => {
    const typed = as('+855 12 345 678');
    expect(checkPhone(typed)).toEqual({ value: typed });
    expect(dialled(typed)).toBe('+85512345678');
    expect(checkPhone(as('1234'))).toHaveProperty('issue.code', 'phone-format');
    expect(checkPhone(as('1234567890123456'))).toHaveProperty('issue.code', 'phone-format');
  });

  it('count in a date, and the day is kept', () => {
    const question = { id: 'when', title: 'When', type: 'date', required: true } as const;
    expect(checkAnswers({ questions: [question] }, { when: as('2027-11-02') }, {})).toEqual({
      answers: { when: '2027-11-02' },
      issues: [],
    });
    expect(checkAnswers({ questions: [question] }, { when: as('2027-02-30') }, {}).issues).toMatchObject([
      { code: 'not-a-date' },
    ]);
  });

  it('count in a day and a time that the console is told', () => {
    expect(dayTyped(as(' 2027-11-02 '))).toBe('2027-11-02');
    expect(dayTyped(as('2027/1/2'))).toBe('2027-01-02');
    expect(clockTyped(as(' 09:05 '))).toBe('09:05');
    expect(clockTyped(as('9.05'))).toBe('09:05');
  });

  it('count in a reference, a code of a certificate, of a guardian and of an invitation', async () => {
    const reference = makeReference(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 20));
    expect(reference).toMatch(/\d{5}/);
    expect(parseReference(as(displayReference(reference)))).toBe(reference);
    const code = await certificateCode({ eventId: 'forum', reference, fullName: 'Sok Dara' }, secrets);
    expect(parseCertificateCode(as(code))).toEqual(parseCertificateCode(code));
    expect(parseCertificateCode(code)?.reference).toBe(reference);
    expect(crockfordDigits(as('7k3-m9q0'))).toBe('7K3M9Q0');
    expect(await hashCode(secrets, 'forum', as('7k3m-9q04'))).toBe(await hashCode(secrets, 'forum', '7K3M9Q04'));
    expect(await hashCode(secrets, 'forum', as('7k3m-9q05'))).not.toBe(await hashCode(secrets, 'forum', '7K3M9Q04'));
  });

  it('count in a number of the form and of a file', () => {
    const years = { id: 'years', title: 'Years', type: 'number', required: false } as const;
    const asked: EventDefinition<string> = { ...splitTexts(forum()).rules, questions: [years] };
    const answersOf = (typed: string) => formSubmission(asked, { 'answers.years': [typed] }).answers;
    expect(answersOf(as(' 1204.5 '))).toEqual({ years: 1204.5 });
    expect(answersOf(as('1204-5'))).toEqual({ years: as('1204-5') });
    const common = submission({ answers: {} }) as Submission;
    const context = { event: asked, options: () => undefined, nameOf: String, coordinator: 'c@example.org' };
    const cells: Cells = { fullName: 'Sok Dara', position: 'Officer', 'answers.years': as('12.25') };
    const { good, issues } = judge({ common, rows: [{ number: 2, cells }], ...context });
    expect(issues).toEqual([]);
    expect(good[0]?.application.answers).toEqual({ years: 12.25 });
  });
});

it('a number with the Arabic decimal sign is the number', () => {
  const years = { id: 'years', title: 'Years', type: 'number', required: false } as const;
  const asked: EventDefinition<string> = { ...splitTexts(forum()).rules, questions: [years] };
  expect(formSubmission(asked, { 'answers.years': ['١٢٫٥'] }).answers).toEqual({ years: 12.5 });
});

it.each([
  '',
  '2027',
  '2027-13-01',
  '2027-02-30',
  '02-11-2027',
  '2027-11-02-',
  '2027 11 02',
  '12027-11-02',
  '2027-11-02T09:00',
])('%j is no day', (typed) => expect(dayTyped(typed)).toBeUndefined());

it.each([
  ['the space of a Khmer keyboard', '\u200B2027-11-02\u200B', '\u200B09:05\u200B', '\u200B1204\u200B'],
  ['marks of direction', '\u200F2027\u200E-11-\u200F02\u200E', '\u200E09\u200E:05\u200F', '\u20671204\u2069'],
  ['spaces, and what is unseen among them', ' \u200B 2027-11-02 \u200E ', ' \u200B09:05 ', ' \u200F 1204 \u200B'],
])('are read through %s', (_, day, clock, number) => {
  expect([dayTyped(day), clockTyped(clock)]).toEqual(['2027-11-02', '09:05']);
  expect(numberTyped(number)).toBe(1204);
  expect([READ.day(day), READ.clock(clock), READ.number(number)]).toEqual(['2027-11-02', '09:05', '1204']);
  for (const between of [' ', 'T', '\u200B', '\u200B \u200B'])
    expect(READ.moment(`${day}${between}${clock}`), JSON.stringify(between)).toBe('2027-11-02T09:05');
});

it.each(['2027–11–02', '2027‐11‐02', '២០២៧–១១‑០២', '2027‒11-2'])('%j is a day, whatever dash is typed', (typed) =>
  expect(dayTyped(typed)).toBe('2027-11-02'),
);

it.each(['2027-11-02', '2027-11-02 09:00 1', '2027-11-02\u200B', '\u200B', '09:00 2027-11-02', '2027-02-30T09:00'])(
  '%j is no moment',
  (typed) => expect(READ.moment(typed)).toBeUndefined(),
);

it.each(['', '9', '24:00', '09:60', '9:5', '09:00:00', '-9:00', '109:00'])('%j is no time', (typed) =>
  expect(clockTyped(typed)).toBeUndefined(),
);

describe('digits of any script', () => {
  it('change nothing else of a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const others = (each: string) => each.replace(/\p{Nd}/gu, '#');
        expect(others(asciiDigits(text))).toBe(others(text));
      }),
    );
  });

  it('are read wherever Unicode has them', () => {
    for (let code = 0x80; code <= 0x1ffff; code += 1) {
      const digit = String.fromCodePoint(code);
      if (/\p{Nd}/u.test(digit)) expect(asciiDigits(digit), code.toString(16)).toMatch(/^\d$/);
    }
  });

  it('may be mixed in one phone number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), scripts), { minLength: 5, maxLength: 15 }),
        (typed) => {
          const plain = typed.map(([digit]) => String(digit)).join('');
          const phone = typed.map(([digit, digits]) => digits[digit] ?? '').join('');
          expect(dialled(phone)).toBe(plain);
          expect(checkPhone(phone)).toEqual({ value: phone });
        },
      ),
    );
  });
});
