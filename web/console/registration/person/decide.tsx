import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { useDesk } from '../../desk.ts';
import { Button } from '../../kernel/parts/buttons.tsx';
import { FailureNote } from '../../kernel/parts/page.tsx';
import { t } from '../../words.ts';
import { Decline, whySent } from '../decline-reason.tsx';
import { useDecision } from '../held.tsx';
import { type OneProps, useRegistrationChange } from './one.ts';

/** What a decision has led to. */
const outcome = ({ status, fullName }: OrganiserRegistration): string => {
  if (status === 'declined') return t('decide.declined', { name: fullName });
  return status === 'waitlisted'
    ? t('decide.waitlisted', { name: fullName })
    : t('decide.approved', { name: fullName });
};

function DeclineOne({ one, ...rest }: OneProps) {
  const { busy, error, change } = useRegistrationChange(rest);
  const decide = useDecision(one);
  return (
    <Decline busy={busy} error={error} onDecline={(why) => change(() => decide('decline', whySent(why)), outcome)} />
  );
}

/** On someone who waits for it: approving takes one press. */
export function Decide(props: OneProps) {
  const { one, ...rest } = props;
  const { busy, error, change } = useRegistrationChange(rest);
  const decide = useDecision(one);
  return (
    <section class="decide" aria-labelledby="decide">
      <h2 id="decide">{t('decide.title')}</h2>
      {one.closedSessions && <p>{t('decide.closedSessions')}</p>}
      <FailureNote error={error} />
      <div class="buttons">
        <Button busy={busy} onPress={() => change(() => decide('approve'), outcome)}>
          {t('decide.approve')}
        </Button>
        {one.closedSessions && (
          <Button
            kind="second"
            busy={busy}
            onPress={() => change(() => decide('approve', { withoutClosedSessions: true }), outcome)}
          >
            {t('decide.withoutClosed')}
          </Button>
        )}
        <DeclineOne {...props} />
      </div>
    </section>
  );
}

/** What it has led to that a decline was taken back. */
const takenBack = ({ status, fullName: name }: OrganiserRegistration): string => {
  if (status === 'confirmed') return t('decide.takenBack.confirmed', { name });
  return status === 'waitlisted' ? t('decide.takenBack.waitlisted', { name }) : t('decide.takenBack.waits', { name });
};

/** On someone who was declined by mistake, while registration is open. */
export function TakeBack({ one, ...rest }: OneProps) {
  const { registration } = useDesk().event;
  const { busy, error, change } = useRegistrationChange(rest);
  const decide = useDecision(one);
  const why = one.ageBand === 'minor' ? t('decide.takeBack.minor') : t('decide.takeBack.closed');
  const mayTakeBack = one.ageBand !== 'minor' && registration.state === 'open';
  return (
    <section class="decide" aria-labelledby="take-back">
      <h2 id="take-back">{t('decide.takeBack.title')}</h2>
      <p>{mayTakeBack ? t('decide.takeBack.explain') : why}</p>
      <FailureNote error={error} />
      {mayTakeBack && (
        <Button busy={busy} onPress={() => change(() => decide('take-back'), takenBack)}>
          {t('decide.takeBack.now')}
        </Button>
      )}
    </section>
  );
}

/** For someone who holds a seat, or waits for one: a decision can be wrong. */
export const DeclineAfterAll = (props: OneProps) => (
  <div class="action">
    <h3>{t('decide.afterAll')}</h3>
    <p>{t('decide.afterAllExplain')}</p>
    <DeclineOne {...props} />
  </div>
);
