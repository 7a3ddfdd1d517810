import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { ProofChallenge } from '../../../shared/kernel/proof.schema.ts';
import { addressMeant, meantField } from '../../../shared/kernel/text/email-address.ts';
import type { FieldCode } from '../../../shared/kernel/text/field-problem.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';
import { type EventPage, type Page, page } from './layout.ts';
import { attribute, flag } from './text.ts';

export interface Field {
  /** The name under which the form sends it. */
  readonly path: string;
  /** Where one path has several fields, for each after the first. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly optional?: boolean;
}

/** The parts that every kind of field has in common. */
interface FieldParts {
  readonly id: string;
  readonly label: string;
  /** The error, then the hint: what stands between the label and the input. */
  readonly notes: Html;
  /** `aria-describedby` for the hint and the error, where there are any. */
  readonly described: Html | undefined;
  readonly invalid: boolean;
}

export function fieldParts({ t, problems }: FormState, field: Field): FieldParts {
  const id = field.id ?? fieldId(field.path);
  const problem = problems.find(({ path }) => path === field.path);
  const hint = field.hint && html`<p class="hint" id="${id}-hint">${field.hint}</p>`;
  const said = problem && besideField(problem, field.label, t);
  const error = said && html`<p class="error" id="${id}-error"><b>${t('errors.prefix')}</b> ${said}</p>`;
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return {
    id,
    label: field.optional ? t('register.optional', { label: field.label }) : field.label,
    notes: html`${hint}${error}`,
    described: attribute('aria-describedby', describedBy || undefined),
    invalid: problem !== undefined,
  };
}

/** ` class="field"`, marked where something is wrong, and where the script has to see that it is filled in. */
export const fieldAttributes = ({ optional = false }: Pick<Field, 'optional'>, invalid: boolean): Html =>
  html` class="${invalid ? 'field bad' : 'field'}"${flag('data-required', !optional)}`;

/** Every field of a form with every value it was sent with; keys come from outside. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** What is wrong with one field, in the reader's language. */
export interface FieldProblem {
  /** The field's name: `fullName`, `answers.companySize`, `days`. */
  readonly path: string;
  readonly code: FieldCode;
  readonly message: string;
}

/** What every field of a form needs to show itself. */
export interface FormState {
  readonly t: SiteTranslate;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** A form that takes work of the browser while the event is under attack, on a page of its own. */
export interface ProvenFormPage extends EventPage {
  /** What was typed, so that a refused form comes back with everything in it. */
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
  /** To be solved by the browser before the form is taken. */
  readonly challenge?: ProofChallenge | undefined;
  /** Fields whose addresses look mistyped, where all that is left is to say which are meant. */
  readonly inDoubt?: readonly string[] | undefined;
}

export const valuesOf = (values: FormValues, path: string): readonly string[] =>
  Object.hasOwn(values, path) ? (values[path] ?? []) : [];

export const firstValue = (values: FormValues, path: string): string => valuesOf(values, path)[0] ?? '';

/** A field's id in the page: what labels and the error summary point to. */
export const fieldId = (path: string): string => path.replaceAll('.', '-');

export interface TextField extends Field {
  readonly type?: 'text' | 'email' | 'tel' | 'date';
  readonly autocomplete?: string;
  readonly inputmode?: 'numeric';
  /** Several lines. */
  readonly long?: boolean;
  /** UTF-16 units, where it takes other than usual: browsers cut what is longer without a word. */
  readonly most?: number;
}

/** UTF-16 units: far above every limit, which the server counts in grapheme clusters and explains. */
const MAX_LENGTH = { line: 2_000, long: 20_000 } as const;

export function textInput(form: FormState, field: TextField): Html {
  const { id, label, notes, described, invalid } = fieldParts(form, field);
  const value = firstValue(form.values, field.path);
  const shared = html` id="${id}" name="${field.path}"${described}${attribute('aria-invalid', invalid ? 'true' : undefined)}`;
  const input = field.long
    ? html`<textarea${shared} rows="5" maxlength="${field.most ?? MAX_LENGTH.long}">
${value}</textarea>`
    : html`<input${shared} type="${field.type ?? 'text'}" value="${value}" maxlength="${MAX_LENGTH.line}"${attribute(
        'autocomplete',
        field.autocomplete,
      )}${attribute('inputmode', field.inputmode)}>`;
  return html`<div${fieldAttributes(field, invalid)}><label for="${id}">${label}</label>${notes}${input}</div>
`;
}

/** Where mail goes. Of an address that looks mistyped it asks which is meant. */
export const addressInput = (form: FormState, field: Omit<TextField, 'type'>): Html =>
  html`${textInput(form, { ...field, type: 'email' })}${meantChoice(form, field.path)}`;

/**
 * The choice between an address as it was typed and what was probably meant; as it is, it keeps what was typed.
 *
 * @param of the field with the address
 * @param path of the answer
 */
export function meantChoice(form: FormState, of: string, path: string = meantField(of)): Html | undefined {
  const { t, values } = form;
  const typed = firstValue(values, of).trim();
  const address = addressMeant(typed);
  if (address === undefined) return undefined;
  const chosen = firstValue(values, path) === address ? address : typed;
  return choices(
    { ...form, values: { [path]: [chosen] } },
    {
      path,
      type: 'radio',
      label: t('register.email.meant', { address }),
      choices: [
        { value: address, label: t('register.email.meant.use', { address }) },
        { value: typed, label: t('register.email.meant.keep', { address: typed }) },
      ],
    },
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Shown while the choice is made; where the browser is too old for `:has()`, always. */
  readonly note?: Html | string;
}

interface ChoiceField extends Field {
  readonly type: 'radio' | 'checkbox';
  readonly choices: readonly Choice[];
  /** The script asks only those who chose this day. */
  readonly day?: string;
  /** Pairs of choices of which nobody can have both: the script says so at once. */
  readonly exclusive?: readonly (readonly string[])[];
  /** Steps of one scale: beside each other, for a thumb. */
  readonly isScale?: boolean;
}

/** Radios for one choice, check boxes for several, in a group with its question as the legend. */
export function choices(form: FormState, field: ChoiceField): Html {
  const { id, label, notes, described, invalid } = fieldParts(form, field);
  const chosen = valuesOf(form.values, field.path);
  const rows = field.choices.map((choice, index) =>
    oneChoice({
      ...choice,
      // The error summary leads to the group's first choice.
      id: index === 0 ? id : undefined,
      type: field.type,
      name: field.path,
      checked: chosen.includes(choice.value),
    }),
  );
  return html`<fieldset${[
    fieldAttributes(field, invalid),
    attribute('data-day', field.day),
    attribute('data-exclusive', field.exclusive?.length ? JSON.stringify(field.exclusive) : undefined),
    described,
  ]}><legend>${label}</legend>${notes}${field.isScale ? html`<div class="scale">${rows}</div>` : rows}</fieldset>
`;
}

interface OneChoice extends Choice {
  readonly id: string | undefined;
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly checked: boolean;
}

/** The label holds its input: the whole row is the target, and 60 choices need no ids, a tenth of the form's size. */
export function oneChoice({ id, type, name, value, checked, label, hint, note }: OneChoice): Html {
  const noteId = `${name}-${value}-note`;
  return html`<label><input type="${type}" name="${name}" value="${value}"${[
    attribute('id', id),
    flag('checked', checked),
    note && html` aria-describedby="${noteId}"`,
  ]}>${label}${hint && html`<small>${hint}</small>`}</label>${note && html`<p class="note" id="${noteId}">${note}</p>`}
`;
}

/** A question with only one answer is not asked: the form says it, and sends it along. */
export function onlyChoice(path: string, offered: readonly Choice[]): Html | undefined {
  const [only, another] = offered;
  if (only === undefined || another !== undefined) return undefined;
  return html`<input type="hidden" name="${path}" value="${only.value}"><p><b>${only.label}</b> ${only.hint}</p>
`;
}

/**
 * What has to change, at the top of a refused form; it takes the focus.
 *
 * @param labels the form's fields in their order, each with its label: a problem with any other path has no field to lead to
 * @param kept says what became of the rest
 */
export function errorSummary(
  { t, problems }: FormState,
  labels: ReadonlyMap<string, string>,
  kept: string = t(labels.size > 1 ? 'errors.kept' : 'errors.unsent'),
): Html | undefined {
  if (problems.length === 0) return undefined;
  const order = [...labels.keys()];
  const place = (path: string): number => (labels.has(path) ? order.indexOf(path) : order.length);
  const sorted = [...problems].sort((a, b) => place(a.path) - place(b.path));
  return html`<div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors-title">
<h2 id="errors-title">${t('errors.title')}</h2>
<p>${kept}</p>
<ul>${sorted.map((problem) => {
    const { path, message } = problem;
    const label = labels.get(path);
    if (label === undefined) return html`<li>${t('errors.item', { label: path, message })}</li>`;
    return html`<li><a href="#${fieldId(path)}">${inSummary(problem, label, t)}</a></li>`;
  })}</ul>
</div>
`;
}

/** Fields of every event that may be left empty by mistake; the events' own questions are quoted instead. */
const REQUIRED = ['ageBand', 'email', 'fullName', 'position', 'organisation', 'country', 'category', 'mode'] as const;

/** In a list each has to say which field it means; beside its field, below the label, it says the rest in the same words. */
const inSummary = (problem: FieldProblem, label: string, t: SiteTranslate): string =>
  problem.code === 'required' ? missing(problem.path, label, t) : t('errors.item', { label, message: problem.message });

const besideField = (problem: FieldProblem, label: string, t: SiteTranslate): string =>
  problem.code === 'required' ? missing(problem.path, label, t) : problem.message;

function missing(path: string, label: string, t: SiteTranslate): string {
  // Young people are asked for their school where adults are asked for an organisation, and others may fill in their form.
  const hasOtherLabel =
    (path === 'organisation' && label !== t('register.organisation.label')) || label === t('young.email.label');
  const field = hasOtherLabel ? undefined : REQUIRED.find((each) => each === path);
  return field === undefined ? t('errors.unanswered', { label }) : t(`errors.missing.${field}`);
}

/** Asked in the place of what has to change. */
interface FormQuestion {
  readonly title: string;
  readonly summary: Html;
}

/**
 * Which addresses are meant that look mistyped, for readers and for the script.
 *
 * @param inDoubt the fields
 * @param answers to each, the field in which it is answered
 * @param kept says what became of the rest
 */
export function whichAddresses(
  { t, values }: FormState,
  inDoubt: readonly string[],
  answers: readonly string[] = inDoubt.map(meantField),
  kept: string = t('errors.kept'),
): FormQuestion {
  const title = t('register.email.meant.title');
  const summary = html`<div class="errors note" role="alert" tabindex="-1" autofocus aria-labelledby="errors-title">
<h2 id="errors-title">${title}</h2>
<p>${kept}</p>
<ul>${inDoubt.map((path, index) => {
    const address = addressMeant(firstValue(values, path)) ?? '';
    return html`<li><a href="#${fieldId(answers[index] ?? path)}">${t('register.email.meant', { address })}</a></li>`;
  })}</ul>
</div>
`;
  return { title, summary };
}

type Flags = Pick<Page, 'index' | 'sharing' | 'formOnly' | 'hasChallenge' | 'hasFeedback'>;

interface FormPage extends Flags {
  readonly form: FormState;
  readonly title: string;
  /** What the summary of errors calls each field, by its path. */
  readonly labels: ReadonlyMap<string, string>;
  /** What the summary says became of everything else; by default, that it is still in the form. */
  readonly kept?: string;
  /** What is asked before the form is taken as it is, where nothing has to change. */
  readonly question?: FormQuestion | undefined;
  /** What stands below the title. */
  readonly body: Html;
}

/** A page around a form, at the address that it is sent to: what has to be put right stands in its title and above everything else. */
export function formPage(
  { event, language, path }: Pick<EventPage, 'event' | 'language' | 'path'>,
  { form, title, labels, kept, question, body, ...of }: FormPage,
): string {
  const { t, problems } = form;
  return page({
    ...{ ...of, event, language, path, t },
    languages: event.languages,
    title: problems.length > 0 ? t('register.error-title', { title }) : (question?.title ?? title),
    body: html`${errorSummary(form, labels, kept)}${question?.summary}<h1>${title}</h1>
${body}`,
  });
}

/**
 * Work that the browser does before a form is taken, and what it means for an attendee who waits; nothing in quiet times. Where no
 * script runs, the form is sent all the same, by any of its buttons, and does what a mailed link then completes.
 *
 * @param byMail what that is: the sender confirms, or what the form does is to mail a link
 */
export function proofField(
  t: SiteTranslate,
  challenge: ProofChallenge | undefined,
  byMail: 'confirm' | 'send' = 'send',
): Html | undefined {
  if (challenge === undefined) return undefined;
  return html`<div class="note" tabindex="-1" autofocus>
<h2>${t('proof.title')}</h2>
<p>${t('proof.why')}</p>
<p data-working hidden>${t('proof.wait')}</p>
<noscript><p>${t('proof.no-script')} ${t(`proof.by-mail.${byMail}`)}</p>
<p>${t('proof.by-mail.again')}</p>
<input type="hidden" name="byMail" value="yes">
<button type="submit">${t('proof.by-mail.button')}</button></noscript>
</div>
<input type="hidden" name="proof" data-challenge="${JSON.stringify(challenge)}">
`;
}

/** What a page is made from that asks a holder one thing, with one button. */
export interface OneQuestion extends EventPage {
  readonly registration: Registration;
  /** `/m/{token}` */
  readonly managePath: string;
}
