import { t } from '../words.ts';
import { Button } from './parts/button.tsx';
import { Failure } from './parts/failure.tsx';
import { Plain } from './parts/plain.tsx';
import { useAction } from './parts/use-action.ts';
import type { Session } from './session/session.ts';

interface SignInProps {
  readonly session: Session;
  /** Why someone is here who was signed in. */
  readonly reason: 'ended' | 'failed' | undefined;
  readonly returnTo: string;
}

export function SignIn({ session, reason, returnTo }: SignInProps) {
  const { busy, error, run } = useAction();
  return (
    <Plain title={t('signIn.title')}>
      {reason && (
        <p class="note" role="alert">
          {t(`signIn.${reason}`)}
        </p>
      )}
      <p>{t('signIn.explain')}</p>
      <Failure error={error} />
      <Button busy={busy} onPress={() => run(() => session.signIn(returnTo))}>
        {t('signIn.button')}
      </Button>
    </Plain>
  );
}
