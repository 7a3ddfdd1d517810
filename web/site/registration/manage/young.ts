import { isLive } from '../../../../shared/event/attendee.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import { displayReference } from '../../../../shared/kernel/text/reference.ts';
import { reach } from '../../kernel/layout.ts';
import { askPath, completePath, consentFormPath, guardianPath, inLanguage } from '../../kernel/links.ts';
import { instantLine } from '../../kernel/text.ts';
import { type ManageContext, press } from './press.ts';

/** Whether a guardian is still to agree, or the young person still to answer. */
export const isUnanswered = ({ registration }: ManageContext): boolean => registration.status === 'pending-guardian';

/** What happens to someone under 18 before their answers, in plain words: short sentences, one thought each. */
export function youngSteps({ event, registration, language, t }: ManageContext, path: string): Html {
  const { answerBy, guardianConsents, guardianUnreachable } = registration;
  const date = !answerBy ? '' : instantLine(answerBy, event.timeZone, language, t);
  if (guardianConsents !== undefined) {
    return html`<h1>${t('young.agreed.title')}</h1>
<p class="lead">${t('young.step.agreed')}</p>
<p><a class="button" href="${inLanguage(completePath(path), language)}">${t('young.answer')}</a></p>
${steps(t, [t('young.step.agreed.until', { date }), t('young.step.seat')])}`;
  }
  if (registration.consentOnPaper === 'awaited') return paperSteps({ event, registration, language, t }, date);
  if (registration.consentOnPaper === 'recorded') {
    return html`<h1>${t('young.recorded.title')}</h1>
<p class="lead">${t('young.recorded.lead')}</p>
${steps(t, [t('young.recorded.next'), t('young.step.seat')])}`;
  }
  const look = guardianUnreachable && html` class="button"`;
  const change = html`<a${look} href="${inLanguage(guardianPath(path), language)}">${t('young.change.link')}</a>`;
  if (registration.unproven) {
    const all = [t('young.unproven.then'), t('young.unproven.nobody'), t('young.unproven.until', { date })];
    return html`<h1>${t('young.unproven.title')}</h1>
<p class="lead">${t('young.unproven.lead')}</p>
${press(askPath(path), language, 'ask', t('young.unproven.button'))}${steps(t, all)}<p>${t('young.change.question')} ${change}</p>
`;
  }
  if (guardianUnreachable) {
    return html`<h1>${t('young.unreachable.title')}</h1>
<p class="lead">${t('self.guardian-unreachable')}</p>
<p>${change}</p>
${steps(t, [t('young.unreachable.ask'), t('young.unreachable.tell'), t('young.step.until', { date })])}`;
  }
  return html`<h1>${t('manage.status.pending-guardian')}</h1>
<p class="lead">${t('manage.status.pending-guardian.next')}</p>
${steps(t, [t('young.step.asked'), t('young.step.remind'), t('young.step.until', { date })])}<p>${t('young.change.question')} ${change}</p>
`;
}

/** What becomes of a form on paper, and who helps with it. */
function paperSteps({ event: { id, safeguarding }, registration, language, t }: Paper, date: string): Html {
  const name = safeguarding?.name ?? '';
  const form = html`<a href="${inLanguage(consentFormPath(id), language)}">${t('young.paper.form')}</a>`;
  const all = [
    html`${t('young.paper.print', { name })} ${form}`,
    html`${t('young.paper.reference')} <span class="code">${displayReference(registration.reference)}</span>`,
    t('young.paper.read'),
    html`${t('young.paper.bring', { name })} ${safeguarding && reach(safeguarding)}`,
    t('young.paper.until', { date }),
  ];
  return html`<h1>${t('young.paper.title')}</h1>
<p class="lead">${t('young.paper.lead')}</p>
${steps(t, all)}`;
}

const steps = (t: SiteTranslate, all: readonly (string | Html)[]): Html => html`<h2>${t('young.step.now')}</h2>
<ol>${all.map((step) => html`<li>${step}</li>`)}</ol>
<p>${t('young.step.yours')}</p>
`;

type Paper = Pick<ManageContext, 'event' | 'registration' | 'language' | 't'>;

/**
 * Folded away, so that nobody stops by a slip of the finger.
 *
 * @param hasEnded whether the event is over: there is nothing to stop then, but all to erase
 */
export function stop({ registration, language, t }: ManageContext, path: string, hasEnded?: boolean): Html | undefined {
  if (!isLive(registration) && registration.status !== 'declined') return undefined;
  return html`<details class="screen">
<summary>${t(hasEnded ? 'self.erase.title' : 'young.stop.title')}</summary>
<p>${t('young.stop.text')}</p>
<form method="post" action="${inLanguage(path, language)}">
<button class="danger" type="submit" name="action" value="cancel">${t('young.stop.button')}</button>
</form>
</details>
`;
}

/** To an adult who was asked to look after young people: how many, never whom. */
export function chaperoning({ registration, language, t }: ManageContext, path: string): Html | undefined {
  const asked = registration.chaperoning;
  if (asked === undefined) return undefined;
  const { minors } = asked;
  if (asked.state === 'accepted') {
    return html`<h2>${t('chaperone.accepted.title')}</h2>
<p>${t('chaperone.accepted.text', { minors })}</p>
<details class="screen">
<summary>${t('chaperone.stop.title')}</summary>
<p>${t('chaperone.stop.text')}</p>
${press(path, language, 'chaperone-decline', t('chaperone.stop.button'))}</details>
`;
  }
  return html`<h2>${t('chaperone.asked.title')}</h2>
<p>${t('chaperone.asked.text', { minors })}</p>
<p>${t('chaperone.asked.means')}</p>
<p>${t('chaperone.asked.vetting')}</p>
${press(path, language, 'chaperone-accept', t('chaperone.accept'))}${press(path, language, 'chaperone-decline', t('chaperone.decline'))}`;
}

/** To someone under 18 who comes in person: whether there is someone for them; no name, for anyone may see this page. */
export function ownChaperone({ event, registration, t }: ManageContext): Html | undefined {
  const { chaperone } = registration;
  return (
    chaperone &&
    html`<h2>${t('chaperone.yours.title')}</h2>
<p>${t(`chaperone.yours.${chaperone}`)}</p>
${event.safeguarding && html`<p>${t('chaperone.yours.ask', { name: event.safeguarding.name })}</p>`}
`
  );
}
