import { useState } from 'preact/hooks';
import type { CheckinTranslate } from '../../../shared/kernel/i18n/words.ts';
import { useApp } from '../app-context.ts';
import { type Snapshot, UnsentError } from '../engine/engine.ts';
import { ago, clockOf, useNow } from '../times.ts';

/** Asks once more, and is refused while scans would be lost (CI7). */
export function SignOut() {
  const { engine, t } = useApp();
  const [isSure, setSure] = useState(false);
  const [note, setNote] = useState<string>();
  const signOut = (): void => {
    setSure(false);
    engine.signOut().catch((error: unknown) => {
      setNote(error instanceof UnsentError ? t('settings.unsent') : t('settings.signOutFailed'));
    });
  };
  return (
    <>
      <p>{t('settings.signOutText')}</p>
      <p role="alert" class={note && 'problem'}>
        {note}
      </p>
      {isSure ? (
        <div class="presses">
          <p>{t('settings.sure')}</p>
          <button type="button" class="danger" onClick={signOut}>
            {t('settings.yes')}
          </button>
          <button type="button" class="second" onClick={() => setSure(false)}>
            {t('settings.no')}
          </button>
        </div>
      ) : (
        <button type="button" class="second" onClick={() => setSure(true)}>
          {t('settings.signOut')}
        </button>
      )}
    </>
  );
}

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

/** When phone and server talked last, what was wrong since, and what waits. */
export function DeviceTalk() {
  const { engine, phone, snapshot, t } = useApp();
  const { queue, upload, download } = snapshot;
  const now = useNow(phone.now);
  const [note, setNote] = useState<string>();
  const talk = async (): Promise<void> => {
    setNote(t('enrol.busy'));
    await engine.sync().catch(() => undefined);
    setNote(resultOf(engine.snapshot(), phone.now(), t));
  };
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
      {(upload.trouble ?? download.trouble) === 'no-answer' && <p>{t('sync.tryNetwork')}</p>}
      {upload.trouble !== undefined && snapshot.standing === 'active' && <p>{t('sync.scansStay')}</p>}
      <button type="button" class="second" onClick={() => void talk()}>
        {t('sync.now')}
      </button>
      <p role="status">{note}</p>
    </>
  );
}

/** What came of bringing phone and server together: most often nothing that is seen anywhere else. @param now epoch milliseconds */
function resultOf({ upload, download, queue, setup }: Snapshot, now: number, t: CheckinTranslate): string {
  const trouble = upload.trouble ?? download.trouble;
  if (trouble !== undefined) return t(`sync.${trouble}`);
  if (queue.waiting > 0) return t('sync.waiting', { count: queue.waiting });
  return t('sync.upToDate', { at: clockOf(now, setup?.event.timeZone ?? 'UTC') });
}
