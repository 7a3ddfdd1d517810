/** Markup that is safe to send: every value in it was escaped, or was markup itself. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

/**
 * The one way to write HTML: values are escaped for text and for quoted attributes alike.
 * `false`, `null` and `undefined` leave nothing; arrays are joined.
 *
 * @example html`<p title="${title}">${items.map((item) => html`<b>${item}</b>`)}</p>`
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = strings[0] ?? '';
  parts.forEach((part, index) => {
    markup += render(part) + (strings[index + 1] ?? '');
  });
  return new Html(markup);
}

/**
 * Data for programs that read a page: a block that no browser runs, and that no text in it can end. Of JSON, in which each character may be
 * written as its code (RFC 8259, 7).
 */
export const dataBlock = (type: string, data: unknown): Html =>
  html`<script type="${type}">${new Html(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>
`;

/** For markup that is a constant of ours, never for anything a person typed. */
export const trusted = (markup: string): Html => new Html(markup);

function render(part: Part): string {
  if (part === false || part === null || part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(render).join('');
  return escapeText(String(part));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
