import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { LANGUAGE_TAGS } from '../../../shared/kernel/i18n/languages.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { textInput } from '../kernel/form/fields.ts';
import { page } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';

/** What a code proves. */
export type VerifiedCertificate =
  | { readonly kind: 'not-valid' | 'revoked' }
  | {
      readonly kind: 'valid';
      readonly fullName: string;
      readonly nativeName?: string | undefined;
      /** The title. */
      readonly event: string;
    };

export interface VerifyPage {
  /** Where the address names one. */
  readonly event: EventDefinition<string> | undefined;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/e/{eventId}/verify` */
  readonly path: string;
  readonly typed: string;
  /** Absent before anything was entered. */
  readonly verdict?: VerifiedCertificate | undefined;
}

/** Asks for the code of a certificate, and says what it proves: nothing before it was entered, and no more than what is printed. */
export function verifyPage({ event, language, t, path, typed, verdict }: VerifyPage): string {
  const form = { t, values: { code: [typed] }, problems: [] };
  const title = t(verdict === undefined ? 'certificate.check' : `certificate.check.${verdict.kind}`);
  const label = t('certificate.check.code');
  return page({
    language,
    // The answer to a post cannot be shown again: other languages lead back to the form.
    languages: event?.languages ?? LANGUAGE_TAGS,
    t,
    path,
    title,
    event,
    body: html`<h1>${title}</h1>
${verdict === undefined ? html`<p class="lead">${t('certificate.check.intro')}</p>` : said(verdict, t)}
<form method="post" action="${inLanguage(path, language)}" data-code>
${verdict && html`<h2>${t('certificate.check.another')}</h2>`}
${textInput(form, {
  path: 'code',
  label,
  hint: t('certificate.check.code.hint'),
  autocomplete: 'off',
})}<button type="submit">${t('certificate.check.submit')}</button>
</form>`,
  });
}

function said(verdict: VerifiedCertificate, t: SiteTranslate): Html {
  if (verdict.kind !== 'valid') return html`<p class="lead">${t(`certificate.check.${verdict.kind}.text`)}</p>`;
  const { fullName, nativeName, event } = verdict;
  return html`<dl class="facts"><dt>${t('certificate.check.valid.to')}</dt><dd><p><b>${fullName}</b></p>${
    nativeName && html`<p><b>${nativeName}</b></p>`
  }</dd>
<dt>${t('certificate.check.valid.event')}</dt><dd><p><b>${event}</b></p></dd>
</dl>
<p>${t('certificate.check.valid.compare')}</p>`;
}
