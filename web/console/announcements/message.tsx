import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { RESULT_STATES, type ResultState } from '../../../shared/announcements/announcement.ts';
import { NEW_MESSAGE, pageAddress, registrationAddress } from '../addresses.ts';
import { useAct, useDesk, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { Button, Confirmation } from '../kernel/parts/buttons.tsx';
import { FactList, TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { isMissing, Show } from '../kernel/parts/show.tsx';
import { languageText, when } from '../names.ts';
import { t } from '../words.ts';
import { segmentText, titleOf } from './audience.tsx';
import { ChosenMessageForm, MessageForm } from './new-message.tsx';
import { Choose } from './preview.tsx';

/** One message that was sent, or one to write. */
export function MessageScreen({ one, query }: { readonly one: string; readonly query: URLSearchParams }) {
  const { event } = useDesk();
  return (
    <>
      <p class="back">
        <a href={pageAddress(event.id, 'messages')}>{t('messages.back')}</a>
      </p>
      {one !== NEW_MESSAGE ? <Sent id={one} /> : query.get('of') === 'chosen' ? <ChosenMessageForm /> : <MessageForm />}
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
  if (isMissing(message)) return <Heading>{t('messages.notFound')}</Heading>;
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
      {read.words && <MessageTexts words={read.words} languages={event.languages} />}
    </>
  );
}

interface MessageTextsProps {
  readonly words: NonNullable<Read['words']>;
  /** Of the event, in its order. */
  readonly languages: readonly string[];
}

const MessageTexts = ({ words: said, languages }: MessageTextsProps) => (
  <section>
    <h2>{t('messages.said')}</h2>
    {inOrder(said, languages).map(([language, { subject, text }]) => (
      <details key={language}>
        <summary>{languageText(language)}</summary>
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
const inOrder = (said: MessageTextsProps['words'], languages: readonly string[]) =>
  Object.entries(said).sort(([one], [other]) => placeOf(one, languages) - placeOf(other, languages));

const placeOf = (language: string, languages: readonly string[]): number =>
  languages.includes(language) ? languages.indexOf(language) : languages.length;

type Read = AnswerOf<'GET /api/organiser/events/{eventId}/messages/{messageId}'>;

/** Whether nothing of it can change by itself any more. */
const isOver = ({ doneAt, stoppedAt, counts }: Read): boolean =>
  (doneAt ?? stoppedAt) !== undefined && counts.waiting === 0;

interface ProgressProps {
  readonly of: Read;
  readonly onStopped: () => Promise<void>;
}

/** How far it has come, and how to stop the rest. */
function Progress({ of: read, onStopped }: ProgressProps) {
  const { written, expected = written, doneAt, stoppedAt, senderLeft, counts } = read;
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
      {senderLeft && <p class="note warn">{t('messages.senderLeft')}</p>}
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
    await onStopped();
    // The button is gone by now: reading goes on from the title.
    tell(t('messages.stoppedNow'));
  };
  return (
    <Confirmation
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

/** Which of the results are shown. */
interface Page {
  readonly state?: ResultState;
  readonly cursor?: string;
}

interface ResultsProps {
  readonly of: Read;
  readonly page: Page;
  readonly onTurn: (page: Page) => void;
}

/** What became of each mail, by state, a page at a time. */
function Results({ of: { asOf, counts, results, next, unnamed, forgotten }, page, onTurn }: ResultsProps) {
  const { event } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  const turned = useRef(page.cursor);
  // The button that turned the page is at the bottom, or gone: reading goes on at the top.
  useLayoutEffect(() => {
    if (turned.current !== page.cursor) heading.current?.focus();
    turned.current = page.cursor;
  }, [page.cursor]);
  const all = RESULT_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const states = RESULT_STATES.filter((state) => (counts[state] ?? 0) > 0 || state === page.state);
  const nameOf = (state: ResultState | 'all'): string =>
    state === 'all' ? `${t('messages.all')} ${all}` : `${t(`messages.state.${state}`)} ${counts[state] ?? 0}`;
  return (
    <section>
      <h2 ref={heading} tabIndex={-1}>
        {t('messages.results')}
      </h2>
      {all > 0 && (
        <Choose
          label={t('messages.results')}
          of={['all', ...states]}
          chosen={page.state ?? 'all'}
          name={nameOf}
          onChoose={(state) => onTurn(state === 'all' ? {} : { state })}
        />
      )}
      {asOf && <p class="hint">{t('messages.asOf', { instant: when(event, asOf) })}</p>}
      {unnamed > 0 && <p class="note">{t('messages.unnamed', { value: unnamed })}</p>}
      {forgotten > 0 && <p class="note">{t('messages.forgotten', { value: forgotten })}</p>}
      {results.length === 0 ? <p class="empty">{t('messages.noResults')}</p> : <ResultTable results={results} />}
      {(page.cursor || next) && (
        <p class="buttons">
          {page.cursor && (
            <Button kind="quiet" onPress={() => onTurn(page.state ? { state: page.state } : {})}>
              {t('messages.first')}
            </Button>
          )}
          {next && (
            <Button kind="quiet" onPress={() => onTurn({ ...page, cursor: next })}>
              {t('messages.next')}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

function ResultTable({ results }: { readonly results: Read['results'] }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <TableHead columns={[t('messages.who'), t('messages.became')]} />
      <tbody>
        {results.map(({ reference, fullName, people, state, failure, fate }) => (
          <tr key={reference}>
            <th scope="row">
              {people === 1 ? <a href={registrationAddress(event.id, reference)}>{fullName}</a> : fullName}
              {people > 1 && <small>{t('messages.aboutPeople', { value: people })}</small>}
            </th>
            <td>
              <span class={`tag ${state}`}>{t(`messages.state.${state}`)}</span>
              <small>
                {failure
                  ? t(`mailLog.failure.${failure}`)
                  : fate
                    ? t(`mailLog.fate.${fate}`)
                    : t(`messages.why.${state}`)}
              </small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
