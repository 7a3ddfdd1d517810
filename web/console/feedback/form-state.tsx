import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { useDesk, useHas } from '../desk.ts';
import { fieldError, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { instantTyped } from '../kernel/form/typed.ts';
import { Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import type { BodyOf } from '../kernel/routes.ts';
import { when, zoneName } from '../names.ts';
import { t } from '../words.ts';
import { formName, type Results, standingText } from './form.ts';

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
      send={t('feedback.form.setTime')}
      busy={busy}
      error={error}
      labels={{ at: t('feedback.form.at') }}
      onSend={() => onSend(instantTyped(at, timeZone))}
      onCancel={onClose}
    >
      <TextInput
        name="at"
        type="datetime-local"
        label={t('feedback.form.at')}
        hint={t('feedback.form.atHint', { zone: zoneName(event), last: when(event, form.lastMoment) })}
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
export function FormStatus(props: FormStateProps) {
  const { event, now } = useDesk();
  const mayDecide = useHas('organiser');
  const { standing, lastMoment } = props.form;
  const isOver = now() >= Date.parse(lastMoment);
  return (
    <>
      <p>
        <span class={`tag ${standing === 'open' ? 'confirmed' : ''}`}>{t(`feedback.standings.${standing}`)}</span>{' '}
        {isOver ? t('feedback.form.over', { at: when(event, lastMoment) }) : standingText(event, props.form)}
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
  const again = standing === 'closed';
  // Which buttons there are follows from how it stands: after a press others take their place.
  return (
    <div class="buttons" key={standing}>
      {(standing === 'not-yet' || again) && (
        <>
          <Confirmation
            {...sure}
            label={again ? t('feedback.form.reopen') : t('feedback.form.open')}
            follows={again ? t('feedback.form.reopenFollows') : t('feedback.form.openFollows')}
            now={t('feedback.form.openNow')}
            onPress={() => send({ kind: 'open' }, t('feedback.form.opened', { form: title }))}
          />
          <Disclosure label={t('feedback.form.openAt')}>
            {(close) => (
              <OpenAt
                form={form}
                {...sure}
                onClose={close}
                onSend={(at) => send({ kind: 'open-at', at }, t('feedback.form.timeSet', { form: title }))}
              />
            )}
          </Disclosure>
        </>
      )}
      {standing === 'open' && (
        <Confirmation
          {...sure}
          label={t('feedback.form.close')}
          follows={t('feedback.form.closeFollows')}
          now={t('feedback.form.closeNow')}
          onPress={() => send({ kind: 'close' }, t('feedback.form.closed', { form: title }))}
        />
      )}
      {standing === 'off' ? (
        <Confirmation
          {...sure}
          label={t('feedback.form.on')}
          follows={t('feedback.form.onFollows')}
          now={t('feedback.form.onNow')}
          onPress={() => send({ kind: 'on' }, t('feedback.form.onDone', { form: title }))}
        />
      ) : (
        <Confirmation
          {...sure}
          kind="danger"
          label={t('feedback.form.off')}
          follows={t('feedback.form.offFollows')}
          now={t('feedback.form.offNow')}
          onPress={() => send({ kind: 'off' }, t('feedback.form.offDone', { form: title }))}
        />
      )}
    </div>
  );
}

type Change = BodyOf<'POST /api/organiser/events/{eventId}/feedback/{formId}/changes'>;

/** Every change is of what was looked at: where another member was faster, theirs is shown. */
export function useFormChange({ id, revision }: Pick<Results, 'id' | 'revision'>, onChanged: () => Promise<void>) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onChanged, t('feedback.form.changedMeanwhile'));
  const send = (wanted: DistributiveOmit<Change, 'revision'>, done: string): Promise<void> =>
    change(async () => {
      const params = { eventId: event.id, formId: id };
      const body = { ...wanted, revision };
      await api('POST /api/organiser/events/{eventId}/feedback/{formId}/changes', { params, body });
      await onChanged();
      tell(done);
    });
  return { busy, error, send };
}

type DistributiveOmit<T, Name extends keyof T> = T extends unknown ? Omit<T, Name> : never;
