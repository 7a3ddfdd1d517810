import type { EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { countryName } from '../../../../shared/kernel/i18n/formats.ts';
import { COUNTRY_CODES } from '../../../../shared/kernel/text/countries.ts';
import { type Field, type FormState, fieldAttributes, fieldParts, firstValue } from '../../kernel/form/fields.ts';
import { attribute, flag } from '../../kernel/text.ts';

/** The country that someone lives in or represents. */
export function country(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const field = { path: 'country', label: t('register.country.label'), hint: t('register.country.hint') };
  return countrySelect(form, { ...field, autocomplete: 'country' }, event, language);
}

/**
 * A list of every country, the event's own region first, each group in the order of the reader's language. A second
 * one in the page costs next to nothing on the way: to a compressor it is a quotation of the first.
 */
export function countrySelect(
  form: FormState,
  field: Field & { readonly autocomplete?: string },
  event: EventDefinition<string>,
  language: string,
): Html {
  const { t } = form;
  const { id, label, notes, described, invalid } = fieldParts(form, field);
  const chosen = firstValue(form.values, field.path);
  const { title, codes } = event.featuredCountries;
  const others = COUNTRY_CODES.filter((code) => !codes.includes(code));
  // Some 250 of them: unquoted and unclosed, as HTML allows, they weigh less.
  const options = (some: readonly string[]): Html[] =>
    sortedByName(some, language).map(
      ([code, name]) => html`<option value=${code}${flag('selected', code === chosen)}>${name}`,
    );
  return html`<div${fieldAttributes(field, invalid)}><label for="${id}">${label}</label>${notes}<select id="${id}" name="${field.path}"${[
    attribute('autocomplete', field.autocomplete),
    described,
    attribute('aria-invalid', invalid ? 'true' : undefined),
  ]}><option value="">${t('register.country.choose')}${
    codes.length > 0 && html`<optgroup label="${title}">${options(codes)}</optgroup>`
  }<optgroup label="${t('register.country.others')}">${options(others)}</optgroup></select></div>
`;
}

function sortedByName(codes: readonly string[], language: string): (readonly [string, string])[] {
  const { compare } = new Intl.Collator(language);
  return codes.map((code) => [code, countryName(code, language)] as const).sort(([, a], [, b]) => compare(a, b));
}
