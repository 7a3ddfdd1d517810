import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { MANIFESTS } from '../../functions/manifests.ts';
import { buildFunctions } from '../../infra/bundle.ts';
import { SITE_BUNDLE } from '../../infra/site-bundle.ts';
import type { Manifest } from '../../shared/kernel/manifest.ts';
import { CAPABILITIES, type Capability } from '../house/capability.ts';
import { functionBundles } from './function-bundles.ts';

/** Every file of ours and of others that what is deployed is built from. */
async function filesOf(options: object): Promise<string[]> {
  const { metafile } = await build({ ...options, outdir: 'nowhere', write: false, metafile: true });
  return Object.keys(metafile.inputs);
}

/** As Vite builds it: with `await` at the top, and other scripts fetched later. */
const APP_BUNDLE = { ...SITE_BUNDLE, format: 'esm', splitting: true, target: 'es2022', supported: {} } as const;

it('what compiles mail templates is in no bundle; what it made is in that of the outbox', async () => {
  const files = (
    await Promise.all([
      functionBundles().then((bundles) => bundles.flatMap((each) => each.files)),
      filesOf(SITE_BUNDLE),
      filesOf({ ...APP_BUNDLE, entryPoints: ['web/console/main.tsx'] }),
      filesOf({ ...APP_BUNDLE, entryPoints: ['web/checkin/main.tsx'] }),
    ])
  ).flat();
  expect(files).toEqual(expect.arrayContaining(['shared/mail/letter/templates/compiled.ts', 'web/console/main.tsx']));
  expect(files.some((file) => file.startsWith('node_modules/nodemailer/'))).toBe(true);
  expect(files.filter((file) => /^node_modules\/mjml|\.mjml$|^infra\//.test(file))).toEqual([]);
});

it('no function bundles an SDK that traces: Lambda does so by itself where it is told to', async () => {
  const files = (await functionBundles()).flatMap((each) => each.files);
  expect(files.some((file) => file.includes('/@aws-lambda-powertools/logger/'))).toBe(true);
  expect(files.filter((file) => /aws-xray|powertools\/tracer|opentelemetry/.test(file))).toEqual([]);
});

describe('the bundle of a function', () => {
  /** The privacy notice says of each attribute that is stored why it is: that is data, of all capabilities. */
  const DATA_OF_ALL = ['shared/uses.ts'];
  const manifests = Object.values<Manifest>(MANIFESTS);

  const capabilitiesOf = (files: readonly string[]): readonly Capability[] =>
    CAPABILITIES.filter((each) => files.some((file) => isOf(each, file)));
  const isOf = (capability: Capability, file: string): boolean =>
    file.startsWith(`shared/${capability}/`) || file.startsWith(`web/site/${capability}/`);

  it('holds of capabilities, besides the kernel, what its manifest says that it may reach, and no other', async () => {
    const bundles = await functionBundles();
    const reached = bundles.map(({ name, reachedPast }) => [name, capabilitiesOf(reachedPast(DATA_OF_ALL))]);
    const allowed = manifests.map(({ name, reaches }) => [name, ['kernel', ...reaches]]);
    expect(Object.fromEntries(reached)).toEqual(Object.fromEntries(allowed));
  });

  it('of feedback holds no registration; and what holds one is seen', async () => {
    const of = new Map((await functionBundles()).map(({ name, files }) => [name, capabilitiesOf(files)]));
    expect(of.get('feedback')).not.toContain('registration');
    expect(of.get('feedback-tokens')).toContain('registration');
  });

  it('holds what writes into tables where its manifest lets it write, and nowhere else: not of site', async () => {
    const WRITES = /\/(?:Put|Update|Delete|BatchWrite|TransactWrite)(?:Item)?Command\.js$/;
    const MAY_WRITE = /^dynamodb:(?:Put|Update|Delete|BatchWrite)Item$/;
    const bundles = await functionBundles();
    const writing = bundles.filter(({ files }) => files.some((file) => WRITES.test(file))).map(({ name }) => name);
    const allowed = manifests.filter(({ access }) =>
      Object.values(access)
        .flat()
        .some((each) => MAY_WRITE.test(each)),
    );
    expect(writing).toEqual(allowed.map(({ name }) => name));
    expect(writing).not.toContain('site');
  });
});

const APPS: readonly (readonly [string, object, readonly string[]])[] = [
  ['site', SITE_BUNDLE, ['web/site/site.ts']],
  ['console', { ...APP_BUNDLE, entryPoints: ['web/console/main.tsx'] }, ['web/console/main.tsx']],
  [
    'check-in app',
    { ...APP_BUNDLE, entryPoints: ['web/checkin/main.tsx', 'web/checkin/scan/read-code.ts'] },
    ['web/checkin/verdict/face.ts', 'web/checkin/scan/read-code.ts'],
  ],
];

it.each(APPS)('the scripts of the %s carry no schemas', async (_, options, some) => {
  const files = await filesOf(options);
  expect(files).toEqual(expect.arrayContaining([...some]));
  expect(
    files.filter((file) => /^node_modules\/zod\/|^shared\/.*\.(?:schema|routes|store|case|mail)\.ts$/.test(file)),
  ).toEqual([]);
});

it('functions are built at most four at a time, so that a build fits into a small machine', async () => {
  const built: string[] = [];
  let running = 0;
  let most = 0;
  await buildFunctions(async (name) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    built.push(name);
  });
  expect(built.sort()).toEqual(Object.keys(MANIFESTS).sort());
  expect(most).toBe(4);
});
