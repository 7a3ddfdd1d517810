import { needsAskedOf } from '../../../shared/care/care-needs.ts';
import { isLive, stands } from '../../../shared/event/attendee.ts';
import type { Question } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { type FieldProblem, type FormState, type FormValues, formPage } from '../kernel/form.ts';
import type { EventContext, EventPage } from '../kernel/layout.ts';
import { carePath, inLanguage } from '../kernel/links.ts';
import { instantLine } from '../kernel/text.ts';
import { type ManageContext, press } from '../registration/manage/press.ts';
import { questions } from '../registration/register/questions.ts';

/** At `/m/{token}/care`. */
export interface CarePage extends EventPage {
  /** Those that concern the holder. */
  readonly questions: readonly Question<string>[];
  /** When they last answered, ISO 8601; nothing where it is not known. */
  readonly answeredAt: string | undefined;
  /** What was typed just now; never what is kept. */
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** What should be arranged for the holder: a form that adds to what is kept, or replaces it, without showing it. */
export function carePage(of: CarePage): string {
  const { event, questions: asked, answeredAt, language, t, path, values, problems } = of;
  const form: FormState = { t, values, problems };
  // The page says once who sees the answers; elsewhere each question does.
  const fields = asked.map(({ care: _, ...question }) => question);
  return formPage(of, {
    form,
    title: t('care.title'),
    labels: new Map(asked.map(({ id, title }) => [`answers.${id}`, title])),
    body: html`<p class="lead">${t('care.lead')}</p>
${lastAnswered(of, answeredAt)}<p>${t('care.unseen')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${questions(form, event, fields, language)}<p>${t('care.add.text')}</p>
<button type="submit" name="action" value="add">${t(answeredAt ? 'care.add' : 'care.keep')}</button>
<details>
<summary>${t('care.anew')}</summary>
<p>${t('care.anew.text')}</p>
<button class="second" type="submit" name="action" value="keep">${t('care.anew.button')}</button>
</details>
<details>
<summary>${t('care.nothing')}</summary>
<p>${t('care.nothing.text')}</p>
<button class="second" type="submit" name="action" value="nothing">${t('care.nothing.button')}</button>
</details>
</form>
<p><a href="${inLanguage(path.replace(/\/care$/, ''), language)}">${t('amend.back')}</a></p>`,
  });
}

/** When, and never what, nor whether it was that they need nothing (AU4). */
const lastAnswered = ({ event, language, t }: EventContext, at: string | undefined): Html | undefined =>
  at === undefined
    ? undefined
    : html`<p>${t('care.answered', { when: instantLine(at, event.timeZone, language, t) })}</p>
`;

/**
 * The way to the form about what to arrange; nothing of what is kept stands here (AU4).
 *
 * @param pressed what led to the page: an attendee who took back a cancellation has to say it once more
 */
export function careLink(context: ManageContext, path: string, pressed: string | undefined): Html | undefined {
  const { event, registration, language, t } = context;
  if (!stands(registration) || needsAskedOf(event, registration).length === 0) return undefined;
  return html`<div class="screen"><h2>${t('care.title')}</h2>
${pressed === 'undo-cancel' && html`<p class="note">${t('care.link.again')}</p>`}<p>${t('care.link.text')}</p>
${lastAnswered(context, registration.careAnsweredAt)}<p><a class="button" href="${inLanguage(carePath(path), language)}">${t('care.link')}</a></p></div>
`;
}

/** To have the mail again, or another link where this one may be known to someone else. */
export function linkCare({ registration, language, t }: ManageContext, path: string): Html | undefined {
  if (!isLive(registration)) return undefined;
  return html`<details class="screen">
<summary>${t('self.link.title')}</summary>
<p>${t('self.send-again.text', { email: registration.email })}</p>
${press(path, language, 'send-again', t('self.send-again.button'))}<p>${t('self.replace-link.text')}</p>
${press(path, language, 'replace-link', t('self.replace-link.button'))}</details>
`;
}
