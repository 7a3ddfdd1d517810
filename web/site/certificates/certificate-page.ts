import type { CertificateStatus } from '../../../shared/certificates/certificate.ts';
import type { ConsentWording } from '../../../shared/event/consents.schema.ts';
import type { EventDefinition } from '../../../shared/event/event.ts';
import { eventEnd, retentionEnd } from '../../../shared/event/event-times.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { formatDay, formatInstant } from '../../../shared/kernel/i18n/formats.ts';
import { LANGUAGE_TAGS } from '../../../shared/kernel/i18n/languages.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { textInput } from '../kernel/form.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';

/** At `/m/{token}/certificate`. */
export interface CertificatePage extends EventPage {
  readonly standing: CertificateStatus;
  /** Of one that was earned: the names as they are printed, or letters that cannot be. */
  readonly names?:
    | { readonly name: string; readonly nativeName?: string | undefined }
    | { readonly undrawn: string }
    | undefined;
  /** Whose registration it is. */
  readonly fullName: string;
  readonly isMinor: boolean;
}

/** Whether there is a certificate, with the name as it is printed; or why there is none, and what to do about it. */
export function certificatePage(of: CertificatePage): string {
  const { event, standing, names, language, t, path } = of;
  const isUndrawn = names !== undefined && 'undrawn' in names;
  return page({
    ...of,
    title: t('certificate.title'),
    body: html`<h1>${t(isUndrawn ? 'certificate.undrawn' : `certificate.${standing.kind}`)}</h1>
${
  isUndrawn
    ? html`<p>${t('certificate.undrawn.text', { letters: names.undrawn, ...event.secretariat })}</p>`
    : names === undefined
      ? without(of)
      : ready(of, names)
}
<p><a href="${inLanguage(path.replace(/\/certificate$/, ''), language)}">${t('join.back')}</a></p>`,
  });
}

function ready(
  { event, isMinor, language, t, path }: CertificatePage,
  { name, nativeName }: { readonly name: string; readonly nativeName?: string | undefined },
): Html {
  const when = formatDay(new Date(retentionEnd(event) * 1000), language, event.timeZone);
  return html`<dl class="facts"><dt>${t('certificate.name')}</dt><dd><p>${name}</p>${
    nativeName && html`<p>${nativeName}</p>`
  }</dd>
</dl>
<p class="hint">${t('certificate.name.whose')}</p>
<p><a class="button" href="${inLanguage(`${path}.pdf`, language)}" download>${t('certificate.download')}</a></p>
${event.languages.length > 1 && html`<p class="hint">${t('certificate.language')}</p>`}
<p>${isMinor ? t('certificate.minor', event.secretariat) : t('certificate.checked', { when })}</p>`;
}

function without({ event, standing, fullName, isMinor, language, t }: CertificatePage): Html {
  if (standing.kind === 'earned') throw new Error('a certificate that was earned has names');
  if (standing.kind === 'not-earned') {
    const { counts, came, needed } = standing;
    return html`<p>${t(`certificate.not-earned.${counts}`, { came, needed })}</p>
<p>${t('certificate.not-earned.wrong', event.secretariat)}</p>`;
  }
  const when = formatInstant(eventEnd(event).toISOString(), language, event.timeZone);
  // Afterwards nobody changes their name. Of people under 18 a guardian knows it.
  const mayCorrect = standing.kind === 'not-yet' && !isMinor;
  return html`<p>${t(`certificate.${standing.kind}.text`, { ...event.secretariat, when })}</p>
${mayCorrect && html`<p>${t('certificate.not-yet.name', { fullName })}</p>`}`;
}

/** What a code proves. */
export type VerifiedCertificate =
  /** `not-kept`: once registrations are forgotten, whatever the code is. */
  | { readonly kind: 'not-valid' | 'not-kept' | 'revoked' }
  /** Of a receipt of a consent (PW2): when it was given, and to which words. It says nothing of who gave it. */
  | {
      readonly kind: 'receipt';
      readonly at: string;
      readonly fingerprint: string;
      /** In the language in which they were agreed to; absent where they were not kept. */
      readonly words?: Pick<ConsentWording, 'title' | 'agreement' | 'points'> | undefined;
    }
  | {
      /** Of a rehearsal it proves nothing but that it was drawn. */
      readonly kind: 'valid' | 'rehearsal';
      readonly fullName: string;
      readonly nativeName?: string | undefined;
      /** The title. */
      readonly event: string;
    };

interface VerifyPage {
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
export function verifyPage(of: VerifyPage): string {
  const { event, language, t, path, typed, verdict } = of;
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
${verdict === undefined ? html`<p class="lead">${t('certificate.check.intro')}</p>` : said(verdict, of)}
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

function said(verdict: VerifiedCertificate, { event: of, language, t }: VerifyPage): Html {
  if (verdict.kind === 'receipt') return receipt(verdict, of, language, t);
  if (!('fullName' in verdict)) {
    const when = of ? formatDay(new Date(retentionEnd(of) * 1000), language, of.timeZone) : '';
    return html`<p class="lead">${t(`certificate.check.${verdict.kind}.text`, { when })}</p>`;
  }
  const { fullName, nativeName, event } = verdict;
  return html`<dl class="facts"><dt>${t('certificate.check.valid.to')}</dt><dd><p>${fullName}</p>${
    nativeName && html`<p>${nativeName}</p>`
  }</dd>
<dt>${t('certificate.check.valid.event')}</dt><dd>${event}</dd>
</dl>
<p>${t(`certificate.check.${verdict.kind}.compare`)}</p>`;
}

function receipt(
  { at, fingerprint, words }: Extract<VerifiedCertificate, { kind: 'receipt' }>,
  event: VerifyPage['event'],
  language: string,
  t: SiteTranslate,
): Html {
  return html`<p class="lead">${t('certificate.check.receipt.text')}</p>
<dl class="facts"><dt>${t('certificate.check.receipt.when')}</dt><dd>${formatInstant(at, language, event?.timeZone ?? 'UTC')}</dd>
${
  words &&
  html`<dt>${words.title}</dt><dd><p>${words.agreement}</p>${words.points.map((point) => html`<p>${point}</p>`)}</dd>
`
}<dt>${t('certificate.check.receipt.hash')}</dt><dd><span class="code">${fingerprint}</span></dd>
</dl>`;
}
