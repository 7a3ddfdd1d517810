import { useState } from 'preact/hooks';
import { RELEASES } from '../../../shared/event/event.ts';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { useDesk } from '../desk.ts';
import { fieldError, SelectField } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, instantTyped, numberOf, requireTyped } from '../kernel/form/typed.tsx';
import { Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { useDefinitionChange } from '../kernel/parts/change.ts';
import { howLong, type ProgrammeAnswer, zoneName } from '../names.ts';
import { t } from '../words.ts';
import { WindowStatus } from './window-state.tsx';

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
  const send = (): Promise<void> =>
    change(
      () => {
        requireTyped(typed, { moment: typed });
        return {
          opensAt: instantTyped(typed.opensAt, timeZone, registration.opensAt),
          closesAt: instantTyped(typed.closesAt, timeZone, registration.closesAt),
        };
      },
      t('window.saved'),
      onClose,
    );
  return (
    <FieldsForm send={t('window.save')} busy={busy} error={error} labels={LABELS} onSend={send} onCancel={onClose}>
      {(['opensAt', 'closesAt'] as const).map((name) => (
        <DigitsInput
          key={name}
          as="moment"
          name={name}
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
        <WindowStatus registration={props.programme.registration} />
      </p>
      <div class="buttons">
        {state === 'not-open' && <Now {...props} what="open" />}
        {state === 'open' && <Now {...props} what="close" />}
        <Disclosure label={state === 'closed' ? t('window.openAgain') : t('window.change')}>
          {(close) => <WindowForm {...props} onClose={close} />}
        </Disclosure>
      </div>
      <h3>{t('unproven.title')}</h3>
      <p>{t(`unproven.state.${releaseUnproven}`, { within: howLong(proveWithin) })}</p>
      <div class="buttons">
        <Disclosure label={t('unproven.change')}>{(close) => <UnprovenForm {...props} onClose={close} />}</Disclosure>
      </div>
    </section>
  );
}

/** An organiser who closes by a slip has many people turned away: what follows is said first. */
function Now({ what, ...props }: WindowProps & { readonly what: 'open' | 'close' }) {
  const { busy, error, change } = useWindowChange(props);
  const { opensAt, closesAt } = props.programme.registration;
  const wanted = what === 'open' ? { opensAt: 'now', closesAt } : { opensAt, closesAt: 'now' };
  return (
    <Confirmation
      label={t(`window.now.${what}`)}
      follows={t(`window.follows.${what}`)}
      now={t(`window.sure.${what}`)}
      kind={what === 'close' ? 'danger' : undefined}
      busy={busy}
      error={error}
      onPress={() => change(() => wanted, t(`window.done.${what}`))}
    />
  );
}

const UNPROVEN_LABELS = {
  proveWithin: t('unproven.within'),
  unit: t('unproven.unit'),
  releaseUnproven: t('unproven.release'),
};
type Release = WindowProps['programme']['registration']['releaseUnproven'];

/** Within which time a seat is to be proven while others wait for it, and what becomes of it then. */
function UnprovenForm({ onClose, ...props }: WindowProps & { readonly onClose: () => void }) {
  const { proveWithin, releaseUnproven } = props.programme.registration;
  const { busy, error, change } = useWindowChange(props);
  const [proved, unitNow = ''] = proveWithin.split(' ');
  const [number, setNumber] = useState(proved ?? '');
  const [unit, setUnit] = useState(unitNow.startsWith('hour') ? 'hours' : 'days');
  const [release, setRelease] = useState<Release>(releaseUnproven);
  const send = (): Promise<void> =>
    change(
      () => {
        requireTyped({ proveWithin: number }, { number: { proveWithin: number } });
        return { proveWithin: `${numberOf(number)} ${unit}`, releaseUnproven: release };
      },
      t('unproven.saved'),
      onClose,
    );
  return (
    <FieldsForm
      send={t('unproven.save')}
      busy={busy}
      error={error}
      labels={UNPROVEN_LABELS}
      onSend={send}
      onCancel={onClose}
    >
      <DigitsInput
        as="number"
        name="proveWithin"
        label={UNPROVEN_LABELS.proveWithin}
        hint={t('unproven.withinHint')}
        value={number}
        error={fieldError(error, 'proveWithin')}
        onChange={setNumber}
      />
      <SelectField
        name="unit"
        label={UNPROVEN_LABELS.unit}
        choices={[
          ['days', t('unproven.days')],
          ['hours', t('unproven.hours')],
        ]}
        value={unit}
        onChange={setUnit}
      />
      <SelectField
        name="releaseUnproven"
        label={UNPROVEN_LABELS.releaseUnproven}
        choices={RELEASES.map((each) => [each, t(`unproven.releases.${each}`)] as const)}
        value={release}
        error={fieldError(error, 'releaseUnproven')}
        onChange={(value) => setRelease(value as Release)}
      />
    </FieldsForm>
  );
}

interface WindowProps {
  readonly programme: ProgrammeAnswer;
  /** Reads the programme again. */
  readonly onChanged: () => Promise<void>;
}

const useWindowChange = ({ programme, onChanged }: WindowProps) =>
  useDefinitionChange('PUT /api/organiser/events/{eventId}/registration-window', programme.version, onChanged);
