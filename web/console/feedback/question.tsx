import { useDesk } from '../desk.ts';
import { t } from '../words.ts';
import { blockName, type Question, type Results, shareText, toldApart } from './form.ts';

interface BarsProps {
  /** What they are, for those who do not see them. */
  readonly label: string;
  readonly bars: readonly { readonly choice: string; readonly name: string; readonly count: number }[];
}

/** Bars, each with its name and its number; the longest is as long as there is room. The table beside them says the same. */
function Bars({ label, bars }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <div class="bars" role="img" aria-label={label}>
      {bars.map(({ choice, name, count }) => (
        <div key={choice}>
          <span>{name}</span>
          <i>
            <b style={{ inlineSize: `${(100 * count) / most}%` }} />
          </i>
          <span class="end">{count}</span>
        </div>
      ))}
    </div>
  );
}

interface QuestionResultProps {
  readonly question: Question;
  /** Its place among the questions that are counted. */
  readonly index: number;
  readonly results: Results;
}

/** What one question came to: bars, and the table that they are drawn from. */
export function QuestionResult({ question, index, results }: QuestionResultProps) {
  const { title, type, choices, mean } = question;
  const several = type === 'multi-choice';
  const whole = several ? results.answers : choices.reduce((sum, { count }) => sum + count, 0);
  const named = choices.map(({ choice, count }) => ({ choice, count, name: choiceName(question, choice) }));
  if (named.every(({ count }) => count === 0)) {
    return (
      <section>
        <h2>{title}</h2>
        <p>{t('feedback.question.nobody')}</p>
      </section>
    );
  }
  const found =
    mean === undefined
      ? t('feedback.question.answers', { answers: whole })
      : t('feedback.question.mean', { mean: mean.toFixed(1), answers: whole });
  return (
    <section class="counted">
      <h2>{title}</h2>
      <p>{several ? t('feedback.question.several', { answers: whole }) : found}</p>
      <div class="drawn">
        <Bars label={t('feedback.question.bars', { question: title })} bars={named} />
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{t('feedback.question.choice')}</th>
              <th scope="col">{t('feedback.question.chosen')}</th>
              <th scope="col">{t('feedback.question.share')}</th>
            </tr>
          </thead>
          <tbody>
            {named.map(({ choice, name, count }) => (
              <tr key={choice}>
                <th scope="row">{name}</th>
                <td>{count}</td>
                <td>{whole === 0 ? t('feedback.noShare') : shareText(count, whole)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ByBlock question={question} index={index} results={results} />
    </section>
  );
}

function choiceName({ options }: Question, choice: string): string {
  if (choice === '1' || choice === '5') return t(`feedback.question.ratings.${choice}`);
  return options.find(({ id }) => id === choice)?.title ?? choice;
}

/** The same for those who are told apart. */
function ByBlock({ question, index, results }: QuestionResultProps) {
  const { event } = useDesk();
  const rows = toldApart(results);
  const isRating = question.type === 'rating';
  if (rows.length === 0) return null;
  const columns = question.choices.map(({ choice }) => (isRating ? choice : choiceName(question, choice)));
  return (
    <table class="stacked numbers apart screen">
      <thead>
        <tr>
          <th scope="col">{t('feedback.form.group')}</th>
          {isRating && <th scope="col">{t('feedback.question.average')}</th>}
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ of, block }) => {
          const told = block.questions[index];
          return (
            <tr key={`${of} ${block.labels.join()}`}>
              <th scope="row">{blockName(event, of, block.labels)}</th>
              {isRating && (
                <td data-label={t('feedback.question.average')}>
                  {told?.mean === undefined ? '–' : told.mean.toFixed(1)}
                </td>
              )}
              {columns.map((column, at) => (
                <td key={column} data-label={column}>
                  {told?.choices[at]?.count ?? 0}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
