import type { Page, Response } from 'playwright-core';

/** Fields of the form by name, as `formFields` of `test/support/forum.ts` gives them. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** Answers what is asked, each in the way its kind of field takes it. */
export async function fillIn(page: Page, fields: Fields): Promise<void> {
  for (const [name, value] of fields) {
    const field = page.locator(`[name="${name}"]`).first();
    switch (await field.getAttribute('type')) {
      case 'hidden':
        break;
      case 'radio':
      case 'checkbox':
        await page.check(`[name="${name}"][value="${value}"]`);
        break;
      default:
        if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption(value);
        else await field.fill(value);
    }
  }
}

/** Presses the form's button. @returns the answer to the post itself, before any redirect */
export async function send(page: Page): Promise<Response> {
  const posted = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('main form button[type=submit]').click();
  const response = await posted;
  await page.waitForLoadState();
  return response;
}
