import { eventStart, isEventOver } from '../../../../shared/event/event-times.ts';
import { useDesk, useHas } from '../../desk.ts';
import { TextInput } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { requireTyped, useTyped } from '../../kernel/form/typed.tsx';
import { Disclosure } from '../../kernel/parts/buttons.tsx';
import { lazy } from '../../kernel/parts/lazy.tsx';
import { VetAdult } from '../../minors/vet.tsx';
import { t } from '../../words.ts';
import { CancelOne } from '../held.tsx';
import { CorrectAddress, CorrectName, Substitute } from './correct.tsx';
import { DeclineAfterAll } from './decide.tsx';
import { CertificateSection, FreshLink, ReplaceTicket } from './documents.tsx';
import { type OneProps, useRegistrationChange } from './one.ts';

const ChangeOne = lazy(() => import('./change.tsx').then((each) => each.ChangeOne), 'amend', 'places');

/** Of those who come, or may still come. */
export const HOLDS_SOMETHING: readonly string[] = ['confirmed', 'waitlisted', 'pending-approval'];

/** For someone who calls: its form is fetched when it is opened. */
const Change = (all: OneProps) => (
  <div class="action">
    <h3>{t('one.change.title')}</h3>
    <p>{t('one.change.explain')}</p>
    <Disclosure label={t('one.change.open')}>{(close) => <ChangeOne {...all} onClose={close} />}</Disclosure>
  </div>
);

/** Letters of the reason, as the API counts them. */
const LONGEST_REASON = 200;

/** For someone who waits: before all others who do, which is an owner's alone to say, and is noted. */
export const MoveUp = (props: OneProps) => (
  <div class="action">
    <h3>{t('person.moveUp.title')}</h3>
    <p>{t('person.moveUp.explain')}</p>
    <Disclosure label={t('person.moveUp.open')}>{(close) => <ReasonForm {...props} onClose={close} />}</Disclosure>
  </div>
);

function ReasonForm({ one, onClose, ...rest }: OneProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useRegistrationChange(rest);
  const labels = { reason: t('person.moveUp.reason') };
  const { typed, field } = useTyped({ reason: '' }, labels, error);
  const send = () =>
    change(
      async () => {
        requireTyped(typed);
        const after = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/move-up', {
          params: { eventId: event.id, reference: one.reference },
          body: { reason: typed.reason.trim(), revision: one.revision },
        });
        onClose();
        return after;
      },
      ({ fullName }) => t('person.moveUp.done', { name: fullName }),
    );
  return (
    <FieldsForm
      send={t('person.moveUp.send')}
      busy={busy}
      error={error}
      labels={labels}
      onSend={send}
      onCancel={onClose}
    >
      <TextInput {...field('reason')} hint={t('person.moveUp.hint', { most: LONGEST_REASON })} />
    </FieldsForm>
  );
}

/** What can be done about someone who comes, or may still come. */
export function PersonActions(all: OneProps) {
  const { one } = all;
  const [decides, changes, vouches] = [useHas('decide'), useHas('change-people'), useHas('vet')];
  const [cancels, movesUp] = [useHas('cancel-people'), useHas('move-up')];
  const { event, now } = useDesk();
  // Before the event begins there is none to withdraw.
  const isGiven = event.certificate !== undefined && (now() >= eventStart(event).getTime() || one.certificateRevoked);
  const gives = useHas('certificates') && isGiven;
  const holds = HOLDS_SOMETHING.includes(one.status);
  const adult = holds && one.ageBand !== 'minor';
  // Of who came, each of these takes the certificate: once the event is over, that is withdrawn by itself.
  const ahead = !isEventOver(event, new Date(now()));
  if ((!holds && one.status !== 'pending-guardian') || !(decides || changes || cancels || gives || vouches))
    return null;
  return (
    <section class="actions">
      <h2>{t('one.actions')}</h2>
      {movesUp && one.status === 'waitlisted' && <MoveUp {...all} />}
      {holds && changes && ahead && <Change {...all} />}
      {holds && changes && <FreshLink one={one} />}
      {changes && <CorrectName {...all} />}
      {adult && changes && <CorrectAddress {...all} />}
      {adult && changes && ahead && <Substitute {...all} />}
      {one.status === 'confirmed' && changes && <ReplaceTicket {...all} />}
      {holds && gives && <CertificateSection {...all} />}
      {adult && vouches && one.status === 'confirmed' && <VetAdult {...all} />}
      {adult && decides && ahead && one.status !== 'pending-approval' && <DeclineAfterAll {...all} />}
      {adult && cancels && ahead && <CancelOne {...all} />}
    </section>
  );
}
