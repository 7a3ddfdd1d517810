import { REGISTRATION_STATUSES } from '../../../shared/event/attendee.ts';
import { pageOf } from '../addresses.ts';
import { useDesk, useHas, useRead } from '../desk.ts';
import { WindowState } from '../event/programme/window-state.tsx';
import { Fill } from '../kernel/parts/fill.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { RegistrationTable } from '../kernel/parts/registration-table.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { overText, quotaText } from '../seats/quota.ts';
import { t } from '../words.ts';
import { UnprovenSeats } from './overview/unproven-seats.tsx';
import { OVERDUE, UNREACHED } from './registrations/filter.ts';

/** Whether registration is open, and how full each quota is. */
function Glance() {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  const read = useRead(event.id, () =>
    Promise.all([
      api('GET /api/organiser/events/{eventId}/programme', { params }),
      api('GET /api/organiser/events/{eventId}/quotas', { params }),
    ]),
  );
  return (
    <Show of={read}>
      {([{ registration }, { quotas }]) => (
        <>
          <section>
            <h2>{t('window.title')}</h2>
            <p>
              <WindowState registration={registration} />{' '}
              <a href={pageOf(event.id, 'programme')}>{t('overview.changeWindow')}</a>
            </p>
          </section>
          <section>
            <h2>{t('overview.seats')}</h2>
            {quotas.length === 0 ? (
              <p>{t('seats.none')}</p>
            ) : (
              <ul class="list">
                {quotas.map((quota) => (
                  <li key={quota.id}>
                    <div>
                      <b>{quota.title}</b>
                      <small>{quotaText(quota)}</small>
                      {quota.overfull && <small class="over">{overText(quota)}</small>}
                    </div>
                    {quota.per === undefined && (
                      <div>
                        <Fill label={quota.title} taken={quota.taken} capacity={quota.capacity} />
                      </div>
                    )}
                  </li>
                ))}
              </ul>
            )}
            <p>
              <a href={pageOf(event.id, 'seats')}>{t('overview.changeSeats')}</a>
            </p>
          </section>
        </>
      )}
    </Show>
  );
}

/** That nobody reads reports, or that one waits which neither readers nor the deputy have opened, so that somebody is called; and nothing else of it. */
function UnopenedReports() {
  const { api, event } = useDesk();
  const { loaded } = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/unopened-reports', { params: { eventId: event.id } }),
  );
  const { since, nobodyReads, nobodyReadsAboutOrganisers } = loaded.state === 'ready' ? loaded.value : {};
  return (
    <>
      {since !== undefined && <p class="note bad">{t('overview.unopenedReport', { instant: when(event, since) })}</p>}
      {nobodyReads && <p class="note bad">{t('overview.nobodyReads')}</p>}
      {nobodyReadsAboutOrganisers && <p class="note bad">{t('overview.nobodyReadsAboutOrganisers')}</p>}
    </>
  );
}

/** As many of those who wait for a decision as are shown before the rest is a link. */
const SHOWN = 5;

/** Whoever has waited longest for a decision comes first, then how many there are of whom, and how full the event is. */
export function Overview() {
  const isOrganiser = useHas('organiser');
  return (
    <>
      <Heading>{t('overview.title')}</Heading>
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
            <h2>{t('overview.waiting', { count: total })}</h2>
            {overdue > 0 && (
              <p class="note bad">
                <a href={pageOf(event.id, 'registrations', { status: OVERDUE })}>
                  {t('overview.overdue', { count: overdue })}
                </a>
              </p>
            )}
            {total === 0 ? (
              <p class="empty">{t('overview.nobodyWaits')}</p>
            ) : (
              <>
                {decides && <p>{t('overview.follows')}</p>}
                <RegistrationTable rows={registrations.slice(0, SHOWN)} since="pendingSince" />
              </>
            )}
            {total > SHOWN && (
              <p>
                <a href={pageOf(event.id, 'registrations', { status: 'pending-approval' })}>
                  {t('overview.all', { count: total })}
                </a>
              </p>
            )}
          </section>
          <section>
            <h2>{t('overview.counts')}</h2>
            {unreached > 0 && (
              <p class="note bad">
                <a href={pageOf(event.id, 'registrations', { status: UNREACHED })}>
                  {t('overview.unreached', { count: unreached })}
                </a>
              </p>
            )}
            <ul class="counts">
              {REGISTRATION_STATUSES.map((status) => (
                <li key={status}>
                  <a href={pageOf(event.id, 'registrations', { status })}>
                    <b>{byStatus[status] ?? 0}</b> {t(`status.${status}`)}
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
