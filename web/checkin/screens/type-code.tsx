import { useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { SubScreen } from '../parts/sub-screen.tsx';
import type { Screens } from '../use-screen.ts';
import type { Desk } from '../verdict/use-desk.ts';

/** What stands below a ticket's square, for codes that no camera reads. */
export function TypeCode({ desk, screens }: { readonly desk: Desk; readonly screens: Screens }) {
  const { words } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const [isEmpty, setEmpty] = useState(false);
  const check = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = field.current?.value.trim() ?? '';
    setEmpty(typed === '');
    if (typed === '') field.current?.focus();
    else desk.read(typed);
  };
  return (
    <SubScreen title={words.typed.title} screens={screens}>
      <form onSubmit={check} noValidate>
        <label for="code">{words.typed.label}</label>
        <p class="hint" id="code-hint">
          {words.typed.hint}
        </p>
        <p class={isEmpty ? 'problem' : undefined} id="code-problem" role="alert">
          {isEmpty && words.typed.empty}
        </p>
        <input
          ref={field}
          id="code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby="code-hint code-problem"
          aria-invalid={isEmpty}
        />
        <button type="submit">{words.typed.check}</button>
      </form>
      <p role="status">{desk.note}</p>
    </SubScreen>
  );
}
