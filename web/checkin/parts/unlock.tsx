import { useEffect, useRef, useState } from 'preact/hooks';
import type { SearchLockView } from '../../../shared/kernel/http/problem.schema.ts';
import { useApp } from '../app-context.ts';
import { signUnlock } from '../passkey.ts';

interface UnlockProps {
  readonly lock: SearchLockView;
  /** Searches once more, with what opens it. */
  readonly onUnlock: (unlock: string) => void;
}

/** Opens a desk's search: by the six digits that were shown as the phone was let in, or by its screen lock. */
export function Unlock({ lock: { triesLeft, passkey }, onUnlock }: UnlockProps) {
  const { words } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  useEffect(() => field.current?.focus(), []);
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    const digits = field.current?.value.replace(/\D/g, '') ?? '';
    if (digits.length === 6) onUnlock(`code ${digits}`);
    else setProblem(words.unlock.short);
  };
  const sign = (asked: NonNullable<SearchLockView['passkey']>): void => {
    signUnlock(asked).then(onUnlock, () => setProblem(words.unlock.notSigned));
  };
  return (
    <form onSubmit={open} noValidate>
      <label for="digits">{words.unlock.label}</label>
      <p class="hint" id="digits-hint">
        {words.unlock.hint(triesLeft)}
      </p>
      <p role="alert" class={problem && 'problem'}>
        {problem}
      </p>
      <input
        ref={field}
        id="digits"
        inputMode="numeric"
        autocomplete="off"
        maxLength={9}
        aria-describedby="digits-hint"
      />
      <button type="submit">{words.unlock.open}</button>
      {passkey && (
        <button type="button" class="second" onClick={() => sign(passkey)}>
          {words.unlock.passkey}
        </button>
      )}
    </form>
  );
}
