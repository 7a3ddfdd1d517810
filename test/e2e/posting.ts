import type { Page, Response } from 'playwright-core';

/**
 * Does what sends a form, and waits for the page that it leads to. Not for its load state, which is that of the page before
 * as long as the answer has not come in.
 *
 * @returns the answer to the post itself, before any redirect
 */
export async function posting(page: Page, act: () => Promise<unknown>): Promise<Response> {
  await page.waitForLoadState();
  const [response] = await Promise.all([
    page.waitForResponse((each) => each.request().method() === 'POST'),
    page.waitForEvent('load'),
    act(),
  ]);
  return response;
}
