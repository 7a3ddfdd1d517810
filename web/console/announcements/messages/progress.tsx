import { useAct, useDesk } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api/routes.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { t } from '../../words.ts';

export type Read = AnswerOf<'GET /api/organiser/events/{eventId}/messages/{messageId}'>;

/** Whether nothing of it can change by itself any more. */
export const isOver = ({ doneAt, stoppedAt, counts }: Read): boolean =>
  (doneAt ?? stoppedAt) !== undefined && counts.waiting === 0;

interface ProgressProps {
  readonly of: Read;
  readonly onStopped: () => Promise<void>;
}

/** How far it has come, and how to stop the rest. */
export function Progress({ of: read, onStopped }: ProgressProps) {
  const { written, expected = written, doneAt, stoppedAt, counts } = read;
  const all = Math.max(doneAt === undefined ? expected : written, written);
  const done = Math.max(0, written - counts.waiting);
  return (
    <section>
      {!isOver(read) && <progress aria-label={t('messages.progress')} value={done} max={Math.max(all, 1)} />}
      <p role={isOver(read) ? 'status' : undefined}>
        {stoppedAt
          ? t('messages.stoppedWith', { never: counts.stopped + Math.max(0, all - written) })
          : isOver(read)
            ? t('messages.finished', { all: written })
            : doneAt === undefined
              ? t('messages.preparing', { written, expected: all })
              : t('messages.leaving', { left: done, all })}
      </p>
      {!stoppedAt && counts.waiting > 0 && (
        <p class="hint">{t('messages.waitTheirTurn', { waiting: counts.waiting })}</p>
      )}
      {!stoppedAt && !isOver(read) && read.kind === 'organiser-message' && <Stop id={read.id} onStopped={onStopped} />}
    </section>
  );
}

function Stop({ id, onStopped }: { readonly id: string; readonly onStopped: () => Promise<void> }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const stop = async (): Promise<void> => {
    const params = { eventId: event.id, messageId: id };
    await api('POST /api/organiser/events/{eventId}/messages/{messageId}/stop', { params });
    tell(t('messages.stoppedNow'));
    await onStopped();
  };
  return (
    <Sure
      label={t('messages.stop')}
      follows={t('messages.stopFollows')}
      now={t('messages.stopNow')}
      kind="danger"
      busy={busy}
      error={error}
      onPress={() => run(stop)}
    />
  );
}
