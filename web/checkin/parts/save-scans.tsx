import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';

/** Scans that are not on the server, as a file for an organiser: nothing that was scanned is ever stuck in a phone. */
export function SaveScans() {
  const { engine, snapshot, t } = useApp();
  const [note, setNote] = useState<string>();
  const { waiting, refused } = snapshot.queue;
  if (waiting + refused === 0) return <p>{t('settings.nothing')}</p>;
  const save = (): void => {
    engine.exportScans().then(
      (file) => {
        saveFile(`check-in-scans-${snapshot.device?.id ?? 'phone'}.json`, file);
        setNote(t('settings.saved'));
      },
      () => setNote(t('scan.failed')),
    );
  };
  return (
    <>
      <button type="button" class="second" onClick={save}>
        {t('settings.exportScans')}
      </button>
      <p role="status">{note}</p>
    </>
  );
}

function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers begin to read only after this.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
