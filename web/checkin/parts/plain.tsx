import type { ComponentChildren } from 'preact';
import { LanguageChoice } from './language-choice.tsx';

/** A screen that says one thing, in a language that whoever reads it can choose. */
export function Plain({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <main class="plain">
      <h1>{title}</h1>
      {children}
      <LanguageChoice />
    </main>
  );
}
