import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { CONSOLE_LANGUAGES, chooseLanguage, LANGUAGE, t, wasChosen, wordFor } from '../../words.ts';
import { ApiProblem, UnreachableError } from '../api.ts';
import { useAction } from './request.ts';

let isFirst = true;
/** Whether a title was to have the focus: what is not shown yet loses it. */
let isOwed = false;

const isLost = (): boolean => document.activeElement === document.body;

/** Gives the title the focus that it lost, unless it went elsewhere meanwhile. */
export function focusTitleOwed(): void {
  if (isOwed && isLost()) document.querySelector<HTMLElement>('h1')?.focus();
  // Where more is awaited, it is not shown yet.
  isOwed &&= isLost();
}

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
  useLayoutEffect(() => {
    if (!isFirst) heading.current?.focus();
    isOwed = !isFirst && isLost();
    isFirst = false;
  }, []);
  // Together with what is said in it.
  useLayoutEffect(() => {
    document.title = `${tab} – ${t('common.console')}`;
  }, [tab]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

export function SignOutButton({ onSignOut }: { readonly onSignOut: () => Promise<void> }) {
  const { busy, run } = useAction();
  return (
    <button type="button" class="quiet" aria-disabled={busy || undefined} onClick={() => run(onSignOut)}>
      {t('common.signOut')}
    </button>
  );
}

/** Each language by its own name, where there are several. Once one was chosen, the choice says so in it: it has the focus. */
export function ConsoleLanguage() {
  const choice = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (wasChosen()) choice.current?.focus();
  }, []);
  const languages = Object.entries(CONSOLE_LANGUAGES);
  if (languages.length === 1) return null;
  return (
    <select
      ref={choice}
      class="language"
      aria-label={t('fact.language')}
      value={LANGUAGE}
      onChange={(event) => chooseLanguage(event.currentTarget.value)}
    >
      {languages.map(([tag, name]) => (
        <option key={tag} value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </select>
  );
}

interface PlainProps {
  readonly title: string;
  /** For a member who is signed in. */
  readonly onSignOut?: () => Promise<void>;
  readonly children?: ComponentChildren;
}

/** A page of its own, without an event around it. */
export function Plain({ title, onSignOut, children }: PlainProps) {
  return (
    <main class="plain">
      <div class="ways">
        <ConsoleLanguage />
        {onSignOut && <SignOutButton onSignOut={onSignOut} />}
      </div>
      <Heading>{title}</Heading>
      {children}
    </main>
  );
}

interface FailureNoteProps {
  readonly error: unknown;
  /** What it says instead of what is said of the error everywhere. */
  readonly children?: ComponentChildren;
}

/** What went wrong and what to do about it; nothing where nothing did. */
export function FailureNote({ error, children }: FailureNoteProps) {
  if (error === undefined) return null;
  return (
    <p class="note bad" role="alert">
      {children || failureText(error)}
    </p>
  );
}

function failureText(error: unknown): string {
  if (error instanceof UnreachableError || error instanceof TypeError) return t('failure.unreachable');
  if (!(error instanceof ApiProblem)) return t('failure.unknown');
  const own = error.problem && wordFor('failure.problems', error.problem);
  if (own) return own;
  if (error.errors.length > 0) return error.errors.map(({ message }) => message).join(' ');
  if (error.problem !== undefined) return [error.message, error.detail].filter(Boolean).join('. ');
  return t('failure.unknown');
}
