import type { CertificateStatus } from '../../../shared/certificates/certificate.ts';
import { eventEnd, retentionEnd } from '../../../shared/event/event-times.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { formatDay, formatInstant } from '../../../shared/kernel/i18n/formats.ts';
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
  return html`<dl class="facts"><dt>${t('certificate.name')}</dt><dd><p><b>${name}</b></p>${
    nativeName && html`<p><b>${nativeName}</b></p>`
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
