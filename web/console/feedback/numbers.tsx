import type { Results } from './form.ts';
import { QuestionResult } from './question.tsx';
import { said } from './said.ts';
import { WhoAnswered } from './who-answered.tsx';

/** All that may be shown of it. */
export const Numbers = ({ results }: { readonly results: Results }) =>
  results.answers === 0 ? (
    <p class="empty">{said.feedbackForm.tooFew}</p>
  ) : (
    <>
      <WhoAnswered results={results} />
      {results.questions.map((question, index) => (
        <QuestionResult key={question.id} question={question} index={index} results={results} />
      ))}
    </>
  );
