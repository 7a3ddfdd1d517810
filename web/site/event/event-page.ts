import type { EventDefinition } from '../../../shared/event/event.ts';
import { isCalledOff } from '../../../shared/event/event-standing.ts';
import type { WindowState } from '../../../shared/event/registration-window.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';
import { page } from '../kernel/layout.ts';
import { delegationPath, eventPath, findPath, inLanguage } from '../kernel/links.ts';
import { about } from './about.ts';
import { callToAction } from './call-to-action.ts';
import { facts } from './facts.ts';
import { programme } from './programme.ts';
import { resources } from './resources.ts';
import { statusNote } from './status-note.ts';

export interface EventPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** Whether registration is open now. */
  readonly registration: WindowState;
}

/** All that anyone may know about an event, with the way to register. */
export function eventPage({ event, language, t, registration }: EventPage): string {
  const register = isCalledOff(event) ? undefined : callToAction(event, language, t, registration);
  return page({
    language,
    languages: event.languages,
    t,
    path: eventPath(event.id),
    title: event.title,
    event,
    index: true,
    hasProgramme: true,
    body: html`<h1>${event.title}</h1>
<p class="lead">${event.tagline}</p>
${statusNote(event, t)}${register}${facts(event, language, t)}${about(event, t)}${!isCalledOff(event) && programme(event, language, t)}${resources(event, t)}${
  registration === 'open' &&
  html`<div class="screen"><h2>${t('register.title')}</h2>${register}<p><a href="${inLanguage(delegationPath(event.id), language)}">${t('delegation.offer')}</a></p></div>`
}<p class="screen"><a href="${inLanguage(findPath(event.id), language)}">${t('find.link')}</a></p>
`,
  });
}
