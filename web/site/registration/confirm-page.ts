import type { EventDefinition } from '../../../shared/event/event.ts';
import { askedAtFirst, asksForNeeds } from '../../../shared/event/questions.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { Application } from '../../../shared/registration/registration.schema.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { eventPath, inLanguage, registerPath } from '../kernel/links.ts';
import { addressText, instantLine } from '../kernel/text.ts';

export interface ConfirmPage extends EventPage {
  readonly application: Application;
  /** Of what is shown, so that nothing else is confirmed. */
  readonly edition: string;
  /** How long the link is good, ISO 8601. */
  readonly until: string;
  /** Whether something else was shown before the button was pressed. */
  readonly isChanged: boolean;
}

/** A form that came by mail: what was sent, to the reader of the mailbox, and the button that registers them. */
export function confirmPage(of: ConfirmPage): string {
  const { event, language, t, path, edition, until, isChanged } = of;
  return page({
    ...of,
    title: t('confirm.title'),
    body: html`${
      isChanged &&
      html`<p class="note" role="alert" tabindex="-1" autofocus>${t('confirm.changed')}</p>
`
    }<h1>${t('confirm.title')}</h1>
<p class="lead">${t('confirm.intro', { event: event.title })}</p>
${whatWasSent(of)}${needsNote(event, t)}<p>${t('confirm.until', { when: instantLine(until, event.timeZone, language, t) })}</p>
<form method="post" action="${inLanguage(path, language)}">
<input type="hidden" name="edition" value="${edition}">
<button type="submit" name="action" value="confirm">${t('confirm.button')}</button>
</form>
<h2>${t('confirm.wrong')}</h2>
<p><a href="${inLanguage(registerPath(event.id), language)}">${t('confirm.wrong.link')}</a></p>
<p>${t('confirm.not-you')}</p>`,
  });
}

/** After the button, and whenever the link is opened again; says the same to an attendee who was registered before. */
export function confirmedPage(of: EventPage & { readonly sender: string }): string {
  const { event, language, t, sender } = of;
  return page({
    ...of,
    title: t('confirm.done.title'),
    body: html`<h1>${t('confirm.done.title')}</h1>
<p class="lead">${t('confirm.done.text')}</p>
<p>${t('thanks.sender')}<br><b>${addressText(sender)}</b><br>${t('thanks.wait')}</p>
${needsNote(event, t)}<p>${t('thanks.spam')}</p>
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}

/** Enough to see that it is one's own. */
function whatWasSent({ event, application, t }: ConfirmPage): Html {
  const row = (label: string, value: string | Html): Html => html`<dt>${label}</dt><dd>${value}</dd>
`;
  const titleOf = (all: readonly { readonly id: string; readonly title: string }[], id: string): string =>
    all.find((each) => each.id === id)?.title ?? id;
  const days = application.days.map((id) => html`<p>${titleOf(event.days, id)}</p>`);
  return html`<dl class="facts">
${[
  row(t('register.fullName.label'), application.fullName),
  row(t('register.organisation.label'), application.organisation),
  row(t('register.category.label'), titleOf(event.categories, application.category)),
  row(t('register.mode.label'), titleOf(event.modes, application.mode)),
  row(t('register.days.label'), html`${days}`),
]}</dl>
`;
}

/** What should be arranged for someone is kept nowhere before they are registered (CS11): they are told to say it again. */
const needsNote = (event: EventDefinition<string>, t: SiteTranslate): Html | undefined =>
  asksForNeeds(askedAtFirst(event))
    ? html`<p>${t('confirm.needs')}</p>
`
    : undefined;
