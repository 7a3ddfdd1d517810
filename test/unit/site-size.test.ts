import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { siteAssets } from '../support/site-assets.ts';
import { pages } from '../support/site-pages.ts';

const KILOBYTE = 1024;
/** What a phone loads to see the form: page, styles, script. */
const FIRST_VIEW = 10 * KILOBYTE;

it('the first view of the form in English weighs at most 10 KB', async () => {
  const assets = await siteAssets();
  const weigh = (file: Uint8Array | string | undefined): number => gzipSync(file ?? '', { level: 9 }).length;
  const sizes = {
    html: weigh(pages('en')['form']),
    css: weigh(assets.get('/assets/site.css')),
    js: weigh(assets.get('/assets/site.js')),
  };
  const total = sizes.html + sizes.css + sizes.js;
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(FIRST_VIEW);
  expect(sizes.js).toBeLessThan(2.5 * KILOBYTE);
});
