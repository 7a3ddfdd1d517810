import { useApp } from '../app-context.ts';
import { ago, useNow } from '../times.ts';

/** How phone and server stand, which leads to more about it. */
export function SyncLine({ onPress }: { readonly onPress: () => void }) {
  const { t } = useApp();
  return (
    <button type="button" class="sync" onClick={onPress}>
      <SyncState />
      <span class="unseen"> {t('settings.title')}</span>
    </button>
  );
}

/** Always in sight: whether the phone is heard, what it still has to say, and since when it was not. */
export function SyncState() {
  const { phone, snapshot, t } = useApp();
  const { queue, upload, download } = snapshot;
  const now = useNow(phone.now);
  const trouble = upload.trouble ?? download.trouble;
  const lastTalk = Math.max(upload.at ?? 0, download.at ?? 0) || undefined;
  const parts = [
    t(`sync.${trouble ?? 'online'}`),
    queue.waiting === 0 ? t('sync.allSent') : t('sync.waiting', { count: queue.waiting }),
    ...(queue.refused > 0 ? [t('sync.refused', { count: queue.refused })] : []),
    ...(trouble === undefined ? [] : [t('sync.lastTalk', { when: ago(lastTalk, now, t) })]),
  ];
  return (
    <span class={`sync-state ${trouble === undefined ? 'fine' : 'troubled'}`}>
      <span class="dot" aria-hidden="true" />
      {parts.join(' · ')}
    </span>
  );
}
