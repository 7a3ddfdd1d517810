import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { IntlMessageFormat } from 'intl-messageformat';

/**
 * Parses the ICU messages of the catalogues at build time, so that no bundle carries the parser: 9 KB of a zip, and
 * the parsing itself. `IntlMessageFormat`, the only reader of a message, takes the parsed form as it takes text.
 */
export const compiledMessages: Plugin = {
  name: 'compiled-messages',
  setup(build) {
    build.onResolve({ filter: /^@formatjs\/icu-messageformat-parser$/ }, ({ path, ...options }) =>
      build.resolve(`${path}/no-parser.js`, options),
    );
    build.onLoad({ filter: /\/shared\/i18n\/\w+\/[\w-]+\.json$/ }, async ({ path }) => {
      const messages: Record<string, string> = JSON.parse(await readFile(path, 'utf8'));
      const compiled = Object.entries(messages).map(([key, text]) => [key, new IntlMessageFormat(text).getAst()]);
      return { contents: JSON.stringify(Object.fromEntries(compiled)), loader: 'json' };
    });
  },
};
