import { useDesk } from '../../desk.ts';
import { words } from '../../words.ts';
import { blockName, type Results, toldApart } from './form.ts';

/** How many answered of those who came, by way of taking part and by group where five are alike. */
export function WhoAnswered({ results }: { readonly results: Results }) {
  const { event } = useDesk();
  const { answers, attended, by } = results;
  const isKnown = (attended ?? 0) > 0;
  const rows = [
    { name: words.feedbackForm.everyone, answers, attended },
    ...toldApart(results).map(({ of, block }) => ({ ...block, name: blockName(event, of, block.labels) })),
  ];
  return (
    <section>
      <h2>{words.feedbackForm.who}</h2>
      <p>{words.feedbackForm.answered(answers, attended)}</p>
      {rows.length > 1 && (
        <table class="stacked numbers">
          <thead>
            <tr>
              <th scope="col">{words.feedbackForm.group}</th>
              <th scope="col">{words.feedback.answers}</th>
              {isKnown && <th scope="col">{words.feedback.rate}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td data-label={words.feedback.answers}>{row.answers}</td>
                {isKnown && <td data-label={words.feedback.rate}>{words.feedback.of(row.answers, row.attended)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(['mode', 'category'] as const).map((of) => (
        <NotToldApart key={of} said={saidOf(by[of].blocks.length, by[of].answers < answers, of, by[of].answers)} />
      ))}
    </section>
  );
}

const NotToldApart = ({ said }: { readonly said: string | undefined }) => (said ? <p class="hint">{said}</p> : null);

/** What has to be said of a breakdown, where it is none or not of everyone. */
function saidOf(blocks: number, isBehind: boolean, of: 'mode' | 'category', answers: number): string | undefined {
  if (blocks < 2) return words.feedbackForm.tooFewApart[of];
  return isBehind ? words.feedbackForm.behind[of](answers) : undefined;
}
