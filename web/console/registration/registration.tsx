import { useState } from 'preact/hooks';
import { childPage, pageOf } from '../addresses.ts';
import { useDesk, useHas, useRead } from '../desk.ts';
import { isProblem } from '../kernel/api/problem.ts';
import { LongTextField } from '../kernel/form/field.tsx';
import { fieldError } from '../kernel/form/field-errors.ts';
import { FieldsForm } from '../kernel/form/fields-form.tsx';
import { Button } from '../kernel/parts/button.tsx';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { Failure } from '../kernel/parts/failure.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { Reference } from '../kernel/parts/reference.tsx';
import { Status } from '../kernel/parts/registration-table.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { MailLog } from '../mail/mail-log.tsx';
import { Vet } from '../minors/children/vet.tsx';
import { t } from '../words.ts';
import { Certificate } from './certificate.tsx';
import { CorrectAddress } from './correct-address.tsx';
import { CorrectName } from './correct-name.tsx';
import { Facts } from './facts.tsx';
import { FreshLink } from './fresh-link.tsx';
import type { OneProps } from './one.ts';
import { ReplaceTicket } from './replace-ticket.tsx';
import { Substitute } from './substitute.tsx';
import { useChange } from './use-change.ts';
import { outcome, useDecision } from './use-decision.ts';

/** Asks for the words that the person will read. */
function Decline({ one, ...rest }: OneProps) {
  const { busy, error, change } = useChange(rest);
  const decide = useDecision(one);
  const [typed, setTyped] = useState('');
  const note = typed.trim();
  const decline = () => decide({ decision: 'decline', ...(note !== '' && { note }) });
  return (
    <Disclosure label={t('decide.decline')}>
      {(close) => (
        <FieldsForm
          send={t('decide.declineNow')}
          kind="danger"
          busy={busy}
          error={error}
          labels={{ note: t('decide.note') }}
          onSend={() => change(decline, outcome)}
          onCancel={close}
        >
          <LongTextField
            name="note"
            label={t('decide.note')}
            hint={t('decide.noteHint')}
            value={typed}
            error={fieldError(error, 'note')}
            onChange={setTyped}
          />
        </FieldsForm>
      )}
    </Disclosure>
  );
}

/** On someone who waits for it: approving takes one press. */
function Decide(props: OneProps) {
  const { one, ...rest } = props;
  const { busy, error, change } = useChange(rest);
  const decide = useDecision(one);
  return (
    <section class="decide" aria-labelledby="decide">
      <h2 id="decide">{t('decide.title')}</h2>
      {one.closedSessions && <p>{t('decide.closedSessions')}</p>}
      <Failure error={error} />
      <div class="buttons">
        <Button busy={busy} onPress={() => change(() => decide({ decision: 'approve' }), outcome)}>
          {t('decide.approve')}
        </Button>
        <Decline {...props} />
      </div>
    </section>
  );
}

/**
 * An organiser who sees no list of children proposes here that an adult counts as vetted; somebody of safeguarding, who does,
 * accepts it there.
 */
function VetAdult({ one, onStale }: OneProps) {
  const { minors } = useDesk().event;
  if (minors === undefined || one.mode !== 'in-person') return null;
  const adult = { reference: one.reference, name: one.fullName, revision: one.revision };
  return (
    <div class="action">
      <h3>{t('vet.title')}</h3>
      <p>{t('vet.explain')}</p>
      <Vet adult={adult} onChanged={onStale} onStale={onStale} />
    </div>
  );
}

/** For someone who holds a seat, or waits for one: a decision can be wrong. */
const DeclineAfterAll = (props: OneProps) => (
  <div class="action">
    <h3>{t('decide.afterAll')}</h3>
    <p>{t('decide.afterAllExplain')}</p>
    <Decline {...props} />
  </div>
);

const HOLDS_SOMETHING: readonly string[] = ['confirmed', 'waitlisted', 'pending-approval'];

/** One person's registration: what is to be decided first, then what can be done, then all there is to know. */
export function Registration({ one: reference }: { readonly one: string }) {
  const { api, event } = useDesk();
  const decides = useHas('organiser', 'focal-point');
  const params = { eventId: event.id, reference };
  const read = useRead(reference, () =>
    api('GET /api/organiser/events/{eventId}/registrations/{reference}', { params }),
  );
  const known = read.loaded.state === 'ready' ? read.loaded.value : undefined;
  if (read.loaded.state === 'failed' && isProblem(read.loaded.error, 'not-found')) return <NotFound />;
  return (
    <>
      <p class="back">
        <a href={pageOf(event.id, 'registrations')}>{t('one.back')}</a>
      </p>
      <Heading tab={known?.ageBand === 'minor' ? t('one.title') : undefined}>
        {known?.fullName ?? t('one.title')}
      </Heading>
      <Show of={read}>
        {(one) => {
          const all: OneProps = { one, onChanged: read.show, onStale: read.reload };
          return (
            <>
              <p class="state">
                <Status of={one} /> <Reference of={one.reference} />
              </p>
              {one.ageBand === 'minor' && (
                <p>
                  <a href={childPage(event.id, reference)}>{t('one.asChild')}</a>
                </p>
              )}
              {decides && one.status === 'pending-approval' && <Decide {...all} />}
              <Facts one={one} />
              <MailLog of={one} sends={decides && HOLDS_SOMETHING.includes(one.status)} />
              {decides && <Actions {...all} />}
            </>
          );
        }}
      </Show>
    </>
  );
}

/** What can be done about someone who comes, or may still come. */
function Actions(all: OneProps) {
  const { one } = all;
  const isOrganiser = useHas('organiser');
  const gives = isOrganiser && useDesk().event.certificate !== undefined;
  const holds = HOLDS_SOMETHING.includes(one.status);
  if (!holds && one.status !== 'pending-guardian') return null;
  return (
    <section class="actions">
      <h2>{t('one.actions')}</h2>
      {holds && <FreshLink one={one} />}
      {one.status === 'confirmed' && <ReplaceTicket {...all} />}
      {holds && gives && <Certificate {...all} />}
      <CorrectName {...all} />
      {holds && one.ageBand !== 'minor' && (
        <>
          <CorrectAddress {...all} />
          <Substitute {...all} />
          {isOrganiser && one.status === 'confirmed' && <VetAdult {...all} />}
          {one.status !== 'pending-approval' && <DeclineAfterAll {...all} />}
        </>
      )}
    </section>
  );
}

const NotFound = () => (
  <>
    <Heading>{t('one.notFound')}</Heading>
    <p>{t('one.notFoundTodo')}</p>
    <p>
      <a href={pageOf(useDesk().event.id, 'registrations')}>{t('one.back')}</a>
    </p>
  </>
);
