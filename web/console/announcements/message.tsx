import { useEffect, useRef, useState } from 'preact/hooks';
import { NEW_MESSAGE, pageOf } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import { isProblem } from '../kernel/api/problem.ts';
import { FactList } from '../kernel/parts/fact-list.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { languageName, when } from '../names.ts';
import { t } from '../words.ts';
import { NewMessage } from './messages/new-message.tsx';
import { isOver, Progress, type Read } from './messages/progress.tsx';
import { type Page, Results } from './messages/results.tsx';
import { segmentText, titleOf } from './messages/segment-text.ts';

/** One message that was sent, or one to write. */
export function Message({ one }: { readonly one: string }) {
  const { event } = useDesk();
  return (
    <>
      <p class="back">
        <a href={pageOf(event.id, 'messages')}>{t('messages.back')}</a>
      </p>
      {one === NEW_MESSAGE ? <NewMessage /> : <Sent id={one} />}
    </>
  );
}

/** Milliseconds between two looks: longer where there is more to count, which costs more and takes longer. */
const SOON = 2000;
const LATEST = 30_000;
const pauseOf = ({ written, expected = written }: Read): number => Math.min(LATEST, SOON + expected * 5);

/** How it goes on is shown by itself until nothing waits any more. */
function Sent({ id }: { readonly id: string }) {
  const { api, event } = useDesk();
  const [page, setPage] = useState<Page>({});
  const message = useRead(JSON.stringify([id, page]), () =>
    api('GET /api/organiser/events/{eventId}/messages/{messageId}', {
      params: { eventId: event.id, messageId: id },
      query: page,
    }),
  );
  const { loaded, reload } = message;
  // What was read before stays until the next is there: neither a look nor a turn of the page takes anything away.
  const latest = useRef<Read | undefined>(undefined);
  if (loaded.state === 'ready') latest.current = loaded.value;
  const read = latest.current;
  useEffect(() => {
    if (loaded.state === 'loading' || (loaded.state === 'ready' && isOver(loaded.value))) return undefined;
    const timer = setTimeout(reload, loaded.state === 'failed' ? LATEST : pauseOf(loaded.value));
    return () => clearTimeout(timer);
  }, [loaded]);
  if (loaded.state === 'failed' && isProblem(loaded.error, 'not-found')) {
    return <Heading>{t('messages.notFound')}</Heading>;
  }
  if (read === undefined) return <Show of={message}>{() => null}</Show>;
  return (
    <>
      <Heading>{titleOf(read)}</Heading>
      {loaded.state === 'failed' && <Show of={message}>{() => null}</Show>}
      <FactList
        facts={[
          [t('messages.to'), segmentText(event, read.segment)],
          [t('messages.sentAt'), when(event, read.createdAt)],
        ]}
      />
      <Progress of={read} onStopped={reload} />
      <Results of={read} page={page} onTurn={setPage} />
      {read.words && <Said words={read.words} languages={event.languages} />}
    </>
  );
}

interface SaidProps {
  readonly words: NonNullable<Read['words']>;
  /** Of the event, in its order. */
  readonly languages: readonly string[];
}

const Said = ({ words: said, languages }: SaidProps) => (
  <section>
    <h2>{t('messages.said')}</h2>
    {inOrder(said, languages).map(([language, { subject, text }]) => (
      <details key={language}>
        <summary>{languageName(language)}</summary>
        <p lang={language}>
          <strong>{subject}</strong>
        </p>
        <p class="told" lang={language}>
          {text}
        </p>
      </details>
    ))}
  </section>
);

/** One that the event does not have any more comes last. */
const inOrder = (said: SaidProps['words'], languages: readonly string[]) =>
  Object.entries(said).sort(([one], [other]) => placeOf(one, languages) - placeOf(other, languages));

const placeOf = (language: string, languages: readonly string[]): number =>
  languages.includes(language) ? languages.indexOf(language) : languages.length;
