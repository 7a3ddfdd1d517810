import type { Html } from '../html.ts';
import type { Block, Letter } from './letter.ts';
import * as templates from './templates/compiled.ts';

/** Scripts whose marks stack above and below the line need more room between lines. */
const TALL_SCRIPTS = ['km', 'lo', 'my', 'th'];

/** A message as HTML for mail programs: tables and inline styles, one column, complete without its pictures. */
export function letterHtml({ blocks, ...letter }: Letter): string {
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
      return templates.paragraph(values);
    case 'facts':
      return templates.facts(values);
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
