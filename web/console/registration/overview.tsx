import { REGISTRATION_STATUSES } from '../../../shared/event/attendee.ts';
import { pageOf } from '../addresses.ts';
import { useDesk, useHas, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { RegistrationTable } from '../kernel/parts/registration-table.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { words } from '../words.ts';
import { Glance } from './overview/glance.tsx';
import { UnopenedReports } from './overview/unopened-reports.tsx';
import { UnprovenSeats } from './overview/unproven-seats.tsx';
import { OVERDUE, UNREACHED } from './registrations/filter.ts';

/** As many of those who wait for a decision as are shown before the rest is a link. */
const SHOWN = 5;

/** Whoever has waited longest for a decision comes first, then how many there are of whom, and how full the event is. */
export function Overview() {
  const isOrganiser = useHas('organiser');
  return (
    <>
      <Heading>{words.overview.title}</Heading>
      {isOrganiser && <UnopenedReports />}
      <WhoWaits />
      {isOrganiser && <UnprovenSeats />}
      {isOrganiser && <Glance />}
    </>
  );
}

function WhoWaits() {
  const { api, event } = useDesk();
  const decides = useHas('organiser', 'focal-point');
  const params = { eventId: event.id };
  const waiting = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/registrations', {
      params,
      query: { status: 'pending-approval', order: 'waiting-longest' },
    }),
  );
  return (
    <Show of={waiting}>
      {({ registrations, byStatus, total, overdue, unreached }) => (
        <>
          <section>
            <h2>{words.overview.waiting(total)}</h2>
            {overdue > 0 && (
              <p class="note bad">
                <a href={pageOf(event.id, 'registrations', { status: OVERDUE })}>{words.overview.overdue(overdue)}</a>
              </p>
            )}
            {total === 0 ? (
              <p class="empty">{words.overview.nobodyWaits}</p>
            ) : (
              <>
                {decides && <p>{words.overview.follows}</p>}
                <RegistrationTable rows={registrations.slice(0, SHOWN)} since="pendingSince" />
              </>
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
            {unreached > 0 && (
              <p class="note bad">
                <a href={pageOf(event.id, 'registrations', { status: UNREACHED })}>
                  {words.overview.unreached(unreached)}
                </a>
              </p>
            )}
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
