import { useEffect, useState } from 'preact/hooks';
import { pageOf } from '../../addresses.ts';
import { useDesk, useRead } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api/routes.ts';
import { Failure } from '../../kernel/parts/failure.tsx';
import { languageName } from '../../names.ts';
import { UNREACHED } from '../../registration/registrations/filter.ts';
import { words } from '../../words.ts';
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
        words.messages.counting
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
    <strong>{words.messages.goesTo(people, mails)}</strong>
    {leftOut.bounced > 0 && (
      <p>
        {words.messages.bounced(leftOut.bounced)} <CorrectThem />
      </p>
    )}
    {leftOut.complained > 0 && <p>{words.messages.complained(leftOut.complained)}</p>}
    {leftOut['opted-out'] > 0 && <p>{words.messages.optedOut(leftOut['opted-out'])}</p>}
  </>
);

function CorrectThem() {
  const { event } = useDesk();
  return <a href={pageOf(event.id, 'registrations', { status: UNREACHED })}>{words.messages.correctThem}</a>;
}

/** Said before it is sent: who reads another language than their own, and how long it takes. */
export const Expected = ({ of: { languages, minutes } }: { readonly of: Preview }) => (
  <ul>
    {languages
      .filter(({ language, reads }) => language !== reads)
      .map(({ language, reads, mails: some }) => (
        <li key={language}>{words.messages.readsOther(some, languageName(language), languageName(reads))}</li>
      ))}
    {minutes !== undefined && <li>{words.messages.takes(minutes)}</li>}
    <li>{words.messages.waits}</li>
  </ul>
);
