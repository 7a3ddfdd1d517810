import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { MANIFESTS } from '../../functions/manifests.ts';
import { buildFunctions, LAMBDA_BUNDLE } from '../../infra/bundle.ts';
import { SITE_BUNDLE } from '../../infra/site-bundle.ts';

/** Every file of ours and of others that what is deployed is built from. */
async function filesOf(options: object): Promise<string[]> {
  const { metafile } = await build({ ...options, outdir: 'nowhere', write: false, metafile: true });
  return Object.keys(metafile.inputs);
}

/** As Vite builds it: with `await` at the top, and other scripts fetched later. */
const APP_BUNDLE = { ...SITE_BUNDLE, format: 'esm', splitting: true, target: 'es2022', supported: {} } as const;

it('what compiles mail templates is in no bundle; what it made is in that of the outbox', async () => {
  const entryPoints = Object.keys(MANIFESTS).map((name) => `functions/${name}/index.ts`);
  const files = (
    await Promise.all([
      filesOf({ ...LAMBDA_BUNDLE, entryPoints }),
      filesOf(SITE_BUNDLE),
      filesOf({ ...SITE_BUNDLE, entryPoints: ['web/console/main.tsx'] }),
      filesOf({ ...APP_BUNDLE, entryPoints: ['web/checkin/main.tsx'] }),
    ])
  ).flat();
  expect(files).toEqual(expect.arrayContaining(['shared/mail/letter/templates/compiled.ts', 'web/console/main.tsx']));
  expect(files.some((file) => file.startsWith('node_modules/nodemailer/'))).toBe(true);
  expect(files.filter((file) => /^node_modules\/mjml|\.mjml$|^infra\//.test(file))).toEqual([]);
});

const APPS: readonly (readonly [string, object, readonly string[]])[] = [
  ['site', SITE_BUNDLE, ['web/site/site.ts']],
  ['console', { ...SITE_BUNDLE, entryPoints: ['web/console/main.tsx'] }, ['web/console/main.tsx']],
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
