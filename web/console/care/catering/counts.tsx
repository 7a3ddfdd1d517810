import { useDesk } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api/routes.ts';
import { dayName, titleIn } from '../../names.ts';
import { words } from '../../words.ts';

type Counted = AnswerOf<'GET /api/organiser/events/{eventId}/care/counts'>;
type PerDay = Counted['people'];

/** So many columns of numbers fit on a phone; where there are more, each row is a card. */
const FITS_A_PHONE = 3;

/** A table for each question: a line for each choice, a column for each day; above them how many come at all. */
export function Counts({ counts: { people, questions } }: { readonly counts: Counted }) {
  const { event } = useDesk();
  if (questions.length === 0) {
    return (
      <>
        <p class="empty">{words.catering.nothingAsked}</p>
        <DayTable lines={[[words.catering.everyone, people]]} />
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
                [words.catering.everyone, people],
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
          <th scope="col">{words.catering.choice}</th>
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
