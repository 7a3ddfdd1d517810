import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { siteAssets } from '../support/site-assets.ts';
import { pages } from '../support/site-pages.ts';

const KILOBYTE = 1024;
/** What a phone loads to see the form and to be able to fill it in and send it: page, styles, script. */
const FIRST_VIEW = 10.6 * KILOBYTE;
/** What it loads afterwards, to turn the one page into steps and to say in each what is wrong. */
const STEPS = 6.6 * KILOBYTE;
/** What proves attendance without a name: a phone loads it once for all forms about an event. */
const FEEDBACK = 20_000;

const assets = await siteAssets();
const form = pages('en')['form'] ?? '';
const weigh = (file: Uint8Array | string): number => gzipSync(file, { level: 9 }).length;

/** Every file that the page names, but for its icon. */
const fetched = [...form.matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g)].map(
  ([, path = '']) => path,
);

describe('the form in English', () => {
  it('weighs at most 10.6 KB at first view', () => {
    const sizes = { html: weigh(form), ...Object.fromEntries(fetched.map((path) => [path, weigh(asset(path))])) };
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    expect(Object.keys(sizes)).toEqual(['html', '/assets/site.css', '/assets/site.js']);
    expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(FIRST_VIEW);
  });

  it('takes at most 6.6 KB more for its steps, once it can be used without them', () => {
    expect(form).toContain('data-script="/assets/form-en.js"');
    expect(weigh(asset('/assets/form-en.js'))).toBeLessThanOrEqual(STEPS);
  });
});

it('the script of feedback weighs at most 20 KB, its cryptography included', () => {
  expect(pages('en')['feedback']).toContain('src="/assets/feedback.js"');
  expect(form).not.toContain('feedback.js');
  expect(weigh(asset('/assets/feedback.js'))).toBeLessThanOrEqual(FEEDBACK);
});

function asset(path: string): Uint8Array {
  const found = assets.get(path);
  if (found === undefined) throw new Error(`${path} is not built`);
  return found;
}
