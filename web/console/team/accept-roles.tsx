import { pageOf } from '../addresses.ts';
import type { Api } from '../kernel/api/api.ts';
import { isProblem } from '../kernel/api/problem.ts';
import { Button } from '../kernel/parts/button.tsx';
import { Failure } from '../kernel/parts/failure.tsx';
import { Plain } from '../kernel/parts/plain.tsx';
import { useAction } from '../kernel/parts/use-action.ts';
import { navigate } from '../router.ts';
import { t } from '../words.ts';

interface AcceptRolesProps {
  readonly api: Api;
  readonly eventId: string;
  /** The token of the link. */
  readonly invitation: string;
  readonly onSignedOut: () => void;
}

/** An invitation works once: it is taken on by a press, not by opening its link. */
export function AcceptRoles({ api, eventId, invitation, onSignedOut }: AcceptRolesProps) {
  const { busy, error, run } = useAction(onSignedOut);
  const accept = async (): Promise<void> => {
    await api('POST /api/organiser/events/{eventId}/roles/redeem', { params: { eventId }, body: { invitation } });
    navigate(pageOf(eventId, ''), { replace: true });
  };
  const isGone = isProblem(error, 'role-invitation-not-valid') || isProblem(error, 'invalid-input');
  return (
    <Plain title={t('accept.title')}>
      <p>{t('accept.explain')}</p>
      {isGone ? (
        <p class="note bad" role="alert">
          {t('accept.gone')} <a href={pageOf(eventId, '')}>{t('accept.goOn')}</a>
        </p>
      ) : (
        <Failure error={error} />
      )}
      <Button busy={busy} onPress={() => run(accept)}>
        {t('accept.button')}
      </Button>
    </Plain>
  );
}
