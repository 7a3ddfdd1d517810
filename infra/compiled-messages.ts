import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Named } from './words-named.ts';

/** Its keys are made of what is told and to whom; and the one function that has it needs all of it. */
const WHOLE = 'mail';

/**
 * Parses the ICU messages of the catalogues at build time, so that no bundle carries the parser: 9 KB of a zip, and
 * the parsing itself. `IntlMessageFormat`, the only reader of a message, takes the parsed form as it takes text.
 *
 * @param isNamed which messages the bundle has a use for
 */
export const compiledMessages = (isNamed: Named): Plugin => ({
  name: 'compiled-messages',
  setup(build) {
    build.onResolve({ filter: /^@formatjs\/icu-messageformat-parser$/ }, ({ path, ...options }) =>
      build.resolve(`${path}/no-parser.js`, options),
    );
    build.onLoad({ filter: /\/shared\/i18n\/\w+\/[\w-]+\.json$/ }, async ({ path }) => {
      const messages: Record<string, string> = JSON.parse(await readFile(path, 'utf8'));
      const wanted = Object.entries(messages).filter(([key]) => basename(path, '.json') === WHOLE || isNamed(key));
      const compiled = wanted.map(([key, text]) => [key, new IntlMessageFormat(text).getAst()]);
      return { contents: JSON.stringify(Object.fromEntries(compiled)), loader: 'json' };
    });
  },
});
