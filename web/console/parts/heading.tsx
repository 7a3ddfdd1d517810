import { useEffect, useRef } from 'preact/hooks';
import { words } from '../words.ts';

let isFirst = true;

/**
 * A screen's title: also the tab's, and where reading goes on after a change of screen. On the first one the browser
 * starts at the top by itself.
 */
export function Heading({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  useEffect(() => {
    document.title = `${children} – ${words.console}`;
  }, [children]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
