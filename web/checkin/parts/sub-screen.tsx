import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import type { Screens } from '../use-screen.ts';

interface SubScreenProps {
  readonly title: string;
  readonly screens: Screens;
  readonly children: ComponentChildren;
}

/** A screen that was opened from the door, and leads back there. */
export function SubScreen({ title, screens, children }: SubScreenProps) {
  const { t } = useApp();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <main class="plain">
      <button type="button" class="second back" onClick={screens.close}>
        <span aria-hidden="true">‹ </span>
        {t('common.back')}
      </button>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  );
}
