import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import type { ProofChallenge } from '../../../../shared/kernel/proof.schema.ts';

/**
 * Work that the browser does before a form is taken, and what it means for whoever waits; nothing in quiet times. Where no
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
