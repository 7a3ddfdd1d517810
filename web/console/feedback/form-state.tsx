import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { useDesk, useHas } from '../desk.ts';
import { TextField } from '../kernel/form/field.tsx';
import { fieldError } from '../kernel/form/field-errors.ts';
import { FieldsForm } from '../kernel/form/fields-form.tsx';
import { Sure } from '../kernel/form/sure.tsx';
import { instantTyped } from '../kernel/form/typed.ts';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { when, zoneName } from '../names.ts';
import { formName, type Results, standingText } from './form.ts';
import { said } from './said.ts';
import { useFormChange } from './use-form-change.ts';

interface OpenAtProps {
  readonly form: Results;
  readonly busy: boolean;
  readonly error: unknown;
  /** @param at an instant, ISO 8601 */
  readonly onSend: (at: string) => Promise<void>;
  readonly onClose: () => void;
}

/** The time is typed as clocks at the event show it. */
function OpenAt({ form, busy, error, onSend, onClose }: OpenAtProps) {
  const { event } = useDesk();
  const { timeZone } = event;
  const [at, setAt] = useState(localTimeOf(form.opensAt, timeZone));
  return (
    <FieldsForm
      send={said.feedbackForm.setTime}
      busy={busy}
      error={error}
      labels={{ at: said.feedbackForm.at }}
      onSend={() => onSend(instantTyped(at, timeZone))}
      onCancel={onClose}
    >
      <TextField
        name="at"
        type="datetime-local"
        label={said.feedbackForm.at}
        hint={said.feedbackForm.atHint(zoneName(event), when(event, form.lastMoment))}
        value={at}
        error={fieldError(error, 'at')}
        onChange={setAt}
      />
    </FieldsForm>
  );
}

interface FormStateProps {
  readonly form: Results;
  readonly onChanged: () => Promise<void>;
}

/** How a form stands, and what an organiser may do about it. */
export function FormState(props: FormStateProps) {
  const { event, now } = useDesk();
  const mayDecide = useHas('organiser');
  const { standing, lastMoment } = props.form;
  const isOver = now() >= Date.parse(lastMoment);
  return (
    <>
      <p>
        <span class={`tag ${standing === 'open' ? 'confirmed' : ''}`}>{said.feedback.standings[standing]}</span>{' '}
        {isOver ? said.feedbackForm.over(when(event, lastMoment)) : standingText(event, props.form)}
      </p>
      {mayDecide && !isOver && <Buttons {...props} />}
    </>
  );
}

function Buttons({ form, onChanged }: FormStateProps) {
  const { standing } = form;
  const title = formName(form);
  const { busy, error, send } = useFormChange(form, onChanged);
  const sure = { busy, error };
  const { feedbackForm } = said;
  const again = standing === 'closed';
  // Which buttons there are follows from how it stands: after a press others take their place.
  return (
    <div class="buttons" key={standing}>
      {(standing === 'not-yet' || again) && (
        <>
          <Sure
            {...sure}
            label={again ? feedbackForm.reopen : feedbackForm.open}
            follows={again ? feedbackForm.reopenFollows : feedbackForm.openFollows}
            now={feedbackForm.openNow}
            onPress={() => send({ kind: 'open' }, feedbackForm.opened(title))}
          />
          <Disclosure label={feedbackForm.openAt}>
            {(close) => (
              <OpenAt
                form={form}
                {...sure}
                onClose={close}
                onSend={(at) => send({ kind: 'open-at', at }, feedbackForm.timeSet(title))}
              />
            )}
          </Disclosure>
        </>
      )}
      {standing === 'open' && (
        <Sure
          {...sure}
          label={feedbackForm.close}
          follows={feedbackForm.closeFollows}
          now={feedbackForm.closeNow}
          onPress={() => send({ kind: 'close' }, feedbackForm.closed(title))}
        />
      )}
      {standing === 'off' ? (
        <Sure
          {...sure}
          label={feedbackForm.on}
          follows={feedbackForm.onFollows}
          now={feedbackForm.onNow}
          onPress={() => send({ kind: 'on' }, feedbackForm.onDone(title))}
        />
      ) : (
        <Sure
          {...sure}
          kind="danger"
          label={feedbackForm.off}
          follows={feedbackForm.offFollows}
          now={feedbackForm.offNow}
          onPress={() => send({ kind: 'off' }, feedbackForm.offDone(title))}
        />
      )}
    </div>
  );
}
