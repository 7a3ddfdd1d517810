import { REGISTRATION_STATUSES } from '../../../shared/domain/registration.ts';
import { pageOf } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../parts/heading.tsx';
import { RegistrationTable } from '../parts/registration-table.tsx';
import { Show } from '../parts/show.tsx';
import { words } from '../words.ts';

/** As many of those who wait for a decision as are shown before the rest is a link. */
const SHOWN = 5;

/** Whoever waits for a decision comes first, then how many there are. */
export function Overview() {
  return (
    <>
      <Heading>{words.overview.title}</Heading>
      <WhoWaits />
    </>
  );
}

function WhoWaits() {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  const waiting = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/registrations', { params, query: { status: 'pending-approval' } }),
  );
  return (
    <Show of={waiting}>
      {({ registrations, byStatus, total }) => (
        <>
          <section>
            <h2>{words.overview.waiting(total)}</h2>
            {total === 0 ? (
              <p>{words.overview.nobodyWaits}</p>
            ) : (
              <RegistrationTable rows={registrations.slice(0, SHOWN)} />
            )}
            {total > SHOWN && (
              <p>
                <a href={pageOf(event.id, 'registrations', { status: 'pending-approval' })}>
                  {words.overview.all(total)}
                </a>
              </p>
            )}
          </section>
          <section>
            <h2>{words.overview.counts}</h2>
            <ul class="counts">
              {REGISTRATION_STATUSES.map((status) => (
                <li key={status}>
                  <a href={pageOf(event.id, 'registrations', { status })}>
                    <b>{byStatus[status] ?? 0}</b> {words.status[status]}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </Show>
  );
}
