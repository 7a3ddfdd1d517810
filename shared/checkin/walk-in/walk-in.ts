import { categoriesFor } from '../../event/definition/offered-to.ts';
import type { EventDefinition } from '../../event/event.ts';
import { placesNamed } from '../../kernel/text/countries.ts';
import { cleanText } from '../../kernel/text/text.ts';
import { localDate } from '../../kernel/text/zoned-time.ts';
import { checkText } from '../../registration/apply/submission.ts';
import type { Application } from '../../registration/registration.schema.ts';
import type { Scan, SentScan } from '../scan/scans.schema.ts';

/** What a desk asks of a walk-in, as it was typed. */
interface TypedWalkIn {
  readonly fullName: string;
  readonly organisation: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly category: string;
}

/** Grapheme clusters. */
const LONGEST_REASON = 200;

/**
 * What is entered for a walk-in: for the days that are left, in the room, with no address and no answers. They agreed
 * to nothing, and so not to pictures.
 *
 * @returns nothing where it is no person, or none whom this event knows a group for
 */
export function walkInApplication(
  event: Pick<EventDefinition<string>, 'categories' | 'countries' | 'days' | 'languages' | 'timeZone'>,
  { fullName: name, organisation: from, country, category }: TypedWalkIn,
  now: Date,
): Application | undefined {
  const fullName = checkText('fullName', name, true);
  const organisation = checkText('organisation', from, true);
  // Also from where nobody chooses any more: a phone may not have heard of that yet.
  const isKnown =
    placesNamed(event.countries).includes(country) && categoriesFor(event, 'adult').some(({ id }) => id === category);
  if (!('value' in fullName && 'value' in organisation && isKnown)) return undefined;
  const today = localDate(now, event.timeZone);
  const left = event.days.filter(({ date }) => date >= today);
  return {
    ...{ email: '', language: event.languages[0] ?? 'en', position: '' },
    ...{ fullName: fullName.value, badgeName: fullName.value, organisation: organisation.value },
    ...{ country, category, mode: 'in-person' },
    days: (left.length > 0 ? left : event.days).map(({ id }) => id),
    ...{ sessions: [], closedSessions: false, answers: {}, consents: {} },
  };
}

/** @returns nothing where there is none, or it is no text */
export function reasonOf(typed = ''): string | undefined {
  const checked = cleanText(typed, { max: LONGEST_REASON });
  return 'value' in checked && checked.value !== '' ? checked.value : undefined;
}

/** What is kept of a scan that a device tells: neither whose ticket it may be, nor who comes with it; a reason is cleaned. */
export function scanOf({ reference: _, walkIn: __, reason: typed, ...rest }: SentScan, device: string): Scan {
  const reason = reasonOf(typed);
  return { ...rest, ...(reason !== undefined && { reason }), device };
}
