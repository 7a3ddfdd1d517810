/**
 * What anything is stored for, in the order in which the privacy page tells of it. Each has its words there: what it
 * is, why it is kept, who sees it.
 */
export const PURPOSES = [
  'person',
  'contact',
  'attendance',
  'feedback',
  'answers',
  'care',
  'consents',
  'guardian',
  'chaperone',
  'report',
  'place',
  'history',
  'tags',
  'notes',
  'greeting',
  'delegation',
  'ticket',
  'one-registration',
  'unconfirmed',
  'address-change',
  'mail',
  'mail-cap',
  'records',
  'team',
  'audit',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/**
 * For how long. `event`: until the event's retention ends; `minutes`: until then, but thirty days after the event it says no more than a day;
 * `care`: some weeks after the event; `sent`: until the mail is sent; `settled`: some weeks after it was; `day`: for a day; `three-days`: for
 * three; `week`: for seven; `day-after`: until the day after the event; `month`: until thirty days after it; `published`: as long as the event is published.
 */
export type Retention =
  | 'event'
  | 'minutes'
  | 'care'
  | 'sent'
  | 'settled'
  | 'day'
  | 'three-days'
  | 'week'
  | 'day-after'
  | 'month'
  | 'published';

/** Days for which a settled message is kept, without its address, to answer "was it sent?". */
export const SETTLED_DAYS = 90;

/** Why an attribute is stored, and for how long (CS18); `impersonal` is what says nothing of any attendee. */
export type Use = readonly [Purpose | 'impersonal', Retention];

/** A purpose with every length of time for which something is kept for it. */
export interface PurposeKept {
  readonly purpose: Purpose;
  readonly retentions: readonly Retention[];
}

/** What is told to people: each purpose that something is stored for, in the order of the page. */
export function purposesKept(uses: readonly Use[]): PurposeKept[] {
  return PURPOSES.flatMap((purpose) => {
    const retentions = uses.filter(([of]) => of === purpose).map(([, retention]) => retention);
    return retentions.length === 0 ? [] : [{ purpose, retentions: [...new Set(retentions)] }];
  });
}
