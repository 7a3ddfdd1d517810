import { type Html, html } from '../../kernel/html.ts';
import type { Block, Fact, Layout } from './content.ts';
import * as templates from './templates/compiled.ts';

/** Scripts whose marks stack above and below the line need more room between lines. */
const TALL_SCRIPTS = ['km', 'lo', 'my', 'th'];

/** A message as HTML for mail programs: tables and inline styles, one column, complete without its pictures. */
export function letterHtml({ blocks, ...letter }: Layout): string {
  const leading = TALL_SCRIPTS.includes(letter.language) ? 1.7 : 1.5;
  return templates.letter({
    ...letter,
    leading,
    titleLeading: leading - 0.2,
    blocks: blocks.map((block) => blockHtml(block, leading)),
  }).markup;
}

function blockHtml(block: Block, leading: number): Html {
  const values = { ...block, leading };
  switch (values.kind) {
    case 'heading':
      return templates.heading(values);
    case 'paragraph':
      return templates.paragraph({ ...values, text: unbroken(values.text) });
    case 'facts':
      return templates.facts({ ...values, facts: values.facts.map(factHtml) });
    case 'button':
      return templates.button(values);
    case 'link':
      return templates.link(values);
    case 'mailto':
      return templates.mailto(values);
    case 'code':
      return templates.code(values);
    case 'picture':
      return templates.picture(values);
  }
}

const factHtml = ({ label, lines }: Fact) => ({ label, lines: lines.map((line) => ({ line: unbroken(line) })) });

/** As `displayReference` writes one. */
const REFERENCE = /\b([0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4})\b/;

/** References stay on one line. Their hyphens stay hyphens, so that a copied one is found. */
const unbroken = (text: string): Html[] =>
  text
    .split(REFERENCE)
    .map((part, index) => (index % 2 === 0 ? html`${part}` : html`<span style="white-space:nowrap">${part}</span>`));
