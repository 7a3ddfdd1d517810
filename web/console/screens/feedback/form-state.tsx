import type { BodyOf } from '../../api/routes.ts';
import { useDesk, useHas } from '../../desk.ts';
import { when } from '../../names.ts';
import { Disclosure } from '../../parts/disclosure.tsx';
import { Sure } from '../../parts/sure.tsx';
import { useUnlessStale } from '../../parts/use-unless-stale.ts';
import { words } from '../../words.ts';
import { formName, type Results, standingText } from './form.ts';
import { OpenAt } from './open-at.tsx';

type Change = BodyOf<'POST /api/organiser/events/{eventId}/feedback/{formId}/changes'>;

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
        <span class={`tag ${standing === 'open' ? 'confirmed' : ''}`}>{words.feedback.standings[standing]}</span>{' '}
        {isOver ? words.feedbackForm.over(when(event, lastMoment)) : standingText(event, props.form)}
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
  const { feedbackForm: said } = words;
  const again = standing === 'closed';
  // Which buttons there are follows from how it stands: after a press others take their place.
  return (
    <div class="buttons" key={standing}>
      {(standing === 'not-yet' || again) && (
        <>
          <Sure
            {...sure}
            label={again ? said.reopen : said.open}
            follows={again ? said.reopenFollows : said.openFollows}
            now={said.openNow}
            onPress={() => send({ kind: 'open' }, said.opened(title))}
          />
          <Disclosure label={said.openAt}>
            {(close) => (
              <OpenAt
                form={form}
                {...sure}
                onClose={close}
                onSend={(at) => send({ kind: 'open-at', at }, said.timeSet(title))}
              />
            )}
          </Disclosure>
        </>
      )}
      {standing === 'open' && (
        <Sure
          {...sure}
          label={said.close}
          follows={said.closeFollows}
          now={said.closeNow}
          onPress={() => send({ kind: 'close' }, said.closed(title))}
        />
      )}
      {standing === 'off' ? (
        <Sure
          {...sure}
          label={said.on}
          follows={said.onFollows}
          now={said.onNow}
          onPress={() => send({ kind: 'on' }, said.onDone(title))}
        />
      ) : (
        <Sure
          {...sure}
          kind="danger"
          label={said.off}
          follows={said.offFollows}
          now={said.offNow}
          onPress={() => send({ kind: 'off' }, said.offDone(title))}
        />
      )}
    </div>
  );
}

/** Every change is of what was looked at: where somebody else was faster, theirs is shown. */
function useFormChange({ id, revision }: Results, onChanged: () => Promise<void>) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale: onChanged,
    words: words.feedbackForm.changedMeanwhile,
  });
  const send = (wanted: DistributiveOmit<Change, 'revision'>, said: string): Promise<void> =>
    change(async () => {
      const params = { eventId: event.id, formId: id };
      const body = { ...wanted, revision };
      await api('POST /api/organiser/events/{eventId}/feedback/{formId}/changes', { params, body });
      await onChanged();
      tell(said);
    });
  return { busy, error, send };
}

type DistributiveOmit<T, Name extends keyof T> = T extends unknown ? Omit<T, Name> : never;
