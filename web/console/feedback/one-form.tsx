import { isHardlyScanned } from '../../../shared/feedback/form/hardly-scanned.ts';
import { FOR_CHAIR, FOR_ROOM, feedbackPage } from '../addresses.ts';
import { useDesk, useHas } from '../desk.ts';
import { isProblem } from '../kernel/api/problem.ts';
import { SaveTable } from '../kernel/form/save-table.tsx';
import { Sure } from '../kernel/form/sure.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { useLive } from '../kernel/parts/use-live.ts';
import { formName, type MayAnswer, type Results, useResultsReader } from './form.ts';
import { FormState } from './form-state.tsx';
import { Numbers } from './numbers.tsx';
import { said } from './said.ts';
import { Texts } from './texts.tsx';
import { useFormChange } from './use-form-change.ts';

interface WhoMayAnswerProps {
  readonly form: Results & { readonly mayAnswer: MayAnswer };
  readonly onChanged: () => Promise<void>;
}

/** Who may answer about a session, in numbers where there are any, and what an organiser may say about it. */
function WhoMayAnswer(props: WhoMayAnswerProps) {
  const { now } = useDesk();
  const mayDecide = useHas('organiser');
  const { mayAnswer, standing, lastMoment } = props.form;
  const isOver = now() >= Date.parse(lastMoment);
  const { feedbackMay } = said;
  return (
    <section>
      <h2>{isOver ? feedbackMay.titleOver : feedbackMay.title}</h2>
      <p>{feedbackMay[mayAnswer.by](mayAnswer)}</p>
      {mayAnswer.isClosed && mayAnswer.by === 'day' && <p>{feedbackMay.isClosed}</p>}
      {!isOver && (
        <>
          {/* Before it opens, people may still be on their way to the door. */}
          {standing !== 'not-yet' && isHardlyScanned(mayAnswer) && <p class="note warn">{feedbackMay.hardly}</p>}
          <p class="hint">{mayAnswer.set === undefined ? feedbackMay.follows[mayAnswer.by] : feedbackMay.isSet}</p>
          {mayDecide && <Choices {...props} />}
        </>
      )}
    </section>
  );
}

function Choices({ form, onChanged }: WhoMayAnswerProps) {
  const { set = 'usual' } = form.mayAnswer;
  const { busy, error, send } = useFormChange(form, onChanged);
  const { choices } = said.feedbackMay;
  // Which buttons there are follows from what is set: after a press others take their place.
  return (
    <div class="buttons" key={set}>
      {(['day', 'door', 'usual'] as const)
        .filter((by) => by !== set)
        .map((by) => (
          <Sure
            key={by}
            {...{ busy, error }}
            label={choices[by].label}
            follows={choices[by].follows}
            now={choices[by].now}
            onPress={() => send({ kind: 'attended-by', by }, choices[by].done(formName(form)))}
          />
        ))}
    </div>
  );
}

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
