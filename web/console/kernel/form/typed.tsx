import { useRef, useState } from 'preact/hooks';
import { digitsTyped, trimTyped } from '../../../../shared/kernel/text/text.ts';
import { clockTyped, dayTyped, instantOf, localTimeOf } from '../../../../shared/kernel/text/zoned-time.ts';
import { t } from '../../words.ts';
import { ApiProblem } from '../api.ts';
import { Button } from '../parts/buttons.tsx';
import { Around, attributesOf, fieldError, type ValueProps } from './field.tsx';

/** How what was typed into such a field is read, whatever script its digits are of: `undefined` where it is no such thing. */
export const READ = {
  number: (typed: string): string | undefined => /^\d{1,9}$/.exec(digitsTyped(typed))?.[0],
  day: dayTyped,
  clock: clockTyped,
  /** `2027-11-02T09:00` */
  moment: (typed: string): string | undefined => {
    // Where nothing else is between them, what a Khmer keyboard's space bar types is.
    const parted = [/[T\s]+/, /[T\s\u200B]+/].map((between) => typed.split(between).filter(trimTyped));
    const [day = '', clock = ''] = parted.find(({ length }) => length === 2) ?? [];
    const read = [dayTyped(day), clockTyped(clock)];
    return read.includes(undefined) ? undefined : read.join('T');
  },
} as const;
type DigitsKind = keyof typeof READ;

/**
 * A number, day or time, in digits of any script: browsers' own fields for these drop what is no digit of ASCII, unseen. What was typed stays
 * as it was typed; the form is handed what was read, or the very text where it cannot be, to be refused.
 */
export function DigitsInput({ as, value, onChange, hint, ...rest }: ValueProps & { readonly as: DigitsKind }) {
  const hasDay = as === 'day' || as === 'moment';
  // Where nothing stands there at first, nothing else shows in which order a day is written.
  const [example] = useState(hasDay && value === '' ? t(`common.example.${as}`) : undefined);
  const field = { ...rest, hint: [hint, example].filter(Boolean).join(' ') || undefined };
  const [typed, setTyped] = useState(value);
  const picker = useRef<HTMLInputElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const read = (text: string): string => READ[as](text) ?? trimTyped(text);
  const [day = '', time] = value.split('T');
  const standing = read(typed) === value ? typed : value;
  // As the contract writes it, a moment has a letter in the middle that nobody has to know.
  const shown = as === 'moment' ? standing.replace(/(?<=\p{Nd})T(?=\p{Nd})/u, ' ') : standing;
  const take = (text: string): void => {
    setTyped(text);
    onChange(read(text));
  };
  const pick = (chosen: string): void => {
    take(as === 'moment' && chosen !== '' ? `${chosen} ${time ?? ''}` : chosen);
    input.current?.focus();
  };
  return (
    <Around {...field}>
      <div class="typed">
        <input
          {...attributesOf(field)}
          ref={input}
          type="text"
          inputMode={as === 'number' ? 'numeric' : undefined}
          value={shown}
          autoComplete="off"
          spellcheck={false}
          onInput={(event) => take(event.currentTarget.value)}
        />
        {hasDay && (
          <>
            <Button kind="second" onPress={() => picker.current?.showPicker()}>
              <span class="unseen">{field.label}: </span>
              {t('common.calendar')}
            </Button>
            <input
              ref={picker}
              type="date"
              tabIndex={-1}
              aria-hidden="true"
              value={day}
              onChange={(event) => pick(event.currentTarget.value)}
            />
          </>
        )}
      </div>
    </Around>
  );
}

/** A number that was typed. `NaN`, which the API refuses, where it is none. */
export const numberOf = (typed: string): number => Number(READ.number(typed) ?? Number.NaN);

/**
 * An instant that was typed as the clocks of the event show it; what is no time is refused by the API.
 *
 * @param typed `2027-11-02T09:00`
 * @param stood what stood in the field: it has seconds that are not shown, or may be the second of two that clocks show alike
 */
export function instantTyped(typed: string, timeZone: string, stood?: string): string {
  if (stood !== undefined && localTimeOf(stood, timeZone) === typed) return stood;
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

/** Says what is wrong with fields before anything is sent, if anything is. @throws ApiProblem as the API would answer */
export function refuseTyped(messages: Readonly<Record<string, string>>): void {
  const errors = Object.entries(messages).map(([path, message]) => ({ path, code: 'required', message }));
  if (errors.length > 0) throw new ApiProblem(422, { errors });
}

/** By the path of the field. */
type TypedAt = Readonly<Record<string, string>>;
type DigitsAt = { readonly [Kind in DigitsKind]?: TypedAt };

/**
 * Says at once which fields are empty, and which of those that are not are no number, day or time: all of them.
 *
 * @param needed what may not be empty
 * @param digits what has to be read, by what it is
 * @param others what else is wrong
 * @throws ApiProblem
 */
export function requireTyped(needed: TypedAt, digits: DigitsAt = {}, others: TypedAt = {}): void {
  const empty = Object.entries(needed).filter(([, typed]) => typed.trim() === '');
  const unread = Object.entries(digits).flatMap(([kind, fields]) =>
    Object.entries(fields)
      .filter(([, typed]) => typed.trim() !== '' && READ[kind as DigitsKind](typed) === undefined)
      .map(([path]) => [path, t(`common.unread.${kind as DigitsKind}`)] as const),
  );
  const wrong = [...empty.map(([path]) => [path, t('common.required')] as const), ...unread];
  refuseTyped({ ...others, ...Object.fromEntries(wrong) });
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
