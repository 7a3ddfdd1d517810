import { type Checked, refuse } from './field-problem.ts';
import { cleanText } from './text.ts';

/** Digits with the country's prefix, as written by people: E.164 allows 15. */
const PHONE = /^\+?[\d ().-]{5,30}$/;

/** Judges a phone number; it is kept as it was typed. */
export function checkPhone(typed: string): Checked<string> {
  const checked = cleanText(typed, { max: 31 });
  if ('issue' in checked) return checked;
  const digits = checked.value.replace(/\D/g, '').length;
  return PHONE.test(checked.value) && digits >= 5 && digits <= 15 ? checked : refuse('phone-format');
}
