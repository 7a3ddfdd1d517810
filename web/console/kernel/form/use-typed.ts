import { useState } from 'preact/hooks';
import { t } from '../../words.ts';
import { fieldError } from './field-errors.ts';

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
