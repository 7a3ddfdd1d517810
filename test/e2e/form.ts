import type { BrowserContextOptions, Page, Response } from 'playwright-core';
import { formFields } from '../support/forum.ts';
import { posting } from './posting.ts';
import type { Site } from './site.ts';

/** Fields of the form by name, as `formFields` of `test/support/forum.ts` gives them. */
export type Fields = readonly (readonly [name: string, value: string])[];

/**
 * Answers what is asked, each in the way its kind of field takes it; with a script, step by step to the last.
 * Fields of a step come before those that they make appear.
 */
export async function fillIn(page: Page, fields: Fields): Promise<void> {
  await ready(page);
  for (;;) {
    await fillStep(page, fields);
    if (!(await isInSteps(page)) || (await isLastStep(page))) return;
    await goOn(page);
  }
}

/** A new reader in front of the form, with whatever its script does done. */
export async function openForm(site: Site, address = site.form, options?: BrowserContextOptions): Promise<Page> {
  const page = await site.visit(options);
  await page.goto(address);
  await ready(page);
  return page;
}

/** The same, as far as a step, with everything before it answered. */
export async function openAt(site: Site, step: string, changes: Record<string, unknown> = {}): Promise<Page> {
  const page = await openForm(site);
  while ((await stepOf(page)) !== step) {
    await fillStep(page, formFields(changes));
    await goOn(page);
  }
  return page;
}

/** Answers what is asked where the page is now. */
export async function fillStep(page: Page, fields: Fields): Promise<void> {
  for (const [name, value] of fields) await answer(page, name, value);
}

/** A form with a script is only complete once that has turned it into steps. */
export async function ready(page: Page): Promise<void> {
  const scripted = await page.evaluate(() => matchMedia('(scripting: enabled)').matches);
  if (scripted && (await page.locator('form[data-script]').count()) > 0) await page.locator('html.scripted').waitFor();
}

/** Presses "Continue". @throws with what is wrong in the step, if anything is */
export async function goOn(page: Page): Promise<void> {
  const step = await stepOf(page);
  await page.locator('.steps button[type=submit]').click();
  if ((await stepOf(page)) !== step) return;
  throw new Error(`${step} cannot be left: ${await page.locator('.errors li').allInnerTexts()}`);
}

/** The id of the step that is shown. */
export const stepOf = (page: Page): Promise<string | null> =>
  page.locator('form section:not([hidden])').first().getAttribute('id');

const isInSteps = async (page: Page): Promise<boolean> => (await page.locator('.steps').count()) > 0;

const isLastStep = (page: Page): Promise<boolean> => page.locator('form button[data-sending]').isVisible();

async function answer(page: Page, name: string, value: string): Promise<void> {
  switch (await page.evaluate(kindOf, name)) {
    case undefined:
      return;
    case 'radio':
    case 'checkbox':
      return page.check(`[name="${name}"][value="${value}"]`);
    case 'select-one':
      await page.locator(`[name="${name}"]`).selectOption(value);
      return;
    default:
      return page.locator(`[name="${name}"]`).first().fill(value);
  }
}

/** In the page: what is answered by a field that is seen. Asked at once: a form has many, of which a step shows few. */
function kindOf(name: string): string | undefined {
  const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  return field?.checkVisibility({ visibilityProperty: true }) ? field.type : undefined;
}

/** Sends the form as it is, past what the script would have asked for first. @returns the answer */
export const sendUnchecked = (page: Page): Promise<Response> =>
  posting(page, () => page.locator('main form').evaluate((form: HTMLFormElement) => form.submit()));

/** Presses the form's button. @returns the answer to the post itself, before any redirect */
export async function send(page: Page): Promise<Response> {
  await ready(page);
  return posting(page, () => page.locator('main form button[type=submit]').filter({ visible: true }).click());
}
