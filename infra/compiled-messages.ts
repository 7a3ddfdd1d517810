import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Metafile, Plugin } from 'esbuild';
import { CATALOGUES, type CatalogueName, LANGUAGE_TAGS } from '../shared/kernel/i18n/languages.ts';
import { messagesOf } from './languages.ts';

const PARSER = '@formatjs/icu-messageformat-parser';
/** Takes what is still text for a literal: everything else was parsed. */
const LITERALS = `
export * from '${PARSER}/no-parser.js';
export const parse = (value) => [{ type: 0, value }];
`;

/** Words are parsed when functions are built: no bundle carries the parser, 9 KB of a zip, and none parses. */
export const withoutParser: Plugin = {
  name: 'without-parser',
  setup(build) {
    const filter = new RegExp(`^${PARSER}$`);
    const namespace = 'without-parser';
    build.onResolve({ filter }, ({ resolveDir }) => ({
      path: PARSER,
      namespace,
      pluginData: resolveDir,
      sideEffects: false,
    }));
    build.onLoad({ filter, namespace }, ({ pluginData }) => ({ contents: LITERALS, resolveDir: pluginData }));
  },
};

/** Writes beside a script what it says, in every language: the catalogues of which its bundle holds the reader. */
export async function writeWords(folder: string, { outputs }: Metafile): Promise<void> {
  const bundled = new Set(Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const catalogues = CATALOGUES.filter((name) => bundled.has(`shared/kernel/i18n/${name}.store.ts`));
  for (const language of LANGUAGE_TAGS) {
    for (const catalogue of catalogues) {
      const file = join(folder, 'words', language, `${catalogue}.json`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(compiledWords(language, catalogue)));
    }
  }
}

/** Messages as `IntlMessageFormat` takes them: text where it is nothing else, parts otherwise. */
export function compiledWords(language: string, catalogue: CatalogueName): Readonly<Record<string, unknown>> {
  const messages = Object.entries(messagesOf(language, catalogue) ?? {});
  return Object.fromEntries(messages.map(([key, text]) => [key, compile(text)]));
}

function compile(text: string): unknown {
  const parts = parse(text);
  const [first] = parts;
  return parts.length === 1 && first?.type === TYPE.literal ? first.value : parts;
}
