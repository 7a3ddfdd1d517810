import type { EventDefinition } from '../../shared/domain/event.ts';
import type { WindowState } from '../../shared/domain/registration-window.ts';
import { html } from '../../shared/html.ts';
import type { SiteTranslate } from '../../shared/i18n/site.ts';
import { about } from './event/about.ts';
import { callToAction } from './event/call-to-action.ts';
import { facts } from './event/facts.ts';
import { programme } from './event/programme.ts';
import { resources } from './event/resources.ts';
import { whoCanRegister } from './event/who-can-register.ts';
import { page } from './layout.ts';
import { eventPath } from './links.ts';

export interface EventPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** Whether registration is open now. */
  readonly registration: WindowState;
}

/** All that anyone may know about an event, with the way to register. */
export function eventPage({ event, language, t, registration }: EventPage): string {
  return page({
    language,
    languages: event.languages,
    t,
    path: eventPath(event.id),
    title: event.title,
    event,
    index: true,
    body: html`<h1>${event.title}</h1>
<p class="lead">${event.tagline}</p>
${facts(event, language, t)}${callToAction(event, language, t, registration)}${about(event)}${whoCanRegister(event, t)}${programme(event, language, t)}${resources(event, t)}`,
  });
}
