import { useEffect, useState } from 'preact/hooks';
import { t } from '../../words.ts';

/** Says so while the machine has no network: what is shown may be old, and nothing can be saved. */
export function Offline() {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = (): void => setOnline(navigator.onLine);
    addEventListener('online', update);
    addEventListener('offline', update);
    return () => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
    };
  }, []);
  return <div role="status">{!online && <p class="note warn">{t('common.offline')}</p>}</div>;
}
