import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from './app-context.ts';

const SCREENS = ['scan', 'lists', 'typed', 'search', 'walk-in', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

export interface Screens {
  readonly screen: Screen;
  readonly open: (screen: Screen) => void;
  /** Back to scanning. */
  readonly close: () => void;
}

/** Which screen is open. The phone's own way back leads to scanning, not out of the app. */
export function useScreen(): Screens {
  const [screen, setScreen] = useState(fromHistory);
  const isClosing = useRef(false);
  useEffect(() => {
    const onBack = (): void => {
      isClosing.current = false;
      setScreen(fromHistory());
    };
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, []);
  return {
    screen,
    open: (next) => {
      const open = fromHistory();
      if (next === open) return;
      // From one screen to another there is still one step back.
      if (open === 'scan') history.pushState({ screen: next }, '');
      else history.replaceState({ screen: next }, '');
      setScreen(next);
    },
    close: () => {
      // One step and no more, however often it was pressed: the next one leads out of the app.
      if (isClosing.current || fromHistory() === 'scan') return;
      isClosing.current = true;
      history.back();
    },
  };
}

function fromHistory(): Screen {
  const state: unknown = history.state;
  const named = typeof state === 'object' && state !== null && 'screen' in state ? state.screen : undefined;
  return SCREENS.find((screen) => screen === named) ?? 'scan';
}

interface SubScreenProps {
  readonly title: string;
  readonly screens: Screens;
  readonly children: ComponentChildren;
}

/** What was pressed may be gone: reading goes on from the title of what is there. */
export function focusTitle(options?: FocusOptions): void {
  if (document.activeElement === document.body) document.querySelector('h1')?.focus(options);
}

export function Title({ children }: { readonly children: ComponentChildren }) {
  useLayoutEffect(() => focusTitle(), []);
  return <h1 tabIndex={-1}>{children}</h1>;
}

/** A screen that was opened from the door, and leads back there. */
export function SubScreen({ title, screens, children }: SubScreenProps) {
  const { t } = useApp();
  return (
    <main class="plain">
      <button type="button" class="second back" onClick={screens.close}>
        <span aria-hidden="true">‹ </span>
        {t('common.back')}
      </button>
      <Title>{title}</Title>
      {children}
    </main>
  );
}
