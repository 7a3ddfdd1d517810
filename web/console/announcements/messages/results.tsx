import { useEffect, useRef } from 'preact/hooks';
import { RESULT_STATES, type ResultState } from '../../../../shared/announcements/message-result.ts';
import { registrationPage } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { t } from '../../words.ts';
import { Choose } from './preview.tsx';
import type { Read } from './progress.tsx';

/** Which of the results are shown. */
export interface Page {
  readonly state?: ResultState;
  readonly cursor?: string;
}

interface ResultsProps {
  readonly of: Read;
  readonly page: Page;
  readonly onTurn: (page: Page) => void;
}

/** What became of each mail, by state, a page at a time. */
export function Results({ of: { counts, results, next, unnamed, forgotten }, page, onTurn }: ResultsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const turned = useRef(page.cursor);
  // The button that turned the page is at the bottom, or gone: reading goes on at the top.
  useEffect(() => {
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
      <thead>
        <tr>
          <th scope="col">{t('messages.who')}</th>
          <th scope="col">{t('messages.became')}</th>
        </tr>
      </thead>
      <tbody>
        {results.map(({ reference, fullName, people, state, failure, fate }) => (
          <tr key={reference}>
            <th scope="row">
              {people === 1 ? <a href={registrationPage(event.id, reference)}>{fullName}</a> : fullName}
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
