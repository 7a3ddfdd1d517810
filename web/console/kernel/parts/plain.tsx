import type { ComponentChildren } from 'preact';
import { Heading } from './heading.tsx';

/** A page of its own, without an event around it. */
export function Plain({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <main class="plain">
      <Heading>{title}</Heading>
      {children}
    </main>
  );
}
