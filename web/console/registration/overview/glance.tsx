import { pageOf } from '../../addresses.ts';
import { useDesk, useRead } from '../../desk.ts';
import { WindowState } from '../../event/programme/window-state.tsx';
import { Fill } from '../../kernel/parts/fill.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { overText, quotaText } from '../../seats/quota.ts';
import { words } from '../../words.ts';

/** Whether registration is open, and how full each quota is. */
export function Glance() {
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
            <h2>{words.window.title}</h2>
            <p>
              <WindowState registration={registration} />{' '}
              <a href={pageOf(event.id, 'programme')}>{words.overview.changeWindow}</a>
            </p>
          </section>
          <section>
            <h2>{words.overview.seats}</h2>
            {quotas.length === 0 ? (
              <p>{words.seats.none}</p>
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
              <a href={pageOf(event.id, 'seats')}>{words.overview.changeSeats}</a>
            </p>
          </section>
        </>
      )}
    </Show>
  );
}
