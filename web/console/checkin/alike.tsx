import { useState } from 'preact/hooks';
import { BY_HAND } from '../../../shared/checkin/scan/scan.ts';
import { useDesk } from '../desk.ts';
import type { AnswerOf, BodyOf } from '../kernel/api.ts';
import { fieldError, SelectField } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { requireTyped } from '../kernel/form/typed.tsx';
import { Disclosure } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { t, wordFor } from '../words.ts';
import { SETTLING } from './overview.ts';

/** Scans that have to be looked at for one cause. */
export type Causes = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/conflicts-alike'>['causes'];
type Cause = Causes[number];
type Settling = BodyOf<'POST /api/organiser/events/{eventId}/check-in/conflicts/{listId}'>;

/** Tickets that the API takes together: those of one cause may be more. */
const TOGETHER = 99;

interface AlikeProps {
  readonly causes: Causes;
  /** Of lists, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  /** Reads again what is to be looked at. */
  readonly onSettled: () => Promise<void>;
}

/** What can be settled together, above what is looked at one by one. */
export const Alike = ({ causes, ...props }: AlikeProps) => (
  <section>
    <h2>{t('doors.alike.title')}</h2>
    <p>{t('doors.alike.explain')}</p>
    {causes.map((cause) => (
      <CauseCard key={nameOf(cause)} cause={cause} {...props} />
    ))}
  </section>
);

const nameOf = ({ list, why, phone }: Cause): string => `${list}-${why}-${phone}`;

interface CauseProps extends Omit<AlikeProps, 'causes'> {
  readonly cause: Cause;
}

function CauseCard({ cause, ...props }: CauseProps) {
  const { list, why, device, cases } = cause;
  const said = why === 'conflict' ? t('doors.toSee.conflict') : (wordFor('doors.toSee.doubts', why) ?? why);
  const title = t('doors.alike.heading', { why: said, count: cases.length });
  const phone = device === BY_HAND ? t('came.byHand') : device;
  const heading = `alike-${nameOf(cause)}`;
  return (
    <section class="card" aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      <p>{t('doors.alike.where', { list: props.names.get(list) ?? list, phone })}</p>
      <Disclosure label={t('doors.alike.open')} about={`${title}, ${phone}`}>
        {(close) => <SettleForm cause={cause} {...props} onClose={close} />}
      </Disclosure>
    </section>
  );
}

/** What is said is of the tickets that were counted, and of none that come later. Sent again, it says nothing twice. */
function SettleForm({ cause, onSettled, onClose }: CauseProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onSettled, t('doors.toSee.changedMeanwhile'));
  const [decision, setDecision] = useState('');
  const idOf = (path: string): string => `${path}-${nameOf(cause)}`;
  const labels = { decision: t('doors.toSee.decision') };
  const settle = async (): Promise<void> => {
    requireTyped({ decision });
    let [count, left] = [0, 0];
    for (let begin = 0; begin < cause.cases.length; begin += TOGETHER) {
      const body = { decision: decision as Settling['decision'], cases: cause.cases.slice(begin, begin + TOGETHER) };
      const answer = await api('POST /api/organiser/events/{eventId}/check-in/conflicts/{listId}', {
        params: { eventId: event.id, listId: cause.list },
        body,
      });
      count += answer.settled;
      left += answer.left;
    }
    if (left > 0) tell(t('doors.alike.left', { count, left }), 'warn');
    else tell(t('doors.alike.settled', { count }));
    onClose();
    await onSettled();
  };
  return (
    <FieldsForm
      send={t('doors.alike.settle', { count: cause.cases.length })}
      busy={busy}
      error={error}
      labels={labels}
      idOf={idOf}
      onSend={() => change(settle)}
      onCancel={onClose}
    >
      <DecisionField {...{ name: idOf('decision'), error: fieldError(error, 'decision'), decision, setDecision }} />
    </FieldsForm>
  );
}

interface DecisionProps {
  readonly name: string;
  readonly error: string | undefined;
  readonly decision: string;
  readonly setDecision: (decision: string) => void;
}

/** What is said of scans that somebody looked at: nothing at first. */
export const DecisionField = ({ decision, setDecision, ...field }: DecisionProps) => (
  <SelectField
    {...field}
    label={t('doors.toSee.decision')}
    choices={[
      ['', t('doors.toSee.choose')],
      ...SETTLING.map((each) => [each, t(`doors.toSee.decisions.${each}`)] as const),
    ]}
    value={decision}
    onChange={setDecision}
  />
);
