import { InvalidInputError } from '../errors.ts';
import { cleanText, type TextRule } from './text.ts';

/** What was typed into a field, by the rule of it, without what cannot be seen; empty where it is blank. @throws InvalidInputError under that path */
export function cleaned(path: string, typed: string, rule: TextRule): string {
  const checked = cleanText(typed, rule);
  if ('issue' in checked) throw new InvalidInputError([{ path, ...checked.issue }]);
  return checked.value;
}

/** The same of a field without which nothing is done. @throws InvalidInputError under that path, also where it is blank */
export function cleanedAndGiven(path: string, typed: string, rule: TextRule): string {
  const text = cleaned(path, typed, rule);
  if (text === '') throw new InvalidInputError([{ path, code: 'required' }]);
  return text;
}
