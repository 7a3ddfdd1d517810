import { useDesk, useEventRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { SaveTable } from '../kernel/form/save-table.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { ReadAgain, Show } from '../kernel/parts/show.tsx';
import { dayName, titleIn, when, zoneName } from '../names.ts';
import { t } from '../words.ts';

type Counted = AnswerOf<'GET /api/organiser/events/{eventId}/care/counts'>;
type PerDay = Counted['people'];

/** So many columns of numbers fit on a phone; where there are more, each row is a card. */
const FITS_A_PHONE = 3;

/** A table for each question: a line for each choice, a column for each day; above them how many come at all. */
function Counts({ counts: { people, questions } }: { readonly counts: Counted }) {
  const { event } = useDesk();
  if (questions.length === 0) {
    return (
      <>
        <p class="empty">{t('catering.nothingAsked')}</p>
        <DayTable lines={[[t('catering.everyone'), people]]} />
      </>
    );
  }
  return (
    <>
      {questions.map(({ id, options }) => {
        const question = event.questions.find((each) => each.id === id);
        const titles = question && 'options' in question ? (question.options ?? []) : [];
        return (
          <section key={id} class="counted">
            <h2>{question?.title ?? id}</h2>
            <DayTable
              lines={[
                [t('catering.everyone'), people],
                ...options.map((option) => [titleIn(titles, option.id), option.people] as const),
              ]}
            />
          </section>
        );
      })}
    </>
  );
}

function DayTable({ lines }: { readonly lines: readonly (readonly [label: string, people: PerDay])[] }) {
  const { days } = useDesk().event;
  return (
    <table class={days.length > FITS_A_PHONE ? 'stacked numbers' : 'numbers'}>
      <thead>
        <tr>
          <th scope="col">{t('catering.choice')}</th>
          {days.map(({ id, title, date }) => (
            <th key={id} scope="col">
              {title}
              <small>{dayName(date)}</small>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(([label, people]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {days.map(({ id, title }) => (
              <td key={id} data-label={title}>
                {people[id] ?? 0}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Counts of a file, and what it calls its columns, and who are counted at all. */
function countsInWords(cell: string, column = 'question'): string | number | undefined {
  if (column === 'choice') return undefined;
  if (column !== 'question') return Number(cell);
  if (cell === 'everyone who comes') return t('catering.everyone');
  return cell === 'question' ? t('catering.title') : cell === 'choice' ? t('catering.choice') : undefined;
}

/** How many chose what on which day, for the kitchen: to look at, to print, to save. */
export function Catering() {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  const counts = useEventRead('GET /api/organiser/events/{eventId}/care/counts');
  return (
    <>
      <Heading>{t('catering.title')}</Heading>
      <p class="screen">{t('catering.explain')}</p>
      <Show of={counts}>
        {(numbers) => (
          <>
            <p class="paper">{event.title}</p>
            <div class="above">
              <p>{t('catering.asOf', { instant: when(event, numbers.countedAt), zone: zoneName(event) })}</p>
              <div class="buttons">
                <ReadAgain label={t('catering.again')} reload={counts.reload} told={t('catering.readAgain')} />
                <Button kind="second" onPress={() => print()}>
                  {t('catering.print')}
                </Button>
                <SaveTable
                  label={t('catering.save')}
                  about={['catering']}
                  inWords={countsInWords}
                  load={() => api('GET /api/organiser/events/{eventId}/care/counts.csv', { params })}
                  saved={t('catering.saved')}
                />
              </div>
            </div>
            <Counts counts={numbers} />
          </>
        )}
      </Show>
    </>
  );
}
