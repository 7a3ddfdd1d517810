import { useApp } from '../app-context.ts';
import { ago } from '../times.ts';
import { useNow } from '../use-now.ts';

const HALF_A_MINUTE = 30_000;

/** When phone and server talked last, what was wrong since, and what waits. */
export function Talk() {
  const { engine, phone, snapshot, t } = useApp();
  const { queue, upload, download } = snapshot;
  const now = useNow(phone.now, HALF_A_MINUTE);
  const line = ({ at, trouble }: typeof upload): string =>
    [ago(at, now, t), ...(trouble === undefined ? [] : [t(`sync.${trouble}`)])].join(' · ');
  return (
    <>
      <dl>
        <dt>{t('sync.lastSent')}</dt>
        <dd>{line(upload)}</dd>
        <dt>{t('sync.lastTaken')}</dt>
        <dd>{line(download)}</dd>
      </dl>
      <p>
        {queue.waiting === 0 ? t('sync.allSent') : t('sync.waiting', { count: queue.waiting })}
        {queue.refused > 0 && ` · ${t('sync.refused', { count: queue.refused })}`}
      </p>
      {upload.trouble !== undefined && <p>{t('sync.scansStay')}</p>}
      <button type="button" class="second" onClick={() => engine.sync().catch(() => {})}>
        {t('sync.now')}
      </button>
    </>
  );
}
