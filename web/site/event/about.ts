import type { EventDefinition } from '../../../shared/domain/event.ts';
import { type Html, html } from '../../../shared/html.ts';

export const about = (event: EventDefinition<string>): Html =>
  html`${event.about.map(
    ({ title, paragraphs, points }) => html`<h2>${title}</h2>
${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}${
  points.length > 0 && html`<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>`
}
`,
  )}`;
