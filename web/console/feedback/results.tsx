import { useState } from 'preact/hooks';
import { useAct, useDesk, useHas } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { SaveTable } from '../kernel/form/save-table.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { TableHead } from '../kernel/parts/facts.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { t } from '../words.ts';
import {
  answeredText,
  blockName,
  numbersInWords,
  type QuestionResults,
  type Results,
  rateText,
  shareText,
  toldApart,
} from './form.ts';

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
  readonly question: QuestionResults;
  /** Its place among the questions that are counted. */
  readonly index: number;
  readonly results: Results;
}

/** What one question came to: bars, and the table that they are drawn from. */
function QuestionResult({ question, index, results }: QuestionResultProps) {
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
          <TableHead
            columns={[t('feedback.question.choice'), t('feedback.question.chosen'), t('feedback.question.share')]}
          />
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

function choiceName({ options }: QuestionResults, choice: string): string {
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
      <TableHead columns={[t('feedback.form.group'), isRating && t('feedback.question.average'), ...columns]} />
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

/** How many answered of those who came, by way of taking part and by group where five are alike. */
function WhoAnswered({ results }: { readonly results: Results }) {
  const { event } = useDesk();
  const { answers, attended, by } = results;
  const isKnown = (attended ?? 0) > 0;
  const rows = [
    { name: t('feedback.form.everyone'), answers, attended },
    ...toldApart(results).map(({ of, block }) => ({ ...block, name: blockName(event, of, block.labels) })),
  ];
  return (
    <section>
      <h2>{t('feedback.form.who')}</h2>
      <p>{answeredText(answers, attended)}</p>
      {rows.length > 1 && (
        <table class="stacked numbers">
          <TableHead columns={[t('feedback.form.group'), t('feedback.answers'), isKnown && t('feedback.rate')]} />
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td data-label={t('feedback.answers')}>{row.answers}</td>
                {isKnown && <td data-label={t('feedback.rate')}>{rateText(row.answers, row.attended)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(['mode', 'category'] as const).map((of) => (
        <NotToldApart key={of} text={textOf(by[of].blocks.length, by[of].answers < answers, of, by[of].answers)} />
      ))}
    </section>
  );
}

const NotToldApart = ({ text }: { readonly text: string | undefined }) => (text ? <p class="hint">{text}</p> : null);

/** What has to be said of a breakdown, where it is none or not of everyone. */
function textOf(blocks: number, isBehind: boolean, of: 'mode' | 'category', answers: number): string | undefined {
  if (blocks < 2) return t(`feedback.form.tooFewApart.${of}`);
  return isBehind ? t(`feedback.form.behind.${of}`, { answers }) : undefined;
}

/** All that may be shown of it. */
export const Numbers = ({ results }: { readonly results: Results }) =>
  results.answers === 0 ? (
    <p class="empty">{t('feedback.form.tooFew')}</p>
  ) : (
    <>
      <WhoAnswered results={results} />
      {results.questions.map((question, index) => (
        <QuestionResult key={question.id} question={question} index={index} results={results} />
      ))}
    </>
  );

type Read = AnswerOf<'GET /api/organiser/events/{eventId}/feedback/{formId}/texts'>;

/** What people wrote, for organisers: read at a press, for each look is noted. */
export function Texts({ id }: { readonly id: string }) {
  const { api, event } = useDesk();
  const [read, setRead] = useState<Read>();
  const { busy, error, run } = useAct();
  const params = { eventId: event.id, formId: id };
  if (!useHas('read-texts')) return null;
  const look = async (): Promise<void> =>
    setRead(await api('GET /api/organiser/events/{eventId}/feedback/{formId}/texts', { params }));
  return (
    <section class="screen">
      <h2>{t('feedback.texts.title')}</h2>
      <p>{t('feedback.texts.explain')}</p>
      <div class="buttons">
        <Button kind="second" busy={busy} onPress={() => run(look)}>
          {t('feedback.texts.read')}
        </Button>
        <SaveTable
          label={t('feedback.texts.save')}
          about={[id, 'texts']}
          inWords={numbersInWords}
          load={() => api('GET /api/organiser/events/{eventId}/feedback/{formId}/texts.csv', { params })}
          saved={t('feedback.texts.saved')}
        />
      </div>
      <FailureNote error={error} />
      {read && <WrittenAnswers read={read} />}
    </section>
  );
}

/** By question; whose words belong together is not known. */
export function WrittenAnswers({ read: { questions } }: { readonly read: Read }) {
  if (questions.every(({ texts }) => texts.length === 0)) return <p class="empty">{t('feedback.texts.none')}</p>;
  return (
    <>
      {questions.map(({ id, title, texts }) => (
        <section key={id}>
          <h3>{title}</h3>
          <ul class="written">
            {texts.map((text, index) => (
              <li key={index} class="told">
                {text}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
