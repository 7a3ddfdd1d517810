import { useApp } from '../app-context.ts';
import { SyncState } from './sync-state.tsx';

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
