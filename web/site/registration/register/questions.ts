import { type AnswerValue, type Condition, questionsIn } from '../../../../shared/event/condition.ts';
import type { EventDefinition, Named, Question, QuestionType } from '../../../../shared/event/event.ts';
import { categoriesWithClosedSessions } from '../../../../shared/event/sessions.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import {
  countriesByName,
  countryName,
  type OwnCountries,
  placesNamed,
  placesOffered,
} from '../../../../shared/kernel/text/countries.ts';
import {
  choices,
  type Field,
  type FormState,
  fieldAttributes,
  fieldParts,
  firstValue,
  textInput,
} from '../../kernel/form.ts';
import { and, attribute, flag, readersText } from '../../kernel/text.ts';

/** What a field of the form is drawn from. */
interface QuestionField {
  readonly form: FormState;
  readonly question: Question<string>;
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly field: {
    readonly path: string;
    readonly label: string;
    readonly hint: string | undefined;
    readonly optional: boolean;
  };
}

/** The hint of a question that has none of its own. */
const hinted = (
  { form, question, field, language }: QuestionField,
  otherwise: string | undefined,
): QuestionField['field'] => ({
  ...field,
  hint: withReaders(form, question, question.hint ?? otherwise, language),
});

const optionsOf = ({ options = [] }: Question<string>) => options.map(({ id, title }) => ({ value: id, label: title }));

/** As the kind of field that its type asks for. */
const FIELDS: Readonly<Record<QuestionType, (asked: QuestionField) => Html>> = {
  text: ({ form, field }) => textInput(form, field),
  'long-text': (asked) => textInput(asked.form, { ...hinted(asked, upTo(asked.form, asked.question.max)), long: true }),
  email: ({ form, field }) => textInput(form, { ...field, type: 'email' }),
  phone: ({ form, field }) => textInput(form, { ...field, type: 'tel', autocomplete: 'tel' }),
  country: ({ form, field, event, language }) => countrySelect(form, field, event, language),
  organisation: ({ form, field }) => textInput(form, { ...field, autocomplete: 'organization' }),
  choice: ({ form, field, question }) => choices(form, { ...field, type: 'radio', choices: optionsOf(question) }),
  'multi-choice': (asked) =>
    choices(asked.form, {
      ...hinted(asked, asked.form.t('register.choose-all')),
      type: 'checkbox',
      choices: optionsOf(asked.question),
    }),
  'yes-no': ({ form, field }) =>
    choices(form, {
      ...field,
      type: 'radio',
      choices: [
        { value: 'yes', label: form.t('register.yes') },
        { value: 'no', label: form.t('register.no') },
      ],
    }),
  number: ({ form, field }) => textInput(form, { ...field, inputmode: 'numeric' }),
  // Browsers' own fields for dates drop digits of other scripts than Latin, unseen.
  date: ({ form, field }) =>
    textInput(form, { ...field, hint: [field.hint, form.t('register.date-form')].filter(Boolean).join(' ') }),
};

/** What was answered, and for whom it is put into words. */
interface Answered {
  readonly question: Question<string>;
  readonly answer: AnswerValue;
  /** What the event changes of the list of countries. */
  readonly countries: OwnCountries | undefined;
  readonly language: string;
  readonly t: SiteTranslate;
}

/** The question may have been of another type when it was answered. */
function asChosen({ question, answer, t }: Answered): string {
  if (typeof answer === 'boolean') return t(answer ? 'register.yes' : 'register.no');
  return titles(question.options ?? [], [answer].flat().map(String)).join(', ');
}

const asCountry = (answered: Answered): string =>
  typeof answered.answer === 'string' && placesNamed(answered.countries).includes(answered.answer)
    ? countryName(answered.answer, answered.language, answered.countries)
    : asChosen(answered);

/** How an answer to each is read. */
const ANSWERS: Readonly<Record<QuestionType, (answered: Answered) => string>> = {
  text: asChosen,
  'long-text': asChosen,
  email: asChosen,
  phone: asChosen,
  country: asCountry,
  organisation: asChosen,
  choice: asChosen,
  'multi-choice': asChosen,
  'yes-no': asChosen,
  number: asChosen,
  date: asChosen,
};

/** An answer in words: titles of chosen options, the name of a country, yes or no. */
export const answerText = (answered: Answered): string => ANSWERS[answered.question.type](answered);

/** One of the event's own questions. */
function question(form: FormState, asked: Question<string>, event: EventDefinition<string>, language: string): Html {
  const hint = withReaders(form, asked, asked.hint, language);
  const field = { path: `answers.${asked.id}`, label: asked.title, hint, optional: !asked.required };
  return FIELDS[asked.type]({ form, question: asked, event, language, field });
}

/** Of what should be arranged for someone, and of what is for some of the team only, the hint says who reads it. */
function withReaders(
  { t }: FormState,
  { care, readers }: Question<string>,
  hint: string | undefined,
  language: string,
): string | undefined {
  const said = care ? t('register.care') : readers && readersText(readers, language, t);
  return said === undefined ? hint : [hint, said].filter(Boolean).join(' ');
}

const upTo = ({ t }: FormState, max: number | undefined): string | undefined =>
  max === undefined ? undefined : t('register.up-to', { max });

/** A condition for people: `Only for: Private sector`. */
export function conditionText(
  condition: Condition,
  event: EventDefinition<string>,
  language: string,
  t: SiteTranslate,
): string {
  if ('category' in condition) {
    return t('register.only.category', { list: or(titles(event.categories, condition.category), language) });
  }
  return t('register.only', { clause: clause(condition, event, language, t) });
}

function clause(condition: Condition, event: EventDefinition<string>, language: string, t: SiteTranslate): string {
  const inner = (each: Condition): string => clause(each, event, language, t);
  if ('category' in condition) {
    return t('register.clause.category', { list: or(titles(event.categories, condition.category), language) });
  }
  if ('mode' in condition)
    return t('register.clause.mode', { list: or(titles(event.modes, condition.mode), language) });
  if ('country' in condition) {
    const names = condition.country.map((code) => countryName(code, language, event.countries));
    return t('register.clause.country', { list: or(names, language) });
  }
  if ('session' in condition) {
    return t('register.clause.session', { list: or(titles(event.sessions, condition.session), language) });
  }
  if ('all' in condition) return and(condition.all.map(inner), language);
  if ('any' in condition) return or(condition.any.map(inner), language);
  if ('not' in condition) return t('register.clause.not', { clause: inner(condition.not) });
  const asked = event.questions.find(({ id }) => id === condition.question);
  return t('register.clause.question', {
    question: asked?.title ?? condition.question,
    list: or(answerTitles(asked, condition.in, t), language),
  });
}

function answerTitles(asked: Question<string> | undefined, ids: readonly string[], t: SiteTranslate): string[] {
  if (asked?.type === 'yes-no') return ids.map((id) => t(id === 'true' ? 'register.yes' : 'register.no'));
  return titles(asked?.options ?? [], ids);
}

const titles = (all: readonly Named<string>[], ids: readonly string[]): string[] =>
  ids.map((id) => all.find((each) => each.id === id)?.title ?? id);

const or = (parts: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'disjunction' }).format(parts);

/**
 * The event's own questions. Those that concern some people only stand in groups that say whom; the script shows a
 * group only where its condition holds.
 */
export function questions(
  form: FormState,
  event: EventDefinition<string>,
  asked: readonly Question<string>[],
  language: string,
): Html {
  return html`${groupByCondition(asked).map((group) => {
    const [first] = group;
    const fields = group.map((each) => question(form, each, event, language));
    if (first?.when === undefined) return fields;
    return onlyWhere(first.when, first.id, html`${fields}`, { event, language, t: form.t });
  })}`;
}

/** Fields that concern some people only, under words that say whom; the script shows them only to those. */
function onlyWhere(
  condition: Condition,
  name: string,
  fields: Html,
  { event, language, t }: { event: EventDefinition<string>; language: string; t: FormState['t'] },
): Html {
  const id = `only-${name}`;
  return html`<div class="group" role="group" aria-labelledby="${id}" data-when="${JSON.stringify(
    condition,
  )}"><p class="only" id="${id}">${conditionText(condition, event, language, t)}</p>
${fields}</div>
`;
}

/** Neighbours under the same condition share a group. */
function groupByCondition(all: readonly Question<string>[]): Question<string>[][] {
  const groups: Question<string>[][] = [];
  for (const each of all) {
    const last = groups.at(-1);
    const same = last?.[0] !== undefined && JSON.stringify(last[0].when) === JSON.stringify(each.when);
    if (same) last.push(each);
    else groups.push([each]);
  }
  return groups;
}

/**
 * Whether a question belongs right after the choice of category: its condition rests on the category, directly or
 * through an earlier question, and not on the mode or the sessions, which the form asks for later.
 */
export function isAskedByCategory(question: Question<string>, all: readonly Question<string>[]): boolean {
  return restsOn(question, all, 'category') && !restsOn(question, all, 'mode') && !restsOn(question, all, 'session');
}

type Fact = 'category' | 'mode' | 'country' | 'session';

/** Whether a condition of a question, or of one that it looks at, asks for a fact. */
export function restsOn(question: Question<string>, all: readonly Question<string>[], fact: Fact): boolean {
  if (mentions(question.when, fact)) return true;
  const earlier = all.slice(0, all.indexOf(question));
  const looksAt = questionsIn(question.when);
  return earlier.some((each) => looksAt.includes(each.id) && restsOn(each, all, fact));
}

function mentions(condition: Condition | undefined, fact: Fact): boolean {
  if (condition === undefined) return false;
  if ('all' in condition) return condition.all.some((each) => mentions(each, fact));
  if ('any' in condition) return condition.any.some((each) => mentions(each, fact));
  if ('not' in condition) return mentions(condition.not, fact);
  return fact in condition;
}

/** One box for all the closed sessions of one's group, which the form does not name. */
export function closedSessions(form: FormState, event: EventDefinition<string>, language: string): Html | undefined {
  const { t } = form;
  const category = categoriesWithClosedSessions(event);
  if (category.length === 0) return undefined;
  const box = choices(form, {
    path: 'closedSessions',
    type: 'checkbox',
    label: t('register.closedSessions.label'),
    hint: t('register.closedSessions.hint'),
    optional: true,
    choices: [{ value: 'yes', label: t('register.closedSessions.agreement') }],
  });
  return onlyWhere({ category }, 'closed', box, { event, language, t });
}

/** The country that someone lives in or represents. */
export function country(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const field = { path: 'country', label: t('register.country.question'), hint: t('register.country.hint') };
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
  const others = placesOffered(event.countries).filter((code) => !codes.includes(code));
  // Some 250 of them: unquoted and unclosed, as HTML allows, they weigh less.
  const options = (some: readonly string[]): Html[] =>
    countriesByName(some, language, event.countries).map(
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
