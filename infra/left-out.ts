import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Leaves out of a bundle what libraries bring along and nothing of ours can reach at run time; a tenth of each zip.
 *
 * - how zod describes its schemas as JSON Schema: `openapi.json` is made beforehand (5 KB)
 * - how AWS's clients read event streams: they load it for operations that stream, of which DynamoDB, KMS and SES have none (7 KB)
 * - all that those clients' `package.json` say but the version, which goes into a header (2 KB)
 */
export const leftOut: Plugin = {
  name: 'left-out',
  setup(build) {
    build.onLoad({ filter: /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/ }, async ({ path }) => {
      const names = (await readFile(path, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm);
      return { contents: [...names].map(([, name]) => `export const ${name} = ${refuse('JSON Schema')};`).join('\n') };
    });
    build.onLoad({ filter: /\/@smithy\/core\/.*\/event-streams\/index\.js$/ }, () => ({
      contents: `export const EventStreamSerde = ${refuse('event streams')};`,
    }));
    build.onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

const refuse = (what: string): string => `function () { throw new Error('left out of this bundle: ${what}'); }`;
