import { useEffect } from 'preact/hooks';
import { pageAddress } from '../addresses.ts';
import { useDesk, useEventRead, useHas } from '../desk.ts';
import { Awaited } from '../kernel/parts/show.tsx';
import { t, wordFor } from '../words.ts';

const CHANGED = 'plenary.mail-changed';

/** What keeps mail from leaving may be another thing than before, or none: the banner stays while screens change, and looks again. */
export const lookAtMailAgain = (): boolean => dispatchEvent(new Event(CHANGED));

interface BannerProps {
  /** On which it is shown: *Mail* itself says what this means, and the overview what there is to do. */
  readonly page: string;
}

/** What keeps mail from everyone, or from nearly everyone, is said to organisers on each screen. */
export const MailBanner = ({ page }: BannerProps) =>
  useHas('write-to-many') && page !== '' ? <Banner page={page} /> : null;

function Banner({ page }: BannerProps) {
  const { event } = useDesk();
  const { loaded, reload } = useEventRead('GET /api/organiser/events/{eventId}/mail');
  useEffect(() => {
    const again = (): void => void reload();
    addEventListener(CHANGED, again);
    return () => removeEventListener(CHANGED, again);
  }, []);
  if (loaded.state === 'loading') return <Awaited />;
  const { account, held } = loaded.state === 'ready' ? loaded.value : {};
  const trouble = held ? 'held' : account?.troubles.find((each) => wordFor('mail.banner', each) !== undefined);
  if (trouble === undefined) return null;
  return (
    <p class="note warn">
      {wordFor('mail.banner', trouble)}{' '}
      {page !== 'mail' && (
        <a class="beside" href={pageAddress(event.id, 'mail')}>
          {t('mail.more')}
        </a>
      )}{' '}
      {trouble === 'sandbox' && account && (
        <a class="beside" href={account.page} rel="noreferrer">
          {t('mail.leave')}
        </a>
      )}
    </p>
  );
}
