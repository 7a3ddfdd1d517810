import { type Checked, refuse } from './field-problem.ts';
import { asciiDigits, cleanText } from './text.ts';

/** Digits with the country's prefix, as written by people: E.164 allows 15. */
const PHONE = /^\+?[\d ().-]{5,30}$/;

/** Judges a phone number, in digits of any script; it is kept as it was typed, for its owner reads it again, and dialled by `dialled`. */
export function checkPhone(typed: string): Checked<string> {
  const checked = cleanText(typed, { max: 31 });
  if ('issue' in checked) return checked;
  const read = asciiDigits(checked.value);
  const digits = read.replace(/\D/g, '').length;
  return PHONE.test(read) && digits >= 5 && digits <= 15 ? checked : refuse('phone-format');
}

/** What a telephone is told of a number that people wrote: `tel:` takes no other digits than those of ASCII (RFC 3966). */
export const dialled = (phone: string): string => asciiDigits(phone).replace(/[^+\d]/g, '');
