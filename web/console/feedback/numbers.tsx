import { useDesk } from '../desk.ts';
import { t } from '../words.ts';
import { answeredText, blockName, type Results, rateText, toldApart } from './form.ts';
import { QuestionResult } from './question.tsx';

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
          <thead>
            <tr>
              <th scope="col">{t('feedback.form.group')}</th>
              <th scope="col">{t('feedback.answers')}</th>
              {isKnown && <th scope="col">{t('feedback.rate')}</th>}
            </tr>
          </thead>
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
