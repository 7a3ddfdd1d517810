import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { UnsentError } from '../engine/engine.ts';

/** Asks once more, and is refused while scans would be lost (CI7). */
export function SignOut() {
  const { engine, words } = useApp();
  const [isSure, setSure] = useState(false);
  const [note, setNote] = useState<string>();
  const signOut = (): void => {
    setSure(false);
    engine.signOut().catch((error: unknown) => {
      setNote(error instanceof UnsentError ? words.settings.unsent : words.settings.signOutFailed);
    });
  };
  return (
    <>
      <p>{words.settings.signOutText}</p>
      <p role="alert" class={note && 'problem'}>
        {note}
      </p>
      {isSure ? (
        <div class="presses">
          <p>{words.settings.sure}</p>
          <button type="button" class="danger" onClick={signOut}>
            {words.settings.yes}
          </button>
          <button type="button" class="second" onClick={() => setSure(false)}>
            {words.settings.no}
          </button>
        </div>
      ) : (
        <button type="button" class="second" onClick={() => setSure(true)}>
          {words.settings.signOut}
        </button>
      )}
    </>
  );
}
