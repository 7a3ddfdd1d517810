import { useApp } from '../app-context.ts';
import { ago } from '../times.ts';
import { useNow } from '../use-now.ts';

const HALF_A_MINUTE = 30_000;

/** When phone and server talked last, what was wrong since, and what waits. */
export function Talk() {
  const { engine, phone, snapshot, words } = useApp();
  const { queue, upload, download } = snapshot;
  const now = useNow(phone.now, HALF_A_MINUTE);
  const line = ({ at, trouble }: typeof upload): string =>
    [ago(at, now, words), ...(trouble === undefined ? [] : [words.sync[trouble]])].join(' · ');
  return (
    <>
      <dl>
        <dt>{words.sync.lastSent}</dt>
        <dd>{line(upload)}</dd>
        <dt>{words.sync.lastTaken}</dt>
        <dd>{line(download)}</dd>
      </dl>
      <p>
        {queue.waiting === 0 ? words.sync.allSent : words.sync.waiting(queue.waiting)}
        {queue.refused > 0 && ` · ${words.sync.refused(queue.refused)}`}
      </p>
      {upload.trouble !== undefined && <p>{words.sync.scansStay}</p>}
      <button type="button" class="second" onClick={() => engine.sync().catch(() => {})}>
        {words.sync.now}
      </button>
    </>
  );
}
