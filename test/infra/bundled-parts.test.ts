import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as kms from '@aws-sdk/client-kms';
import * as ses from '@aws-sdk/client-ses';
import * as sesv2 from '@aws-sdk/client-sesv2';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, it, vi } from 'vitest';
import { LAMBDA_BUNDLE } from '../../infra/bundle.ts';
import { withoutParser, writeWords } from '../../infra/compiled-messages.ts';
import { messagesOf } from '../../infra/languages.ts';
import { leftOut } from '../../infra/left-out.ts';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';

/** What a source is once it is bundled as functions are. */
async function bundled(source: string, plugins: NonNullable<BuildOptions['plugins']>, folder = tmpdir()) {
  const stdin = { contents: source, resolveDir: LAMBDA_BUNDLE.absWorkingDir, sourcefile: 'source.ts' };
  const { outputFiles, metafile } = await build({
    ...LAMBDA_BUNDLE,
    stdin,
    plugins,
    define: { __FILES__: JSON.stringify('./') },
    write: false,
    metafile: true,
  });
  const file = join(folder, `plenary-bundled-${randomUUID()}.mjs`);
  await writeFile(file, outputFiles[0]?.contents ?? '');
  return { exports: await import(pathToFileURL(file).href), bytes: bytesOf(metafile), metafile };
}

type ErrorClass = new (options: object) => Error;

/** Of each source, in the bundle. */
function bytesOf({ outputs }: Metafile): Record<string, number> {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return Object.fromEntries(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput]));
}

it('words lie beside a bundle parsed, or as text where a message is nothing else, and say the same', async () => {
  const source = `
    export { noticeWords } from './shared/kernel/i18n/notices.store.ts';
    export { siteWords } from './shared/kernel/i18n/site.store.ts';
    export { IntlMessageFormat } from 'intl-messageformat';
  `;
  const folder = await mkdtemp(join(tmpdir(), 'plenary-words-'));
  const { exports, bytes, metafile } = await bundled(source, [withoutParser], folder);
  await writeWords(folder, metafile);
  expect(await readdir(join(folder, 'words'))).toEqual(LANGUAGE_TAGS);
  for (const language of LANGUAGE_TAGS) {
    expect(await readdir(join(folder, 'words', language))).toEqual(['notices.json', 'site.json']);
    for (const [catalogue, words] of [
      ['site', exports.siteWords],
      ['notices', exports.noticeWords],
    ] as const) {
      const written = JSON.parse(await readFile(join(folder, 'words', language, `${catalogue}.json`), 'utf8'));
      const messages = messagesOf(language, catalogue) ?? {};
      expect(Object.keys(written)).toEqual(Object.keys(messages));
      for (const [key, message] of Object.entries(messages)) {
        const parts = new IntlMessageFormat(message).getAst();
        expect(new exports.IntlMessageFormat(written[key]).getAst(), `${language} ${key}`).toEqual(parts);
        expect(typeof written[key] === 'string', `${language} ${key}`).toBe(parts.length === 1 && parts[0]?.type === 0);
        if (typeof written[key] === 'string') expect(words(language)(key)).toBe(written[key]);
      }
    }
  }
  expect(Object.keys(bytes).filter((path) => /icu-(messageformat-parser\/index|skeleton)/.test(path))).toEqual([]);
});

it.each([
  ['is not there', undefined],
  ['is broken', '{"problem.internal.title": "km'],
  ['is no object', 'null'],
])('EV4: a file of words that %s: English is said, and counted; without English, the key', async (_, text) => {
  const source = "export { siteWords } from './shared/kernel/i18n/site.store.ts';";
  const folder = await mkdtemp(join(tmpdir(), 'plenary-words-'));
  const { exports, metafile } = await bundled(source, [withoutParser], folder);
  await writeWords(folder, metafile);
  const replace = async (language: string): Promise<void> => {
    const file = join(folder, 'words', language, 'site.json');
    await (text === undefined ? rm(file) : writeFile(file, text));
  };
  const said: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void said.push(line));
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  await replace('km');
  const t = exports.siteWords('km');
  for (const _time of [1, 2]) expect(t('site.name')).toBe(messagesOf('en', 'site')?.['site.name']);
  expect(said).toHaveLength(1);
  await replace('en');
  const { exports: later } = await bundled(source, [withoutParser], folder);
  expect(later.siteWords('km')('site.name')).toBe('site.name');
  vi.restoreAllMocks();
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
