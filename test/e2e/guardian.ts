import type { Page, Response } from 'playwright-core';
import { youngFields } from '../support/young.ts';
import { posting } from './posting.ts';

/** Someone under 18 and their guardian, each with an address and a language of their own. */
export interface Pair {
  /** Part of all that is theirs. */
  readonly name: string;
  readonly young: string;
  readonly guardian: string;
  readonly language: string;
  readonly guardianLanguage: string;
}

export const pairOf = (name: string, language = 'en', guardianLanguage = language): Pair => ({
  name,
  young: `${name}@young.test`,
  guardian: `${name}@guardian.test`,
  language,
  guardianLanguage,
});

/** What is typed in the short form. */
export const askedOf = ({ name, young, guardian, language, guardianLanguage }: Pair): [string, string][] =>
  youngFields({
    name,
    email: young,
    language,
    'guardian.name': `Parent of ${name}`,
    'guardian.email': guardian,
    'guardian.language': guardianLanguage,
  });

/** Presses a button of the page. @returns the answer to the press itself, before any redirect */
export const press = (page: Page, button: string): Promise<Response> =>
  posting(page, () => page.locator(button).click());

export const AGREE = 'button[value=agree]';

/** Someone under 18 presses on the page that the first mail leads to, without a browser. */
export async function proveAddress(manage: string): Promise<void> {
  const body = new URLSearchParams({ action: 'ask' });
  const { status } = await fetch(`${manage.replace(/\?.*/, '')}/ask`, { method: 'POST', body, redirect: 'manual' });
  if (status !== 303) throw new Error(`the press was answered with ${status}`);
}
