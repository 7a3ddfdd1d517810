import { FOR_CHAIR, FOR_ROOM, feedbackPage } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { isProblem } from '../kernel/api/problem.ts';
import { SaveTable } from '../kernel/form/save-table.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { useLive } from '../kernel/parts/use-live.ts';
import { formName, useResultsReader } from './form.ts';
import { FormState } from './form-state.tsx';
import { Numbers } from './numbers.tsx';
import { said } from './said.ts';
import { Texts } from './texts.tsx';
import { WhoMayAnswer } from './who-may-answer.tsx';

/** One form: how it stands, and what it came to so far, as it happens. */
export function OneForm({ id }: { readonly id: string }) {
  const live = useLive(id, useResultsReader(id));
  const { loaded } = live;
  if (loaded.state === 'failed' && isProblem(loaded.error, 'not-found')) {
    return <Heading>{said.feedbackForm.notFound}</Heading>;
  }
  return (
    <Show of={live}>
      {(results) => (
        <>
          <Heading>{formName(results)}</Heading>
          {live.isOld && <p class="note warn">{said.feedback.old}</p>}
          <FormState form={results} onChanged={live.reload} />
          <Ways id={id} />
          {results.mayAnswer && (
            <WhoMayAnswer form={{ ...results, mayAnswer: results.mayAnswer }} onChanged={live.reload} />
          )}
          <Numbers results={results} />
          {results.asked.length > 0 && <Texts id={id} />}
        </>
      )}
    </Show>
  );
}

/** Where else its numbers go. */
function Ways({ id }: { readonly id: string }) {
  const { api, event } = useDesk();
  const params = { eventId: event.id, formId: id };
  return (
    <div class="buttons">
      <a class="button second" href={feedbackPage(event.id, FOR_ROOM + id)}>
        {said.feedbackForm.room}
      </a>
      <a class="button second" href={feedbackPage(event.id, FOR_CHAIR + id)}>
        {said.feedbackForm.chair}
      </a>
      <SaveTable
        label={said.feedbackForm.save}
        name={`${event.id}-${id}.csv`}
        load={() => api('GET /api/organiser/events/{eventId}/feedback/{formId}/numbers.csv', { params })}
        saved={said.feedbackForm.saved}
      />
    </div>
  );
}
