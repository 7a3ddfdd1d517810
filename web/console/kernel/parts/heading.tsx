import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../words.ts';

let isFirst = true;

interface HeadingProps {
  readonly children: string;
  /** What the tab is called, where the title is the name of someone under 18: tabs stay in histories. */
  readonly tab?: string | undefined;
}

/**
 * A screen's title: also the tab's, and where reading goes on after a change of screen. On the first one the browser
 * starts at the top by itself.
 */
export function Heading({ children, tab = children }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  useEffect(() => {
    document.title = `${tab} – ${t('common.console')}`;
  }, [tab]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
