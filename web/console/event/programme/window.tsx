import { useState } from 'preact/hooks';
import { localTimeOf } from '../../../../shared/kernel/text/zoned-time.ts';
import { useDesk } from '../../desk.ts';
import { TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { Sure } from '../../kernel/form/sure.tsx';
import { instantTyped } from '../../kernel/form/typed.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { zoneName } from '../../names.ts';
import { t } from '../../words.ts';
import { UnprovenForm } from './unproven-form.tsx';
import { useWindowChange, type WindowProps } from './use-window-change.ts';
import { WindowState } from './window-state.tsx';

const LABELS = { opensAt: t('window.opensAt'), closesAt: t('window.closesAt') };

/** Times are typed as clocks at the event show them. */
function WindowForm({ onClose, ...props }: WindowProps & { readonly onClose: () => void }) {
  const { event } = useDesk();
  const { timeZone, registration } = props.programme;
  const { busy, error, change } = useWindowChange(props);
  const [typed, setTyped] = useState({
    opensAt: localTimeOf(registration.opensAt, timeZone),
    closesAt: localTimeOf(registration.closesAt, timeZone),
  });
  const send = async (): Promise<void> => {
    const wanted = {
      opensAt: instantTyped(typed.opensAt, timeZone),
      closesAt: instantTyped(typed.closesAt, timeZone),
    };
    await change(wanted, t('window.saved'), onClose);
  };
  return (
    <FieldsForm send={t('window.save')} busy={busy} error={error} labels={LABELS} onSend={send} onCancel={onClose}>
      {(['opensAt', 'closesAt'] as const).map((name) => (
        <TextField
          key={name}
          name={name}
          type="datetime-local"
          label={LABELS[name]}
          hint={t('window.zone', { zone: zoneName(event) })}
          value={typed[name]}
          error={fieldError(error, name)}
          onChange={(value) => setTyped({ ...typed, [name]: value })}
        />
      ))}
    </FieldsForm>
  );
}

/** Whether registration is open and until when, to be opened or closed now, or at a time; and what becomes of seats that nobody proves. */
export function RegistrationWindow(props: WindowProps) {
  const { state, proveWithin, releaseUnproven } = props.programme.registration;
  return (
    <section class="card" aria-labelledby="window">
      <h2 id="window">{t('window.title')}</h2>
      <p>
        <WindowState registration={props.programme.registration} />
      </p>
      <div class="buttons">
        {state === 'not-open' && <Now {...props} what="open" />}
        {state === 'open' && <Now {...props} what="close" />}
        <Disclosure label={state === 'closed' ? t('window.openAgain') : t('window.change')}>
          {(close) => <WindowForm {...props} onClose={close} />}
        </Disclosure>
      </div>
      <h3>{t('unproven.title')}</h3>
      <p>{t(`unproven.state.${releaseUnproven}`, { within: proveWithin })}</p>
      <div class="buttons">
        <Disclosure label={t('unproven.change')}>{(close) => <UnprovenForm {...props} onClose={close} />}</Disclosure>
      </div>
    </section>
  );
}

/** Whoever closes by a slip has many people turned away: what follows is said first. */
function Now({ what, ...props }: WindowProps & { readonly what: 'open' | 'close' }) {
  const { busy, error, change } = useWindowChange(props);
  const { opensAt, closesAt } = props.programme.registration;
  const wanted = what === 'open' ? { opensAt: 'now', closesAt } : { opensAt, closesAt: 'now' };
  return (
    <Sure
      label={t(`window.now.${what}`)}
      follows={t(`window.follows.${what}`)}
      now={t(`window.sure.${what}`)}
      kind={what === 'close' ? 'danger' : undefined}
      busy={busy}
      error={error}
      onPress={() => change(wanted, t(`window.done.${what}`))}
    />
  );
}
