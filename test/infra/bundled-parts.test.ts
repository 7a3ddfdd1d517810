import { randomUUID } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as kms from '@aws-sdk/client-kms';
import * as ses from '@aws-sdk/client-ses';
import * as sesv2 from '@aws-sdk/client-sesv2';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, it } from 'vitest';
import { LAMBDA_BUNDLE } from '../../infra/bundle.ts';
import { compiledMessages } from '../../infra/compiled-messages.ts';
import { leftOut } from '../../infra/left-out.ts';
import { NOTICES } from '../../shared/kernel/i18n/notices.store.ts';
import { SITE } from '../../shared/kernel/i18n/site.store.ts';

/** What a source is once it is bundled as functions are. */
async function bundled(source: string, plugins: NonNullable<BuildOptions['plugins']>) {
  const stdin = { contents: source, resolveDir: LAMBDA_BUNDLE.absWorkingDir, sourcefile: 'source.ts' };
  const { outputFiles, metafile } = await build({ ...LAMBDA_BUNDLE, stdin, plugins, write: false, metafile: true });
  const file = join(tmpdir(), `plenary-bundled-${randomUUID()}.mjs`);
  await writeFile(file, outputFiles[0]?.contents ?? '');
  return { exports: await import(pathToFileURL(file).href), bytes: bytesOf(metafile) };
}

type ErrorClass = new (options: object) => Error;

/** Of each source, in the bundle. */
function bytesOf({ outputs }: Metafile): Record<string, number> {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return Object.fromEntries(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput]));
}

it('a message is bundled parsed, or as text where it is nothing else, and is the same message', async () => {
  const source = `
    import { IntlMessageFormat } from 'intl-messageformat';
    import { NOTICES } from './shared/kernel/i18n/notices.ts';
    import { SITE } from './shared/kernel/i18n/site.ts';
    export const catalogues = [SITE, NOTICES];
    export const parse = (message) => new IntlMessageFormat(message).getAst();
  `;
  const { exports, bytes } = await bundled(source, [compiledMessages(() => true)]);
  for (const [at, catalogue] of [SITE, NOTICES].entries()) {
    for (const [language, messages] of Object.entries(catalogue)) {
      const own: Record<string, unknown> = exports.catalogues[at][language];
      expect(Object.keys(own)).toEqual(Object.keys(messages));
      for (const [key, message] of Object.entries<string>(messages)) {
        const parts = new IntlMessageFormat(message).getAst();
        expect(exports.parse(own[key]), `${language} ${key}`).toEqual(parts);
        expect(typeof own[key] === 'string', `${language} ${key}`).toBe(parts.length === 1 && parts[0]?.type === 0);
      }
    }
  }
  expect(Object.keys(bytes).filter((path) => /icu-(messageformat-parser\/index|skeleton)/.test(path))).toEqual([]);
});

it('an error of AWS is what it was, without what is said twice', async () => {
  const source = `
    export * as dynamodb from '@aws-sdk/client-dynamodb';
    export * as kms from '@aws-sdk/client-kms';
    export * as ses from '@aws-sdk/client-ses';
    export * as sesv2 from '@aws-sdk/client-sesv2';
  `;
  const { exports, bytes } = await bundled(source, [leftOut]);
  const classes = Object.entries({ dynamodb, kms, ses, sesv2 }).flatMap(([client, original]) =>
    Object.entries<unknown>({ ...original })
      .filter(([, exported]) => typeof exported === 'function' && exported.prototype instanceof Error)
      .map(([name, Class]) => ({ name, Classes: [Class, exports[client][name]] as ErrorClass[] })),
  );
  expect(classes.length).toBeGreaterThan(80);
  for (const { name, Classes } of classes) {
    const [theirs, ours] = Classes.map((Class) => {
      const error = new Class({ message: 'no', $metadata: {}, CancellationReasons: [{ Code: 'TransactionConflict' }] });
      return {
        ...error,
        name: error.name,
        message: error.message,
        isOne: error instanceof Class,
        isError: error instanceof Error,
      };
    });
    expect(ours, name).toEqual(theirs);
  }
  const errors = Object.keys(bytes).filter((path) => /client-[a-z0-9]+\/.*\/errors\.js$/.test(path));
  expect(errors).toHaveLength(4);
  for (const path of errors) expect(bytes[path], path).toBeLessThan((await stat(path)).size / 3);
});

it('what no function can reach is left out, and the rest does what it did', async () => {
  const source = `
    import * as z from 'zod';
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    export const client = new DynamoDBClient({ region: 'eu-west-1', credentials: { accessKeyId: 'id', secretAccessKey: 'key' } });
    const topic = z.strictObject({ name: z.string(), get parts() { return z.array(topic).optional(); } });
    export { topic };
  `;
  const { exports, bytes } = await bundled(source, [leftOut]);
  const { error } = exports.topic.safeParse({ name: 'all', parts: [{ name: 1 }], more: true });
  expect(error.issues.map(({ code, path }: { code: string; path: string[] }) => [code, path.join('.')])).toEqual([
    ['invalid_type', 'parts.0.name'],
    ['unrecognized_keys', ''],
  ]);
  expect(exports.topic.parse({ name: 'all', parts: [{ name: 'one', parts: [] }] })).toEqual({
    name: 'all',
    parts: [{ name: 'one', parts: [] }],
  });
  expect(await exports.client.config.retryMode()).toBe('standard');
  const left = Object.keys(bytes).filter(
    (path) =>
      /(loadSharedConfigFiles|HeaderFormatter|\/locales\/en|\/memoizer)\.js$/.test(path) && (bytes[path] ?? 0) > 150,
  );
  expect(left).toEqual([]);
  expect(Object.keys(bytes).filter((path) => /HeaderFormatter|memoizer/.test(path))).toHaveLength(2);
});
