import { isHardlyScanned } from '../../../shared/feedback/form/hardly-scanned.ts';
import { useDesk, useHas } from '../desk.ts';
import { Sure } from '../kernel/form/sure.tsx';
import { formName, type MayAnswer, type Results } from './form.ts';
import { said } from './said.ts';
import { useFormChange } from './use-form-change.ts';

interface WhoMayAnswerProps {
  readonly form: Results & { readonly mayAnswer: MayAnswer };
  readonly onChanged: () => Promise<void>;
}

/** Who may answer about a session, in numbers where there are any, and what an organiser may say about it. */
export function WhoMayAnswer(props: WhoMayAnswerProps) {
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
