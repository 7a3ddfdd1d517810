import type { EventDefinition, Section } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';
import { groups, whoCanRegister } from './who-can-register.ts';

/** The id of the section that says whom an event is for: the groups that can register stand in it, not under a heading of their own. */
const WHO_SHOULD_ATTEND = 'attend';

/** What the organisers say about the event, and who can register. */
export function about(event: EventDefinition<string>, t: SiteTranslate): Html {
  const saysWho = event.about.some(({ id }) => id === WHO_SHOULD_ATTEND);
  return html`${event.about.map(
    (each) => html`${section(each)}${each.id === WHO_SHOULD_ATTEND && groups(event, t)}`,
  )}${!saysWho && whoCanRegister(event, t)}`;
}

const section = ({ title, paragraphs, points }: Section<string>): Html => html`<h2>${title}</h2>
${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}${
  points.length > 0 && html`<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>`
}
`;
