import type { EventDefinition } from '../../../shared/event/event.ts';
import { askedAtFirst } from '../../../shared/event/questions.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { ProofChallenge } from '../../../shared/kernel/proof.schema.ts';
import { formScript } from '../kernel/assets.ts';
import { formPage } from '../kernel/form/form-page.ts';
import type { FieldProblem, FormState, FormValues } from '../kernel/form/form-state.ts';
import { proofField } from '../kernel/form/proof.ts';
import { inLanguage } from '../kernel/links.ts';
import { fieldLabels } from './register/field-labels.ts';
import { sections } from './register/sections.ts';

export interface RegisterPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** Where the form is shown and sent to. */
  readonly path: string;
  /** What was typed, so that a refused form comes back with everything in it. */
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
  /** To be solved by the browser before the form is taken, while the event is under attack. */
  readonly challenge?: ProofChallenge | undefined;
}

/** The registration form: one page, complete without a script. */
export function registerPage({ event: all, language, t, path, values, problems, challenge }: RegisterPage): string {
  const event = askedAtFirst(all);
  const form: FormState = { t, values, problems };
  const title = t('register.title');
  return formPage({
    event,
    language,
    path,
    form,
    title,
    index: true,
    formOnly: true,
    hasChallenge: challenge !== undefined,
    labels: fieldLabels(event, t),
    body: html`<p class="lead">${t('register.intro')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate${!challenge && html` data-script="${formScript(language)}"`}>
${proofField(t, challenge, 'confirm')}<input type="hidden" name="language" value="${language}">
${sections(form, event, language)}</form>`,
  });
}
