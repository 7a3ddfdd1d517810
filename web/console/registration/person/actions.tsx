import { eventStart } from '../../../../shared/event/event-times.ts';
import { useDesk, useHas } from '../../desk.ts';
import { Disclosure } from '../../kernel/parts/buttons.tsx';
import { lazy } from '../../kernel/parts/lazy.tsx';
import { VetAdult } from '../../minors/vet.tsx';
import { t } from '../../words.ts';
import { CancelOne } from '../held.tsx';
import { CorrectAddress, CorrectName, Substitute } from './correct.tsx';
import { DeclineAfterAll } from './decide.tsx';
import { CertificateSection, FreshLink, ReplaceTicket } from './documents.tsx';
import { MoveUp } from './move-up.tsx';
import type { OneProps } from './one.ts';

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
  if ((!holds && one.status !== 'pending-guardian') || !(decides || changes || cancels || gives || vouches))
    return null;
  return (
    <section class="actions">
      <h2>{t('one.actions')}</h2>
      {movesUp && one.status === 'waitlisted' && <MoveUp {...all} />}
      {holds && changes && <Change {...all} />}
      {holds && changes && <FreshLink one={one} />}
      {changes && <CorrectName {...all} />}
      {adult && changes && <CorrectAddress {...all} />}
      {adult && changes && <Substitute {...all} />}
      {one.status === 'confirmed' && changes && <ReplaceTicket {...all} />}
      {holds && gives && <CertificateSection {...all} />}
      {adult && vouches && one.status === 'confirmed' && <VetAdult {...all} />}
      {adult && decides && one.status !== 'pending-approval' && <DeclineAfterAll {...all} />}
      {adult && cancels && <CancelOne {...all} />}
    </section>
  );
}
