import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { LAMBDA_BUNDLE } from '../../infra/bundle.ts';
import { SITE_BUNDLE } from '../../infra/site-bundle.ts';
import { FUNCTION_ENVIRONMENT } from '../../shared/env.ts';

/** Every file of ours and of others that what is deployed is built from. */
async function filesOf(options: object): Promise<string[]> {
  const { metafile } = await build({ ...options, outdir: 'nowhere', write: false, metafile: true });
  return Object.keys(metafile.inputs);
}

it('what compiles mail templates is in no bundle; what it made is in that of the outbox', async () => {
  const entryPoints = Object.keys(FUNCTION_ENVIRONMENT).map((name) => `functions/${name}/index.ts`);
  const files = (
    await Promise.all([
      filesOf({ ...LAMBDA_BUNDLE, entryPoints }),
      filesOf(SITE_BUNDLE),
      filesOf({ ...SITE_BUNDLE, entryPoints: ['web/console/main.tsx'] }),
    ])
  ).flat();
  expect(files).toEqual(expect.arrayContaining(['shared/mail/templates/compiled.ts', 'web/console/main.tsx']));
  expect(files.some((file) => file.startsWith('node_modules/nodemailer/'))).toBe(true);
  expect(files.filter((file) => /^node_modules\/mjml|\.mjml$|^infra\//.test(file))).toEqual([]);
});
