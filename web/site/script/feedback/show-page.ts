/** Shows a page that was fetched, in place of the one that is there: to go to its address would say to the server who had sent the form. */
export function showPage({ title, body, documentElement }: Document, url: string): void {
  document.title = title;
  for (const part of ['header', 'main']) {
    const fresh = body.querySelector(part);
    if (fresh !== null) document.querySelector(part)?.replaceWith(fresh);
  }
  document.documentElement.lang = documentElement.lang;
  if (url !== location.href) history.replaceState(null, '', url);
  const start = document.querySelector<HTMLElement>('.errors') ?? document.querySelector('main');
  start?.focus();
  start?.scrollIntoView();
}

/** The words of the first such element in the main part of a page. */
export const textIn = (page: Document, selector: string): string =>
  page.querySelector(`main ${selector}`)?.textContent ?? '';
