import type { Question } from '../../../shared/event/event.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { FieldProblem, FormState, FormValues } from '../kernel/form/fields.ts';
import { formPage } from '../kernel/form/form-page.ts';
import type { EventPage } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';
import { questions } from '../registration/register/questions.ts';

/** At `/m/{token}/care`. */
export interface CarePage extends EventPage {
  /** Those that concern the holder. */
  readonly questions: readonly Question<string>[];
  /** What was typed just now; never what is kept. */
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** What should be arranged for the holder: a form that replaces what is kept without showing it. */
export function carePage({ event, questions: asked, language, t, path, values, problems }: CarePage): string {
  const form: FormState = { t, values, problems };
  const title = t('care.title');
  // The page says once who sees the answers; elsewhere each question does.
  const fields = asked.map(({ care: _, ...question }) => question);
  return formPage({
    event,
    language,
    path,
    form,
    title,
    labels: new Map(asked.map(({ id, title }) => [`answers.${id}`, title])),
    body: html`<p class="lead">${t('care.lead')}</p>
<p>${t('care.unseen')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${questions(form, event, fields, language)}<button type="submit" name="action" value="keep">${t('care.keep')}</button>
<details>
<summary>${t('care.nothing')}</summary>
<p>${t('care.nothing.text')}</p>
<button class="second" type="submit" name="action" value="nothing">${t('care.nothing.button')}</button>
</details>
</form>
<p><a href="${inLanguage(path.replace(/\/care$/, ''), language)}">${t('amend.back')}</a></p>`,
  });
}
