import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { PURPOSES } from '../shared/kernel/purposes.ts';
import { everyPurposeKept } from '../shared/uses.ts';

/**
 * Leaves out of a bundle what nothing can reach at run time; a tenth of each zip. Of libraries:
 *
 * - how zod describes its schemas as JSON Schema: `openapi.json` is made beforehand (5 KB)
 * - how it parses what refers to itself: nothing that comes as JSON or from a table does (1 KB, and time for each object)
 * - what it says of a problem in English: the code and the path of each is all that is read (1 KB)
 * - how AWS's clients read and sign event streams: they load it for operations that stream, of which DynamoDB, KMS and SES have
 *   none (8 KB)
 * - what they do where Lambda is not: hash in plain JavaScript, ask an EC2 instance for its region, look for settings in `~/.aws`
 *   (3 KB)
 * - retries at a rate that adapts: a mode that none of our functions is set to (1 KB)
 * - where DynamoDB's client remembers discovered endpoints: none of its operations discovers any (2 KB)
 * - all that those clients' `package.json` say but the version, which goes into a header (2 KB)
 * - what their errors say of themselves twice (2 KB)
 *
 * Of ours:
 *
 * - schemas that it does not ask for, which are made at their first use (1 KB)
 * - what is stored, of which the privacy page says what it is kept for: that is written here (8 KB)
 * - purpose and retention of each attribute, which nothing else reads (1 KB)
 */
export const leftOut: Plugin = {
  name: 'left-out',
  setup(build) {
    build.onLoad({ filter: /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/ }, async ({ path }) => {
      const names = (await readFile(path, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm);
      return { contents: [...names].map(([, name]) => refuse(name, 'JSON Schema')).join('\n') };
    });
    build.onLoad({ filter: /\/shared\/uses\.ts$/ }, () => ({
      contents: `export const everyPurposeKept = () => ${JSON.stringify(everyPurposeKept())};`,
    }));
    build.onLoad({ filter: /\/shared\/kernel\/stored\.schema\.ts$/ }, () => ({ contents: STORED, loader: 'ts' }));
    build.onLoad({ filter: /\/shared\/.*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(MADE_ONCE, '= /* @__PURE__ */ $1(').replace(KEPT_FOR, ')'),
      loader: 'ts',
    }));
    for (const [filter, contents] of WHOLE_FILES) build.onLoad({ filter }, () => ({ contents }));
    build.onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    build.onLoad(
      { filter: /\/@aws-sdk\/client-[\w-]+\/.*\/models\/(errors|\w+ServiceException)\.js$/ },
      async ({ path }) => ({
        contents: (await readFile(path, 'utf8'))
          .replace(SAID_TWICE, 'super(opts);')
          .replace(SET_AGAIN, '')
          .replace(AS_INHERITED, ''),
      }),
    );
  },
};

/** Making it has no effect: a bundle in which nothing asks for it does without. */
const MADE_ONCE = /= (once|stored|z\.lazy)\(/g;

/** Purpose and retention of a `field`. */
export const KEPT_FOR = new RegExp(
  `,\\s*'(?:${[...PURPOSES, 'impersonal'].join('|')})',\\s*(?:'[a-z-]+'|retention),?\\s*\\)`,
  'g',
);

/** What stands in for `stored.schema.ts`: a field is its schema, which esbuild puts in its place. */
const STORED = `
import * as z from 'zod';
import { once } from './once.ts';
function field(schema) { return schema; }
const stored = (make) => {
  const fields = once(make);
  return Object.assign(once(() => z.object(fields())), { fields });
};
export { field, stored };
`;

/** Name and fault of an error are fields of its class as well; its prototype was set by the class that all of them extend. */
const SAID_TWICE = /super\(\{\s*name: "\w+",\s*\$fault: "\w+",\s*\.\.\.opts,\s*\}\);/g;
const SET_AGAIN = /Object\.setPrototypeOf\(this, \w+\.prototype\);/g;
const AS_INHERITED = /constructor\((\w+)\) \{\s*super\(\1\);\s*\}/g;

const refuse = (name: string | undefined, what: string): string =>
  `export const ${name} = function () { throw new Error('left out of this bundle: ${what}'); };`;

/** Zod asks for none of the others where there is no memoizer, as in `zod/mini`. */
const MEMOIZER = [
  'export const memoizer = () => undefined;',
  ...['$ZodCyclicError', 'isRecursiveSchema', 'isBackEdge'].map((name) => refuse(name, 'references to itself')),
].join('\n');

const NO_SETTINGS = `
export { CONFIG_PREFIX_SEPARATOR } from './constants';
export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });
`;

/** Files that go as a whole, and what stands in for them. */
const WHOLE_FILES: readonly [RegExp, string][] = [
  [/\/zod\/v4\/core\/memoizer\.js$/, MEMOIZER],
  [/\/zod\/v4\/locales\/en\.js$/, 'export default () => ({ localeError: ({ code }) => code });'],
  [/\/@smithy\/core\/.*\/event-streams\/index\.js$/, refuse('EventStreamSerde', 'event streams')],
  [/\/@smithy\/core\/.*\/sha256\/Sha256Js\.js$/, refuse('Sha256Js', 'hashes in plain JavaScript')],
  [/\/@smithy\/core\/.*\/getInstanceMetadataRegion\.js$/, refuse('getInstanceMetadataRegion', 'regions of EC2')],
  [/\/@smithy\/signature-v4\/.*\/HeaderFormatter\.js$/, 'export class HeaderFormatter {}'],
  [/\/@smithy\/core\/.*\/loadSharedConfigFiles\.js$/, NO_SETTINGS],
  [/\/@smithy\/core\/.*\/util-retry\/AdaptiveRetryStrategy\.js$/, refuse('AdaptiveRetryStrategy', 'adaptive retries')],
  // It is made with the client, and never asked.
  [/\/mnemonist\/lru-cache\.js$/, 'export default class {}'],
];
