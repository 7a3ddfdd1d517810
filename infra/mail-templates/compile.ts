import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mjml2html from 'mjml';

/** What a template is given, by name, as TypeScript types. */
type Fields = Map<string, string>;

/**
 * `{{name}}` is text and gets escaped, `{{{name}}}` is markup; `{{#name}}…{{/name}}` is once for each of a list, whose item, where it is
 * text, is `{{.}}`.
 */
const TOKEN = /\{\{\{(\w+)\}\}\}|\{\{([#/]?)(\w+|\.)\}\}/g;

/**
 * Writes a template in the syntax of Mustache as a TypeScript function over `html`, of which nothing is left to look up
 * or to parse when it runs: a value that is missing or misspelt does not compile.
 */
export function typedTemplate(name: string, markup: string): string {
  const tokens = [...markup.matchAll(TOKEN)];
  let next = 0;
  let position = 0;
  const { body, fields } = section(undefined);
  const head = `export const ${camelCase(name)} = (${names(fields)}: ${typeOf(fields)}): Html => html\``;
  // In the template, a line that ends in a backslash leaves nothing between itself and the next one.
  return `${head}${body}\`;\n`.replaceAll(
    TOO_WIDE,
    (line, at) => `${line}${at + line.length > head.length ? '\\' : ''}\n`,
  );

  /** Reads on to where the section of this name ends, or to the end of the template. */
  function section(until: string | undefined): { readonly body: string; readonly fields: Fields } {
    const fields: Fields = new Map();
    let body = '';
    while (true) {
      const token = tokens[next];
      const text = markup.slice(position, token?.index);
      const strange = /\{\{[^}]*\}*/.exec(text);
      if (strange) throw new Error(`${name}: ${strange[0]} is not known`);
      body += literal(text);
      if (token === undefined) {
        if (until !== undefined) throw new Error(`${name}: {{#${until}}} does not end`);
        return { body, fields };
      }
      next += 1;
      position = token.index + token[0].length;
      const [, markupName, sign, textName = ''] = token;
      if (markupName !== undefined) body += value(fields, markupName, 'Markup');
      else if (sign === '#') body += list(fields, textName);
      else if (sign === '') body += value(fields, textName, 'Text');
      else if (textName === until) return { body, fields };
      else throw new Error(`${name}: {{/${textName}}} has no beginning`);
    }
  }

  function list(fields: Fields, listName: string): string {
    const item = section(listName);
    if (item.fields.has('.') && item.fields.size > 1) throw new Error(`${name}: items of ${listName} are text or not`);
    add(fields, listName, `readonly ${item.fields.get('.') ?? typeOf(item.fields)}[]`);
    return `\${${listName}.map((${names(item.fields)}) => html\`${item.body}\`)}`;
  }

  function value(fields: Fields, field: string, type: string): string {
    add(fields, field, type);
    return `\${${field === '.' ? 'item' : field}}`;
  }

  function add(fields: Fields, field: string, type: string): void {
    if ((fields.get(field) ?? type) !== type) throw new Error(`${name}: ${field} is used in two ways`);
    fields.set(field, type);
  }
}

const typeOf = (fields: Fields): string =>
  `{ ${[...fields].map(([name, type]) => `readonly ${name}: ${type}`).join('; ')} }`;

/** Where a line that would be wider than 155 goes on in the next one. */
const TOO_WIDE = /(?=.{156}).{1,153}(?:[;"]|\\n)(?=.)/g;

const names = (fields: Fields): string => (fields.has('.') ? 'item' : `{ ${[...fields.keys()].join(', ')} }`);

/** Text as it stands within a template literal. */
const literal = (text: string): string =>
  text.replaceAll(/[`\\]|\$\{/g, (special) => `\\${special}`).replaceAll('\n', '\\n');

const camelCase = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

export const SOURCES = fileURLToPath(new URL('../../shared/mail/letter/templates/', import.meta.url));

const FRAME = 'letter';
/** Where the frame has its parts. */
const SLOT = '<mj-raw>{{{blocks}}}</mj-raw>';
const [BEGIN, END] = ['<!--part-->', '<!--/part-->'];

const HEADER = [
  '// Written by `npm run mail-templates` from the .mjml files beside it, which are what to change.',
  "import { type Html, html } from '../../../kernel/html.ts';\n",
  'type Text = string | number;',
  'type Markup = Html | readonly Html[];\n',
];

/** All templates as one TypeScript module, in which each is a function of the values that its placeholders name. */
export async function compiledTemplates(): Promise<string> {
  const names = readdirSync(SOURCES).flatMap((file) => (file.endsWith('.mjml') ? basename(file, '.mjml') : []));
  const frame = source(FRAME);
  if (!frame.includes(SLOT)) throw new Error(`${FRAME}.mjml has no ${SLOT}`);
  const functions = names
    .sort()
    .map(async (name) => typedTemplate(name, name === FRAME ? await htmlOf(name, frame) : await part(name, frame)));
  return [...HEADER, ...(await Promise.all(functions))].join('\n');
}

/** A part is compiled within the frame, whose defaults and widths it takes on, and cut out again. */
async function part(name: string, frame: string): Promise<string> {
  const whole = frame.replace(SLOT, () => `<mj-raw>${BEGIN}</mj-raw>${source(name)}<mj-raw>${END}</mj-raw>`);
  const html = await htmlOf(name, whole);
  return html.slice(html.indexOf(BEGIN) + BEGIN.length, html.indexOf(END)).trimStart();
}

/** Comments are for readers of the sources, but for those that Outlook reads. */
const source = (name: string): string =>
  readFileSync(join(SOURCES, `${name}.mjml`), 'utf8').replaceAll(/<!-- .*? -->\s*/g, '');

/** @param name tells a developer which template to mend */
export async function htmlOf(name: string, mjml: string): Promise<string> {
  // Else MJML loads a font from Google where it knows the name of one in a list of fonts.
  const { html, errors } = await mjml2html(mjml, { fonts: {} });
  // MJML cannot know that a placeholder is no length or number; nothing else is forgiven.
  const mistakes = errors.filter(({ message }) => !/has invalid value: \{\{\w+\}\} for type Unit/.test(message));
  if (mistakes.length > 0) throw new Error(`${name}.mjml: ${mistakes.map(({ message }) => message).join('; ')}`);
  const lines = html.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
