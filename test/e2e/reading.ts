import type { Locator, Page } from 'playwright-core';

/** What a reader sees of an element: hidden parts left out. */
export async function shown(element: Locator): Promise<string> {
  const [text = ''] = await element.allInnerTexts();
  return text;
}

export const headingOf = (page: Page): Promise<string> => shown(page.getByRole('heading', { level: 1 }));

export const mainTextOf = (page: Page): Promise<string> => shown(page.getByRole('main'));
