import type { ComponentChildren } from 'preact';
import { t } from '../../words.ts';
import { ApiProblem } from '../api.ts';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

export interface ValueProps extends FieldProps {
  readonly value: string;
  /** Of what is typed, where it is not the console's. */
  readonly lang?: string;
  readonly onChange: (value: string) => void;
}

interface TextFieldProps extends ValueProps {
  readonly type?: 'text' | 'email' | 'search' | 'url';
  readonly maxLength?: number;
}

export function TextInput({ type = 'text', maxLength, lang, value, onChange, ...field }: TextFieldProps) {
  return (
    <Around {...field}>
      <input
        {...attributesOf(field)}
        // Its type decides over the element's other attributes only where a role or a list is given.
        type={type as 'text'}
        value={value}
        maxLength={maxLength}
        lang={lang}
        autoComplete="off"
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </Around>
  );
}

interface LongTextFieldProps extends ValueProps {
  readonly rows?: number;
}

export function LongTextField({ rows = 4, lang, value, onChange, ...field }: LongTextFieldProps) {
  return (
    <Around {...field}>
      <textarea
        {...attributesOf(field)}
        rows={rows}
        lang={lang}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </Around>
  );
}

/** One choice: what is sent and what is read. */
export type FieldChoice = readonly [value: string, label: string];

export function SelectField({
  choices,
  value,
  onChange,
  ...field
}: ValueProps & { readonly choices: readonly FieldChoice[] }) {
  return (
    <Around {...field}>
      <select {...attributesOf(field)} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {choices.map(([each, label]) => (
          <option key={each} value={each} selected={each === value}>
            {label}
          </option>
        ))}
      </select>
    </Around>
  );
}

interface ChecksFieldProps extends FieldProps {
  readonly choices: readonly FieldChoice[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function ChecksField({ choices, chosen, onChange, name, label, hint, error }: ChecksFieldProps) {
  const toggle = (value: string, isOn: boolean): void =>
    onChange(choices.map(([each]) => each).filter((each) => (each === value ? isOn : chosen.includes(each))));
  return (
    <fieldset
      id={name}
      tabIndex={-1}
      class={error ? 'field bad' : 'field'}
      aria-describedby={describedBy({ name, hint, error })}
    >
      <legend>{label}</legend>
      <Notes name={name} hint={hint} error={error} />
      {choices.map(([value, words]) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            name={name}
            value={value}
            checked={chosen.includes(value)}
            onChange={(event) => toggle(value, event.currentTarget.checked)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}

/** A field with its label, hint and error. */
export function Around({ children, ...field }: FieldProps & { readonly children: ComponentChildren }) {
  return (
    <div class={field.error ? 'field bad' : 'field'}>
      <label for={field.name}>{field.label}</label>
      <Notes {...field} />
      {children}
    </div>
  );
}

const Notes = ({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>) => (
  <>
    {hint && (
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
    )}
    {error && (
      <p class="error" id={`${name}-error`}>
        {t('common.error')}: {error}
      </p>
    )}
  </>
);

export const attributesOf = ({ name, hint, error }: FieldProps) => ({
  id: name,
  name,
  'aria-describedby': describedBy({ name, hint, error }),
  'aria-invalid': error ? (true as const) : undefined,
});

const describedBy = ({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>): string | undefined =>
  [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined;

/** What the API found wrong with one field, by the path that the contract gives it; also with one of its parts, unless these say so. */
export function fieldError(error: unknown, path: string, alone = false): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.errors.find((each) => (alone ? each.path === path : isOf(path, each.path)))?.message;
}

/** @example isOf('audience', 'audience.0') */
export const isOf = (field: string, path: string): boolean => path === field || path.startsWith(`${field}.`);
