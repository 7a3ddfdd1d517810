import { SelectField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { Several } from '../../kernel/form/several.tsx';
import { countryChoices } from '../../names.ts';
import { words } from '../../words.ts';

/** Whose registrations a focal point decides on, as it is typed: what is empty counts for nothing. */
export interface Reach {
  readonly countries: readonly string[];
  readonly organisations: readonly string[];
}

const COUNTRIES = countryChoices(words.people.noCountry);

interface ReachFieldsProps {
  readonly reach: Reach;
  readonly error: unknown;
  readonly onChange: (reach: Reach) => void;
}

/** Registrations of any of the countries or of any of the organisations are within reach. */
export function ReachFields({ reach, error, onChange }: ReachFieldsProps) {
  const of = (name: string, index: number) => ({
    name: `${name}-${index}`,
    error: fieldError(error, `${name}-${index}`),
  });
  return (
    <>
      <Several
        values={reach.countries}
        more={words.people.moreCountries}
        onChange={(countries) => onChange({ ...reach, countries })}
      >
        {(value, index, change) => (
          <SelectField
            key={index}
            {...of('countries', index)}
            label={words.people.numbered(words.people.country, index)}
            choices={COUNTRIES}
            value={value}
            onChange={change}
          />
        )}
      </Several>
      <Several
        values={reach.organisations}
        more={words.people.moreOrganisations}
        onChange={(organisations) => onChange({ ...reach, organisations })}
      >
        {(value, index, change) => (
          <TextField
            key={index}
            {...of('organisations', index)}
            label={words.people.numbered(words.people.organisation, index)}
            hint={index === 0 ? words.people.organisationHint : undefined}
            value={value}
            onChange={change}
          />
        )}
      </Several>
    </>
  );
}

/** As a role holds it: each once, and only what was given. */
export function reachOf({ countries, organisations }: Reach): Partial<Record<keyof Reach, string[]>> {
  const given = (values: readonly string[]): string[] => [
    ...new Set(values.map((value) => value.trim()).filter((value) => value !== '')),
  ];
  const all = { countries: given(countries), organisations: given(organisations) };
  return Object.fromEntries(Object.entries(all).filter(([, values]) => values.length > 0));
}
