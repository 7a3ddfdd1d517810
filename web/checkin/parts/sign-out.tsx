import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { UnsentError } from '../engine/engine.ts';

/** Asks once more, and is refused while scans would be lost (CI7). */
export function SignOut() {
  const { engine, t } = useApp();
  const [isSure, setSure] = useState(false);
  const [note, setNote] = useState<string>();
  const signOut = (): void => {
    setSure(false);
    engine.signOut().catch((error: unknown) => {
      setNote(error instanceof UnsentError ? t('settings.unsent') : t('settings.signOutFailed'));
    });
  };
  return (
    <>
      <p>{t('settings.signOutText')}</p>
      <p role="alert" class={note && 'problem'}>
        {note}
      </p>
      {isSure ? (
        <div class="presses">
          <p>{t('settings.sure')}</p>
          <button type="button" class="danger" onClick={signOut}>
            {t('settings.yes')}
          </button>
          <button type="button" class="second" onClick={() => setSure(false)}>
            {t('settings.no')}
          </button>
        </div>
      ) : (
        <button type="button" class="second" onClick={() => setSure(true)}>
          {t('settings.signOut')}
        </button>
      )}
    </>
  );
}
