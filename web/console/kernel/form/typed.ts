import { useState } from 'preact/hooks';
import { instantOf } from '../../../../shared/kernel/text/zoned-time.ts';
import { t } from '../../words.ts';
import { ApiProblem } from '../api.ts';
import { fieldError } from './field.tsx';

/** A number that was typed; one that is none is refused by the API like any other wrong answer. */
export const numberOf = (typed: string): number => (typed.trim() === '' ? Number.NaN : Number(typed));

/**
 * An instant that was typed as the clocks of the event show it; what is no time is refused by the API.
 *
 * @param typed `2027-11-02T09:00`
 */
export function instantTyped(typed: string, timeZone: string): string {
  const [date, time] = typed.split('T');
  if (!date || !time) return typed;
  const instant = instantOf(date, time.slice(0, 'HH:MM'.length), timeZone);
  return Number.isNaN(instant.getTime()) ? typed : instant.toISOString();
}

/** What was left empty is not sent. */
export const filled = <T extends Readonly<Record<string, string>>>(typed: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  ) as Partial<T>;

/** Says what is wrong with fields before anything is sent. @throws ApiProblem as the API would answer */
export function refuseTyped(messages: Readonly<Record<string, string>>): never {
  const errors = Object.entries(messages).map(([path, message]) => ({ path, code: 'required', message }));
  throw new ApiProblem(422, { errors });
}

/**
 * Says at once which fields are empty, all of them.
 *
 * @param typed by the path of the field
 * @throws ApiProblem
 */
export function requireTyped(typed: Readonly<Record<string, string>>): void {
  const empty = Object.keys(typed).filter((path) => typed[path]?.trim() === '');
  if (empty.length > 0) refuseTyped(Object.fromEntries(empty.map((path) => [path, t('common.required')])));
}

/** What is typed into the text fields of one form, all of it empty or as it begins. */
type Typed<Name extends string> = Readonly<Record<Name, string>>;

/**
 * What is typed, and what each field is handed: its label, value and error.
 *
 * @param begin what stands in the fields at first
 * @param labels by the name of the field, which is its path in the contract
 * @param error of the last attempt to send it
 */
export function useTyped<Name extends string>(begin: Typed<Name>, labels: Typed<NoInfer<Name>>, error: unknown) {
  const [typed, setTyped] = useState(begin);
  const field = (name: Name) => ({
    name,
    label: labels[name],
    value: typed[name],
    error: fieldError(error, name),
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
  });
  const optional = (name: Name) => ({ ...field(name), label: t('common.optional', { label: labels[name] }) });
  return { typed, field, optional };
}
