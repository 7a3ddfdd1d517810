import { navigate, pageAddress } from '../addresses.ts';
import { type Api, isProblem } from '../kernel/api.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { FailureNote, Heading, Plain } from '../kernel/parts/page.tsx';
import { useAction } from '../kernel/parts/request.ts';
import { t } from '../words.ts';

interface AcceptRolesProps {
  readonly api: Api;
  readonly eventId: string;
  /** The token of the link. */
  readonly invitation: string;
  readonly onSignedOut: () => void;
  readonly onSignOut: () => Promise<void>;
}

/** An invitation works once: it is taken on by a press, not by opening its link. */
export function AcceptRoles({ api, eventId, invitation, onSignedOut, onSignOut }: AcceptRolesProps) {
  const { busy, error, run } = useAction(onSignedOut);
  const accept = async (): Promise<void> => {
    await api('POST /api/organiser/events/{eventId}/roles/redeem', { params: { eventId }, body: { invitation } });
    navigate(pageAddress(eventId, ''), { replace: true });
  };
  const isGone = isProblem(error, 'role-invitation-not-valid') || isProblem(error, 'invalid-input');
  return (
    <Plain title={t('accept.title')} onSignOut={onSignOut}>
      <p>{t('accept.explain')}</p>
      <FailureNote error={error}>
        {isGone && [t('accept.gone'), ' ', <a href={pageAddress(eventId, '')}>{t('accept.goOn')}</a>]}
      </FailureNote>
      <Button busy={busy} onPress={() => run(accept)}>
        {t('accept.button')}
      </Button>
    </Plain>
  );
}

/** For someone who signed in and whom nobody has invited into this event. */
export const NoRole = ({ title }: { readonly title: string }) => (
  <>
    <Heading>{t('noRole.title')}</Heading>
    <p>{t('noRole.explain', { event: title })}</p>
    <p>{t('noRole.todo')}</p>
  </>
);

/** For a page that none of someone's roles opens. */
export const NotForYou = () => (
  <>
    <Heading>{t('notForYou.title')}</Heading>
    <p>{t('notForYou.explain')}</p>
  </>
);

/** For a page that one of someone's roles would open, if they were vetted. */
export const NotVetted = () => (
  <>
    <Heading>{t('notVetted.title')}</Heading>
    <p>{t('notVetted.explain')}</p>
  </>
);
