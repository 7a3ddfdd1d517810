import type { OwnCountries } from '../kernel/text/countries.ts';
import type { Condition } from './condition.ts';
import type { FeedbackRules } from './definition/feedback-rules.ts';

/** One text in every language of the event, keyed by BCP 47 tag: `{ en: 'Media', km: 'ប្រព័ន្ធផ្សព្វផ្សាយ' }`. */
export type LocalText = Readonly<Record<string, string>>;

/**
 * The whole of one event, as an organiser writes it.
 *
 * `Text` is what stands where a reader sees words: `LocalText` in the authored document, a key such as
 * `categories.media.title` in the stored rules, a plain string once localised for one reader.
 */
export interface EventDefinition<Text = LocalText> {
  /** Part of every address: lower-case letters, digits and hyphens, 3-40 characters. */
  readonly id: string;
  /** Raised by one with each published change. */
  readonly version: number;
  /** What became of it; `scheduled` where absent. */
  readonly status?: EventStatus;
  /** Whether it is a copy to try everything in, with people who are made up: it counts nowhere, never becomes another one, and is deleted in one press. */
  readonly rehearsal?: true;
  /** Since when there is nothing to come to, ISO 8601: it is noted as it is published, and part of no file. */
  readonly calledOffAt?: string;
  /** By question, also of those that are asked no more, which readers were named to attendees: see `readersPromised`. Part of no file. */
  readonly promisedReaders?: Readonly<Record<string, readonly string[]>>;
  /** BCP 47 tags; the first is the language of last resort. */
  readonly languages: readonly string[];
  readonly title: Text;
  /** What subjects of mails call it, where its title is too long for them. */
  readonly shortTitle?: Text;
  readonly tagline: Text;
  readonly about: readonly Section<Text>[];
  readonly host: Text;
  readonly supporters: readonly Named<Text>[];
  readonly secretariat: { readonly name: Text; readonly email: string };
  /** Whom anyone tells who worries about a child: on every page and in every mail. */
  readonly safeguarding?: SafeguardingContact<Text>;
  /** IANA name, for instance `Asia/Phnom_Penh`; every local date and time below is in it. */
  readonly timeZone: string;
  readonly days: readonly EventDay<Text>[];
  readonly venue: { readonly name: Text; readonly address: Text; readonly country: string };
  readonly modes: readonly Mode<Text>[];
  readonly registration: RegistrationRules;
  /** How those decide who approve registrations. */
  readonly approval?: ApprovalRules;
  /** Reasons for which a registration is declined, to choose from; without them, those of the product (`DECLINE_REASONS`). */
  readonly declineReasons?: readonly Named<Text>[];
  readonly categories: readonly Category<Text>[];
  /** What it changes of the list of countries. */
  readonly countries?: OwnCountries<Text>;
  /** ISO 3166-1 alpha-2 codes that are offered first, under a heading of their own. */
  readonly featuredCountries: { readonly title: Text; readonly codes: readonly string[] };
  readonly questions: readonly Question<Text>[];
  readonly quotas: readonly Quota<Text>[];
  readonly sessions: readonly Session<Text>[];
  readonly consents: readonly Consent<Text>[];
  readonly resources: readonly Resource<Text>[];
  readonly retention: RetentionRules;
  /** How people under 18 register; without it they cannot. */
  readonly minors?: MinorRules<Text>;
  /** What those who came are asked afterwards; without it, nothing. */
  readonly feedback?: FeedbackRules<Text>;
  /** Who gets a certificate of attendance, once the event is over; without it, nobody. */
  readonly certificate?: CertificateRule;
}

export interface MinorRules<Text = LocalText> {
  /** Years; said to those who ask, since only the band is ever stored. */
  readonly minimumAge?: number;
  /** After so many days without an answer, a request to a guardian is deleted. */
  readonly expiryDays: number;
  /** After so many days without a signed form, where a guardian has no email. */
  readonly paperDays: number;
  /** How many minors one chaperone may look after. */
  readonly chaperoneRatio: number;
  /** How many chaperones there are at least, as soon as one minor comes. */
  readonly leastChaperones: number;
  /** What a guardian is asked, each for itself; of one that the form also has, both have to say yes. */
  readonly consents: readonly Consent<Text>[];
}

export interface RegistrationRules {
  /** Instants, ISO 8601 with offset. */
  readonly opensAt: string;
  readonly closesAt: string;
  /**
   * Forms in one minute that are an attack, as are thrice as many in an hour: above it, each costs its sender some seconds. It follows from the
   * quotas where it is absent, see `attackRate`.
   */
  readonly attackRate?: number;
  /** Whatever the hour: until an organiser opens it, or a file without this is published. */
  readonly closed?: boolean;
  /** Within which a seat has to be proven while proven people wait for it: `7 days`, where it is absent, or `96 hours`. */
  readonly proveWithin?: string;
  /** Whether organisers release what was not proven by then, where it is absent, or it goes by itself. */
  readonly releaseUnproven?: (typeof RELEASES)[number];
}

export const RELEASES = ['proposed', 'automatic'] as const;

/** Who gets a certificate: who came on so many days, or to such a share of the sessions that one person can go to. */
export type CertificateRule =
  | { readonly kind: 'days'; readonly least: number }
  /** Above 0, up to 1. */
  | { readonly kind: 'sessions'; readonly leastShare: number };

interface ApprovalRules {
  /** Within how many days, weekends included, a decision is usually taken; what waits longer is overdue. */
  readonly expectedDays: number;
}

/** Days after the event, after which the table forgets. */
interface RetentionRules {
  readonly registrationDays: number;
  /** What should be arranged for people; never longer than their registrations. */
  readonly careDays?: number;
}

/** For how many days after the event needs are kept where it does not say: to settle what was arranged. */
export const USUAL_CARE_DAYS = 30;

/** The fewest forms in a minute that may be called an attack. */
export const LEAST_ATTACK_RATE = 10;

export interface SafeguardingContact<Text = LocalText> {
  readonly name: Text;
  readonly email: string;
  /** With its country code: `+855 12 345 678`. */
  readonly phone?: string;
  /** Whom reports reach too, those about an organiser alone: nobody of the secretariat. */
  readonly deputy?: { readonly name: Text; readonly email: string };
  /** Whom to call first where a person is in danger, as they are dialled where the event takes place. */
  readonly emergencyNumbers?: readonly CallableNumber<Text>[];
  /** Who listens to children and young people, and knows nobody of the event. */
  readonly helplines?: readonly CallableNumber<Text>[];
  /** Where *Leave this page* leads a person who is watched while they report: an https address that anyone there may have opened. */
  readonly leaveTo?: string;
}

export interface CallableNumber<Text = LocalText> extends Named<Text> {
  /** `119`, `+855 12 345 678`. */
  readonly phone: string;
}

export interface Named<Text = LocalText> {
  readonly id: string;
  readonly title: Text;
}

export interface Section<Text = LocalText> extends Named<Text> {
  readonly paragraphs: readonly Text[];
  readonly points: readonly Text[];
}

export interface EventDay<Text = LocalText> extends Named<Text> {
  /** `YYYY-MM-DD` in the event's time zone. */
  readonly date: string;
  /** `HH:MM`, 24 hours, in the event's time zone. */
  readonly start: string;
  readonly end: string;
}

export type AttendanceMode = 'in-person' | 'online';

export interface Mode<Text = LocalText> {
  readonly id: AttendanceMode;
  readonly title: Text;
  readonly hint?: Text;
}

/** A stakeholder group. It decides which questions appear and whether an approver decides. */
export interface Category<Text = LocalText> extends Named<Text> {
  readonly hint?: Text;
  /** If given, only people from these countries (ISO 3166-1 alpha-2) may choose the category. */
  readonly countries?: readonly string[];
  /** Whether people under 18 may choose it too. */
  readonly minors?: boolean;
  /** Whether an organiser or focal point decides before a seat is taken. */
  readonly approval?: boolean;
  /** Domains of addresses that need no approval: `example.org` also means `mail.example.org`. */
  readonly trustedDomains?: readonly string[];
}

export interface Option<Text = LocalText> {
  readonly id: string;
  readonly title: Text;
}

export type QuestionType =
  | 'text'
  | 'long-text'
  | 'email'
  | 'phone'
  | 'country'
  | 'organisation'
  | 'choice'
  | 'multi-choice'
  | 'yes-no'
  | 'number'
  | 'date';

export interface Question<Text = LocalText> extends Named<Text> {
  readonly type: QuestionType;
  readonly hint?: Text;
  readonly required: boolean;
  /** The question is asked only where this holds; without it, always. */
  readonly when?: Condition;
  /** For `choice` and `multi-choice`. */
  readonly options?: readonly Option<Text>[];
  /** Grapheme clusters for texts; the largest value for numbers. */
  readonly max?: number;
  /** Whether it asks for care needs: its answers are kept apart, in `Care`, and shown to the care role only. */
  readonly care?: boolean;
  /** Of these: not asked in the form, but on the page of the registration, of those who come. */
  readonly later?: boolean;
  /** Sets and ticks of the team (`shared/team/role/ticks.ts`) by which alone its answers are read; without them, who sees a person does. */
  readonly readers?: readonly string[];
}

/** A limit on how many registrations may hold a seat where `when` holds. */
export interface Quota<Text = LocalText> extends Named<Text> {
  /** Seats in all; with `per`, seats for each organisation or each country. */
  readonly capacity: number;
  readonly when?: Condition;
  readonly per?: 'organisation' | 'country';
  /** The counter is split over so many items, or as many as the capacity asks for, and never over fewer than it was. */
  readonly shards: number;
}

export interface Session<Text = LocalText> extends Named<Text> {
  readonly day: string;
  readonly start: string;
  readonly end: string;
  readonly abstract?: Text;
  readonly room?: Text;
  /** The meeting's address, for online attendees only: never in a public answer. */
  readonly meetingUrl?: string;
  /** Attendees choose it in the form, so that it can be counted; others are open to all who come. */
  readonly signUp?: boolean;
  /** Attendees may choose it beside another one at the same time: they come and go, as to an exhibition. */
  readonly mayOverlap?: boolean;
  /** A closed session: these categories may ask for it and, once approved, attend; nobody else learns of it. */
  readonly audience?: readonly string[];
}

/** Something the attendee agrees to, by version; `required` ones block without it. */
export interface Consent<Text = LocalText> extends Named<Text> {
  readonly version: string;
  readonly required: boolean;
  /** The label of the tick box. */
  readonly agreement: Text;
  readonly points: readonly Text[];
  /** The same in words that people under 18 read instead. */
  readonly youngPoints?: readonly Text[];
  /** Former versions to which a yes still counts, since this one means no more; to all others it has to be given anew. */
  readonly meansNoMoreThan?: readonly string[];
}

export interface Resource<Text = LocalText> extends Named<Text> {
  readonly publisher: string;
  readonly year?: number;
  readonly url: string;
}

/** As schema.org names what may become of an event; one that does not say is `scheduled`. */
export const EVENT_STATUSES = ['scheduled', 'postponed', 'cancelled', 'moved-online'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];
