import { InvalidInputError } from '../kernel/errors.ts';
import { cleanText, type TextRule } from '../kernel/text/text.ts';

/** What a member typed, without what cannot be seen. @throws InvalidInputError under that path */
export function cleaned(path: string, typed: string, rule: TextRule): string {
  const checked = cleanText(typed, rule);
  if ('issue' in checked) throw new InvalidInputError([{ path, ...checked.issue }]);
  return checked.value;
}

/** Characters of a reason that a desk gives. */
export const MOST_REASON = 800;

/** Why a desk marks a person as come without a ticket, to choose from: kept as a scan's reason like what staff type, told in words of the reader. */
export const WITHOUT_TICKET = ['ticket-forgotten', 'phone-empty', 'paper-list'] as const;

/** How often one attendee is given something; `any`: as often as they like. */
export const HOW_OFTEN = ['once', 'daily', 'any'] as const;
