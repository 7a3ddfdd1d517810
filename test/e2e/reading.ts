import type { Locator, Page } from 'playwright-core';

/** What a reader sees of an element: hidden parts left out. */
export async function shown(element: Locator): Promise<string> {
  const [text = ''] = await element.allInnerTexts();
  return text;
}

/** The title of the page, once it has one: some read first what they are about. */
export async function headingOf(page: Page): Promise<string> {
  const heading = page.getByRole('heading', { level: 1 });
  await heading.first().waitFor();
  return shown(heading);
}

export const mainTextOf = (page: Page): Promise<string> => shown(page.getByRole('main'));
