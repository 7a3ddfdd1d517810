import type { ProofChallenge } from '../../../shared/contract/proof.ts';
import { type Html, html } from '../../../shared/html.ts';
import type { SiteTranslate } from '../../../shared/i18n/site.ts';

/** Work that the browser does before a form is taken, and what it means for whoever waits; nothing in quiet times. */
export function proofField(t: SiteTranslate, challenge: ProofChallenge | undefined): Html | undefined {
  if (challenge === undefined) return undefined;
  return html`<div class="note" tabindex="-1" autofocus>
<h2>${t('proof.title')}</h2>
<p>${t('proof.wait')}</p>
<noscript><p>${t('proof.no-script')}</p></noscript>
</div>
<input type="hidden" name="proof" data-challenge="${JSON.stringify(challenge)}">
`;
}
