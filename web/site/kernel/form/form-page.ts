import type { EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import type { ProofChallenge } from '../../../../shared/kernel/proof.schema.ts';
import type { Registration } from '../../../../shared/registration/registration.schema.ts';
import { type EventPage, type Page, page } from '../layout.ts';
import { type FieldProblem, type FormState, fieldId } from './fields.ts';

/**
 * What has to change, at the top of a refused form; it takes the focus.
 *
 * @param labels the form's fields in their order, each with its label: a problem with any other path has no field to lead to
 * @param kept says what became of the rest
 */
function errorSummary(
  { t, problems }: FormState,
  labels: ReadonlyMap<string, string>,
  kept: string = t('errors.kept'),
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
    return html`<li><a href="#${fieldId(path)}">${whatToDo(problem, label, t)}</a></li>`;
  })}</ul>
</div>
`;
}

/** Fields of every event that may be left empty by mistake; the events' own questions are quoted instead. */
const REQUIRED = ['ageBand', 'email', 'fullName', 'position', 'organisation', 'country', 'category', 'mode'] as const;

/** Beside its field a message may be short; in a list each has to say which field it means. */
function whatToDo({ path, code, message }: FieldProblem, label: string, t: SiteTranslate): string {
  if (code !== 'required') return t('errors.item', { label, message });
  // Young people are asked for their school where adults are asked for an organisation.
  const hasOtherLabel = path === 'organisation' && label !== t('register.organisation.label');
  const field = hasOtherLabel ? undefined : REQUIRED.find((each) => each === path);
  return field === undefined ? t('errors.unanswered', { label }) : t(`errors.missing.${field}`);
}

type Flags = Pick<Page, 'index' | 'formOnly' | 'hasChallenge' | 'hasFeedback'>;

interface FormPage extends Flags {
  readonly event: EventDefinition<string>;
  readonly language: string;
  /** Where the form is shown and sent to. */
  readonly path: string;
  readonly form: FormState;
  readonly title: string;
  /** What the summary of errors calls each field, by its path. */
  readonly labels: ReadonlyMap<string, string>;
  /** What the summary says became of everything else; by default, that it is still in the form. */
  readonly kept?: string;
  /** What stands below the title. */
  readonly body: Html;
}

/** A page around a form: what has to be put right stands in its title and above everything else. */
export function formPage({ form, title, labels, kept, body, ...of }: FormPage): string {
  const { t, problems } = form;
  return page({
    ...of,
    t,
    languages: of.event.languages,
    title: problems.length > 0 ? t('register.error-title', { title }) : title,
    body: html`${errorSummary(form, labels, kept)}<h1>${title}</h1>
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
