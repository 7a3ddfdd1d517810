import * as z from 'zod';
import { ID, LONGEST_ID } from '../../kernel/event-id.ts';
import { once } from '../../kernel/once.ts';
import { isTimeZone } from '../../kernel/text/zoned-time.ts';
import { MOST_COUNTERS } from '../../seats/quota.ts';
import { TIME_TO_PROVE } from '../../seats/unproven-seat.ts';
import type { Condition } from '../condition.ts';
import { EVENT_STATUSES, LEAST_ATTACK_RATE, type QuestionType, RELEASES } from '../event.ts';
import { QUESTION_TYPES } from '../questions.ts';

/** The part of an event's definition that says what is asked afterwards. */
function feedbackRules<T extends z.ZodType>(
  text: T,
  { id, questionId }: { readonly id: z.ZodString; readonly questionId: z.ZodString },
) {
  const question = z.strictObject({
    id: questionId,
    title: text,
    type: z.enum(['rating', 'choice', 'multi-choice', 'text']),
    hint: text.optional(),
    required: z.boolean(),
    options: z
      .array(z.strictObject({ id, title: text }))
      .min(2)
      .max(12)
      .optional(),
    max: z.int().min(20).max(1000).optional(),
  });
  // What is counted of one form is one item, and a form takes a minute.
  const questions = z.array(question).max(8).default([]);
  return z.strictObject({
    session: questions,
    event: questions,
    unasked: z.array(id).default([]),
    openDays: z.int().min(1).max(90).default(14),
  });
}

const fields = once(() => {
  const id = z.string().regex(ID, 'lower-case letters, digits and hyphens').max(LONGEST_ID);
  /** Questions are keys of answers and form fields, hence camelCase. */
  const questionId = z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*$/, 'a lower-case letter, then letters and digits')
    .max(40);
  const country = z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166-1 alpha-2 code');
  const condition: z.ZodType<Condition> = z.lazy(() =>
    z.union([
      z.strictObject({ category: z.array(id).min(1) }),
      z.strictObject({ mode: z.array(id).min(1) }),
      z.strictObject({ country: z.array(country).min(1) }),
      z.strictObject({ session: z.array(id).min(1) }),
      z.strictObject({ question: questionId, in: z.array(z.string()).min(1) }),
      z.strictObject({ all: z.array(condition).min(1) }),
      z.strictObject({ any: z.array(condition).min(1) }),
      z.strictObject({ not: condition }),
    ]),
  );
  return {
    id,
    questionId,
    condition,
    languageTag: z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a BCP 47 tag such as en or pt-TL'),
    country,
    domain: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain such as example.org')
      .max(253),
    phone: z
      .string()
      .regex(/^\+[0-9][0-9 ]{5,20}[0-9]$/, 'a phone number with its country code such as "+855 12 345 678"'),
    /** Numbers that are called within a country only are short, and have no country code. */
    dialled: z.string().regex(/^\+?[0-9][0-9 ]{1,20}$/, 'a phone number such as "119" or "+855 12 345 678"'),
    localDate: z.iso.date(),
    localTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:00, in 24 hours'),
    instant: z.iso.datetime({ offset: true }),
    httpsUrl: z.url({ protocol: /^https$/ }),
    timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as Asia/Phnom_Penh'),
  };
});

/**
 * The schema of an event definition, for one kind of text: authored (`localText`), stored (keys) or localised (strings).
 * What one field cannot see, `definitionProblems` checks.
 */
function eventDefinition<T extends z.ZodType>(text: T, instant = fields().instant) {
  const {
    id,
    questionId,
    condition,
    languageTag,
    country,
    domain,
    phone,
    dialled,
    localDate,
    localTime,
    httpsUrl,
    timeZone,
  } = fields();
  const named = { id, title: text };
  const callable = z.array(z.strictObject({ ...named, phone: dialled })).min(1);
  const question = z.strictObject({
    ...named,
    id: questionId,
    type: z.enum(Object.keys(QUESTION_TYPES) as QuestionType[]),
    hint: text.optional(),
    required: z.boolean(),
    when: condition.optional(),
    options: z
      .array(z.strictObject({ id, title: text }))
      .min(2)
      .optional(),
    max: z.int().positive().optional(),
    care: z.boolean().optional(),
    later: z.boolean().optional(),
    readers: z.array(id).min(1).optional(),
  });
  const consent = z.strictObject({
    ...named,
    version: z.string().min(1).max(20),
    required: z.boolean(),
    agreement: text,
    points: z.array(text).default([]),
    youngPoints: z.array(text).min(1).optional(),
    meansNoMoreThan: z.array(z.string().min(1).max(20)).min(1).optional(),
  });
  return z.strictObject({
    id: id.min(3),
    version: z.int().positive(),
    status: z.enum(EVENT_STATUSES).optional(),
    rehearsal: z.literal(true).optional(),
    languages: z.array(languageTag).min(1),
    title: text,
    shortTitle: text.optional(),
    tagline: text,
    about: z.array(
      z.strictObject({ ...named, paragraphs: z.array(text).default([]), points: z.array(text).default([]) }),
    ),
    host: text,
    supporters: z.array(z.strictObject(named)),
    secretariat: z.strictObject({ name: text, email: z.email() }),
    safeguarding: z
      .strictObject({
        name: text,
        email: z.email(),
        phone: phone.optional(),
        deputy: z.strictObject({ name: text, email: z.email() }).optional(),
        emergencyNumbers: callable.optional(),
        helplines: callable.optional(),
        leaveTo: httpsUrl.optional(),
      })
      .optional(),
    timeZone,
    days: z.array(z.strictObject({ ...named, date: localDate, start: localTime, end: localTime })).min(1),
    venue: z.strictObject({ name: text, address: text, country }),
    modes: z.array(z.strictObject({ id: z.enum(['in-person', 'online']), title: text, hint: text.optional() })).min(1),
    registration: z.strictObject({
      opensAt: instant,
      closesAt: instant,
      attackRate: z.int().min(LEAST_ATTACK_RATE).optional(),
      closed: z.boolean().optional(),
      ...unprovenRules(),
    }),
    approval: z.strictObject({ expectedDays: z.int().min(1).max(60) }).optional(),
    declineReasons: z.array(z.strictObject(named)).min(1).max(20).optional(),
    categories: z
      .array(
        z.strictObject({
          ...named,
          hint: text.optional(),
          countries: z.array(country).min(1).optional(),
          minors: z.boolean().optional(),
          approval: z.boolean().optional(),
          trustedDomains: z.array(domain).min(1).optional(),
        }),
      )
      .min(1),
    countries: z
      .strictObject({
        renamed: z.array(z.strictObject({ code: country, title: text })).optional(),
        added: z.array(z.strictObject({ code: country, title: text })).optional(),
        leftOut: z.array(country).optional(),
      })
      .optional(),
    featuredCountries: z.strictObject({ title: text, codes: z.array(country) }),
    questions: z.array(question),
    quotas: z
      .array(
        z.strictObject({
          ...named,
          capacity: z.int().nonnegative(),
          when: condition.optional(),
          per: z.enum(['organisation', 'country']).optional(),
          /** There are as many as its seats ask for, and at least so many. */
          shards: z.int().min(1).max(MOST_COUNTERS).default(1),
        }),
      )
      .max(10),
    sessions: z.array(
      z.strictObject({
        ...named,
        day: id,
        start: localTime,
        end: localTime,
        abstract: text.optional(),
        room: text.optional(),
        meetingUrl: httpsUrl.optional(),
        signUp: z.boolean().optional(),
        mayOverlap: z.boolean().optional(),
        audience: z.array(id).min(1).optional(),
      }),
    ),
    consents: z.array(consent),
    resources: z.array(z.strictObject({ ...named, publisher: z.string(), year: z.int().optional(), url: httpsUrl })),
    retention: z.strictObject({
      registrationDays: z.int().positive(),
      careDays: z.int().positive().optional(),
    }),
    minors: z
      .strictObject({
        minimumAge: z.int().min(1).max(17).optional(),
        expiryDays: z.int().min(1).max(60).default(14),
        paperDays: z.int().min(1).max(90).default(30),
        chaperoneRatio: z.int().min(1).max(20).default(10),
        leastChaperones: z.int().min(1).max(50).default(2),
        consents: z.array(consent).min(1),
      })
      .optional(),
    feedback: feedbackRules(text, { id, questionId }).optional(),
    certificate: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('days'), least: z.int().positive() }),
        z.strictObject({ kind: z.literal('sessions'), leastShare: z.number().positive().max(1) }),
      ])
      .optional(),
  });
}

/** As written in YAML: `{ en: '…', km: '…' }`. */
const localText = once(() => z.record(fields().languageTag, z.string().min(1)));
/** Lazy, like every large schema: it takes milliseconds of a cold start, and few functions use each. */
export const authoredEvent = z.lazy(() => {
  const { id, instant } = fields();
  // `Intl` says years before 1000 in fewer digits, and an offset leads out of the last one that is kept.
  const event = eventDefinition(
    localText(),
    instant.refine((at) => at.startsWith('2'), 'a year from 2000 on'),
  );
  return event.extend({
    questions: z.array(event.shape.questions.element.extend({ group: id.optional() })),
    questionGroups: z.array(z.strictObject({ id, readers: z.array(id).min(1) })).optional(),
  });
});
/** As stored: each text is the key under which a language's texts hold it. */
export const storedEvent = z.lazy(() =>
  eventDefinition(z.string()).extend({
    calledOffAt: fields().instant.optional(),
    promisedReaders: z.record(fields().questionId, z.array(z.string())).optional(),
  }),
);

/** What becomes of seats that nobody proves, as a definition says it: within which time, and whether they go by themselves. */
export const unprovenRules = () => ({
  proveWithin: z.string().regex(TIME_TO_PROVE, 'a time such as "7 days" or "96 hours"').optional(),
  releaseUnproven: z.enum(RELEASES).optional(),
});
