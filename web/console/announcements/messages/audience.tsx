import { useEffect, useState } from 'preact/hooks';
import { pageOf } from '../../addresses.ts';
import { useDesk, useRead } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api/routes.ts';
import { Failure } from '../../kernel/parts/failure.tsx';
import { languageName } from '../../names.ts';
import { UNREACHED } from '../../registration/registrations/filter.ts';
import { t } from '../../words.ts';
import { type Segment, segmentOf } from './draft.ts';

export type Preview = AnswerOf<'POST /api/organiser/events/{eventId}/messages/preview'>;

/** Milliseconds after the last tick until it is counted. */
const PAUSE = 500;

/** How many someone's choice reaches, counted anew whenever it changes. */
export function LiveCount({ segment }: { readonly segment: Segment }) {
  const { api, event } = useDesk();
  const chosen = usePaused(JSON.stringify(segmentOf(segment)));
  const { loaded } = useRead(chosen, () =>
    api('POST /api/organiser/events/{eventId}/messages/preview', {
      params: { eventId: event.id },
      body: { segment: JSON.parse(chosen) },
    }),
  );
  return (
    <div class="note" role="status">
      {loaded.state === 'ready' ? (
        <Reached of={loaded.value} />
      ) : loaded.state === 'failed' ? (
        <Failure error={loaded.error} />
      ) : (
        t('messages.counting')
      )}
    </div>
  );
}

/** @returns a value once it has stayed the same for a moment */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}

export const Reached = ({ of: { people, mails, leftOut } }: { readonly of: Preview }) => (
  <>
    <strong>{t('messages.goesTo', { count: people, letters: mails === people ? 0 : mails })}</strong>
    {leftOut.bounced > 0 && (
      <p>
        {t('messages.bounced', { value: leftOut.bounced })} <CorrectThem />
      </p>
    )}
    {leftOut.complained > 0 && <p>{t('messages.complained', { value: leftOut.complained })}</p>}
    {leftOut['opted-out'] > 0 && <p>{t('messages.optedOut', { value: leftOut['opted-out'] })}</p>}
  </>
);

function CorrectThem() {
  const { event } = useDesk();
  return <a href={pageOf(event.id, 'registrations', { status: UNREACHED })}>{t('messages.correctThem')}</a>;
}

function takesText(minutes: number): string {
  if (minutes < 2) return t('messages.takes.minute');
  if (minutes < 120) return t('messages.takes.minutes', { minutes });
  const hours = minutes / 60;
  if (hours < 48) return t('messages.takes.hours', { hours: Math.round(hours) });
  return t('messages.takes.days', { days: Math.round(hours / 24) });
}

/** Said before it is sent: who reads another language than their own, and how long it takes. */
export const Expected = ({ of: { languages, minutes } }: { readonly of: Preview }) => (
  <ul>
    {languages
      .filter(({ language, reads }) => language !== reads)
      .map(({ language, reads, mails: some }) => (
        <li key={language}>
          {t('messages.readsOther', { value: some, own: languageName(language), read: languageName(reads) })}
        </li>
      ))}
    {minutes !== undefined && <li>{takesText(minutes)}</li>}
    <li>{t('messages.waits')}</li>
  </ul>
);
