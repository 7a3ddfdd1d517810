import { useLayoutEffect, useState } from 'preact/hooks';
import { CONSOLE_PATH } from '../../shared/kernel/console-page.ts';

/** Where in the console someone is. */
export interface ConsoleLocation {
  readonly path: string;
  readonly query: URLSearchParams;
  /** What no server is sent: names and values, as in a query. */
  readonly fragment: URLSearchParams;
}

const here = (): ConsoleLocation => ({
  path: location.pathname,
  query: new URLSearchParams(location.search),
  fragment: new URLSearchParams(location.hash.slice(1)),
});
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

/** @param to path and query, and a fragment where there is one */
export function navigate(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  tell();
}

export function usePlace(): ConsoleLocation {
  const [place, setPlace] = useState(here);
  // Before any effect of what is shown: an address may lead on at once, which would be told to nobody yet.
  useLayoutEffect(() => {
    const update = (): void => setPlace(here());
    listeners.add(update);
    window.addEventListener('popstate', update);
    // Of a link that is opened where the console is open already, nothing but the fragment may differ.
    window.addEventListener('hashchange', update);
    document.addEventListener('click', followWithin);
    return () => {
      listeners.delete(update);
      window.removeEventListener('popstate', update);
      window.removeEventListener('hashchange', update);
      document.removeEventListener('click', followWithin);
    };
  }, []);
  return place;
}

/** Plain links to the console's own pages need no request; all others are the browser's. */
function followWithin(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.target !== '' || link.origin !== location.origin) return;
  if (!link.pathname.startsWith(CONSOLE_PATH) || link.hash !== '') return;
  event.preventDefault();
  navigate(link.pathname + link.search);
  scrollTo(0, 0);
}
