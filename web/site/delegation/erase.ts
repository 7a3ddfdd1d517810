import { takesPlace } from '../../../shared/delegation/delegation.ts';
import { retentionEnd } from '../../../shared/event/event-times.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { formatDay } from '../../../shared/kernel/i18n/formats.ts';
import { inLanguage } from '../kernel/links.ts';
import type { DelegationPage, ShownMember } from './delegation.ts';

/** How many people come who have no address of their own: without the list nobody could reach them. */
export const reachedOnlyHere = (members: readonly ShownMember[]): number =>
  members.filter(({ state, registration }) => registration?.delegation?.throughCoordinator && takesPlace(state)).length;

/** Folded away and behind a box to tick: it cannot be undone. Or why the list is kept, and until when. */
export function erase({ event, language, t, path, members }: DelegationPage): Html {
  const people = reachedOnlyHere(members);
  const when = formatDay(new Date(retentionEnd(event) * 1000), language, event.timeZone);
  return html`<details class="screen">
<summary>${t('delegation.erase.title')}</summary>
${
  people > 0
    ? html`<p>${t('delegation.erase.kept', { people, when })}</p>
`
    : html`<p>${t('delegation.erase.text')}</p>
<form method="post" action="${inLanguage(path, language)}">
<fieldset class="field"><legend>${t('self.erase.sure')}</legend>
<label><input type="checkbox" name="confirm" value="yes" required>${t('delegation.erase.confirm')}</label></fieldset>
<button class="danger" type="submit" name="action" value="erase">${t('delegation.erase.button')}</button>
</form>
`
}</details>
`;
}
