import { childPage, pageOf } from '../addresses.ts';
import { useDesk, useHas, useRead } from '../desk.ts';
import { isProblem } from '../kernel/api/problem.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Reference } from '../kernel/parts/reference.tsx';
import { Status } from '../kernel/parts/registration-table.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { MailLog } from '../mail/mail-log.tsx';
import { words } from '../words.ts';
import { Certificate } from './certificate.tsx';
import { CorrectAddress } from './correct-address.tsx';
import { CorrectName } from './correct-name.tsx';
import { Decide } from './decide.tsx';
import { DeclineAfterAll } from './decline-after-all.tsx';
import { Facts } from './facts.tsx';
import { FreshLink } from './fresh-link.tsx';
import type { OneProps } from './one.ts';
import { ReplaceTicket } from './replace-ticket.tsx';
import { Substitute } from './substitute.tsx';
import { VetAdult } from './vet-adult.tsx';

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
        <a href={pageOf(event.id, 'registrations')}>{words.one.back}</a>
      </p>
      <Heading tab={known?.ageBand === 'minor' ? words.one.title : undefined}>
        {known?.fullName ?? words.one.title}
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
                  <a href={childPage(event.id, reference)}>{words.one.asChild}</a>
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
      <h2>{words.one.actions}</h2>
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
    <Heading>{words.one.notFound}</Heading>
    <p>{words.one.notFoundTodo}</p>
    <p>
      <a href={pageOf(useDesk().event.id, 'registrations')}>{words.one.back}</a>
    </p>
  </>
);
