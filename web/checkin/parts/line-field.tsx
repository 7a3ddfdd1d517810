import type { RefObject } from 'preact';

interface LineFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'search';
  readonly inputMode?: 'numeric';
  readonly autocapitalize?: 'characters';
  readonly maxLength?: number;
  /** What is wrong with what was typed; absent where the screen says that elsewhere. */
  readonly problem?: string;
}

/** A line to be typed, again and again: what stands there goes with the first key. */
export function LineField({ field, label, hint, problem, ...input }: LineFieldProps) {
  const [hintId, problemId] = [`${input.id}-hint`, `${input.id}-problem`];
  return (
    <>
      <label for={input.id}>{label}</label>
      {hint && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p class={problem && 'problem'} id={problemId} role="alert">
          {problem}
        </p>
      )}
      <input
        {...input}
        list={undefined}
        ref={field}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={[hint && hintId, problem && problemId].filter(Boolean).join(' ') || undefined}
        aria-invalid={Boolean(problem)}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
    </>
  );
}
