import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mjml2html from 'mjml';
import { typedTemplate } from './typed-template.ts';

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

/** @param name for who has to mend it */
export async function htmlOf(name: string, mjml: string): Promise<string> {
  // Else MJML loads a font from Google where it knows the name of one in a list of fonts.
  const { html, errors } = await mjml2html(mjml, { fonts: {} });
  // That a placeholder is no length or number, MJML cannot know; nothing else is forgiven.
  const mistakes = errors.filter(({ message }) => !/has invalid value: \{\{\w+\}\} for type Unit/.test(message));
  if (mistakes.length > 0) throw new Error(`${name}.mjml: ${mistakes.map(({ message }) => message).join('; ')}`);
  const lines = html.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
