import { type Html, html } from '../../shared/html.ts';

const GROUP = 5;

/** A code in groups of five, easier to read aloud; the gaps are space between elements, so that copying leaves them out. */
export const grouped = (code: string): Html =>
  html`${(code.match(new RegExp(`.{1,${GROUP}}`, 'gu')) ?? []).map((part) => html`<span>${part}</span>`)}`;
