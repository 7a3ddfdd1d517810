import { type Html, html } from '../../../shared/kernel/html.ts';

/** A heading, and what there is to say under it, point by point. */
export const points = (title: string, all: readonly (string | Html)[]): Html => html`<h2>${title}</h2>
<ul>${all.map((point) => html`<li>${point}</li>`)}</ul>
`;
