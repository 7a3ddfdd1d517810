import { useApp } from '../app-context.ts';
import { SyncState } from './sync-state.tsx';

/** How phone and server stand, which leads to more about it. */
export function SyncLine({ onPress }: { readonly onPress: () => void }) {
  const { words } = useApp();
  return (
    <button type="button" class="sync" onClick={onPress}>
      <SyncState />
      <span class="unseen"> {words.settings.title}</span>
    </button>
  );
}
