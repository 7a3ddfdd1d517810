import type { EventDefinition } from '../../shared/domain/event.ts';
import { displayReference } from '../../shared/domain/reference.ts';
import { type Html, html } from '../../shared/html.ts';
import type { SiteTranslate } from '../../shared/i18n/site.ts';
import { reach } from './footer.ts';
import { formPage } from './form/form-page.ts';
import type { FieldProblem, FormState, FormValues } from './form/form-state.ts';
import { textInput } from './form/text-input.ts';
import { page } from './layout.ts';
import { eventPath, inLanguage } from './links.ts';

interface Report {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** Where the form is shown and sent to. */
  readonly path: string;
}

export interface ReportPage extends Report {
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** Tells the safeguarding focal point, without signing in and without a name (CS17). */
export function reportPage(of: ReportPage): string {
  const { event, language, t, path, values, problems } = of;
  const form: FormState = { t, values, problems };
  const title = t('report.title');
  const labels = new Map([
    ['what', t('report.what.label')],
    ['contact', t('report.reach.label')],
  ]);
  return formPage({
    event,
    language,
    path,
    form,
    title,
    labels,
    body: html`<p class="lead">${t('report.intro')}</p>
<p><b>${t('report.danger')}</b></p>
${focalPoint(of)}<p>${t('report.read')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${textInput(form, { path: 'what', label: t('report.what.label'), hint: t('report.what.hint'), long: true })}${textInput(form, { path: 'contact', label: t('report.reach.label'), hint: t('report.reach.hint'), optional: true })}<button type="submit">${t('report.send')}</button>
</form>`,
  });
}

export function reportSentPage(of: Report & { readonly reference: string }): string {
  const { event, language, t, path, reference } = of;
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('report.sent.title'),
    event,
    body: html`<h1>${t('report.sent.title')}</h1>
<p class="lead">${t('report.sent.text')}</p>
<p>${t('report.sent.reference')} <span class="code">${displayReference(reference)}</span></p>
${focalPoint(of)}<p><b>${t('report.danger')}</b></p>
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}

const focalPoint = ({ event: { safeguarding }, t }: Report): Html | undefined =>
  safeguarding &&
  html`<p>${t('report.contact', { name: safeguarding.name })} ${reach(safeguarding)}</p>
`;
