import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Named } from './words-named.ts';

const I18N = fileURLToPath(new URL('../shared/kernel/i18n', import.meta.url));

/** Its keys are made of what is told and to whom; and the one function that has it needs all of it. */
const WHOLE = 'mail';

const PARSER = '@formatjs/icu-messageformat-parser';
/** Takes what is still text for a literal: everything else was parsed. */
const LITERALS = `
export * from '${PARSER}/no-parser.js';
export const parse = (value) => [{ type: 0, value }];
`;

/** The module of all catalogues, of which a bundle takes those that it imports. */
const CATALOGUES = 'plenary:catalogues';
const NAMESPACE = 'compiled-messages';

/**
 * Parses the ICU messages of the catalogues at build time, so that no bundle carries the parser: 9 KB of a zip, and
 * the parsing itself. `IntlMessageFormat`, the only reader of a message, takes the parsed form as it takes text; a message
 * without arguments stays text. All words become one module: a zip finds what it had before within 32 KB only, so that those of
 * a language take 1 to 3 KB less where nothing else lies between them.
 *
 * @param isNamed which messages the bundle has a use for
 */
export const compiledMessages = (isNamed: Named): Plugin => ({
  name: 'compiled-messages',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${PARSER}$`) }, ({ resolveDir }) => ({
      path: PARSER,
      namespace: NAMESPACE,
      pluginData: resolveDir,
      sideEffects: false,
    }));
    build.onLoad({ filter: new RegExp(`^${PARSER}$`), namespace: NAMESPACE }, ({ pluginData }) => ({
      contents: LITERALS,
      resolveDir: pluginData,
    }));
    build.onLoad({ filter: /\/shared\/kernel\/i18n\/\w+\/[\w-]+\.json$/ }, ({ path }) => ({
      contents: `export { ${nameOf(path)} as default } from '${CATALOGUES}';`,
    }));
    build.onResolve({ filter: new RegExp(`^${CATALOGUES}$`) }, ({ path }) => ({
      path,
      namespace: NAMESPACE,
      sideEffects: false,
    }));
    build.onLoad({ filter: new RegExp(`^${CATALOGUES}$`), namespace: NAMESPACE }, () => ({
      contents: cataloguesOf(isNamed),
    }));
  },
});

const areaOf = (path: string): string => basename(path, '.json');
/** Of a variable: `km_self_service`. */
const nameOf = (path: string): string => `${basename(dirname(path))}_${areaOf(path)}`.replaceAll('-', '_');

function cataloguesOf(isNamed: Named): string {
  const paths = readdirSync(I18N, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
  return paths
    .sort()
    .map((path) => `export const ${nameOf(path)} = ${JSON.stringify(compiled(path, isNamed))};`)
    .join('\n');
}

function compiled(path: string, isNamed: Named): Record<string, unknown> {
  const messages: Record<string, string> = JSON.parse(readFileSync(join(I18N, path), 'utf8'));
  const wanted = Object.entries(messages).filter(([key]) => areaOf(path) === WHOLE || isNamed(key));
  return Object.fromEntries(wanted.map(([key, text]) => [key, compile(text)]));
}

/** Text where it is nothing else, parts otherwise. */
function compile(text: string): unknown {
  const parts = new IntlMessageFormat(text).getAst();
  const [first] = parts;
  return parts.length === 1 && first?.type === 0 ? first.value : parts;
}
