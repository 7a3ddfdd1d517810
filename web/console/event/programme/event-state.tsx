import { EVENT_STATUSES, type EventStatus } from '../../../../shared/event/event-status.ts';
import { useDesk, useRead } from '../../desk.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { words } from '../../words.ts';
import { DatesForm } from './dates-form.tsx';
import type { ProgrammeAnswer } from './local-text.ts';
import { type State, type StateChange, useStateChange } from './use-state-change.ts';

interface EventStateProps extends Pick<StateChange, 'onChanged'> {
  readonly days: ProgrammeAnswer['days'];
}

/** Whether and when the event takes place; everyone who is registered is told of a change. */
export function EventState({ days, onChanged }: EventStateProps) {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  const state = useRead(event.id, () => api('GET /api/organiser/events/{eventId}/status', { params }));
  const readBoth = async (): Promise<void> => {
    await Promise.all([state.reload(), onChanged()]);
  };
  return (
    <section class="card" aria-labelledby="event-state">
      <h2 id="event-state">{words.eventState.title}</h2>
      <Show of={state}>
        {(read) => (
          <>
            <p>
              <span class={`tag ${read.status === 'scheduled' ? 'confirmed' : 'waitlisted'}`}>
                {words.eventState.now[read.status]}
              </span>{' '}
              {words.eventState.means[read.status]}
            </p>
            <div class="buttons">
              {changesFrom(read).map((to) =>
                to === 'scheduled' && isOff(read) ? (
                  <DatesForm key={to} to={to} days={days} state={read} onChanged={readBoth} />
                ) : (
                  <Change key={to} to={to} state={read} onChanged={readBoth} />
                ),
              )}
              {!isOff(read) && <DatesForm days={days} state={read} onChanged={readBoth} />}
            </div>
          </>
        )}
      </Show>
    </section>
  );
}

/** Then its dates mean nothing until it takes place again. */
const isOff = ({ status }: State): boolean => status === 'postponed' || status === 'cancelled';

const changesFrom = ({ status, offersOnline }: State): readonly EventStatus[] =>
  EVENT_STATUSES.filter((each) => each !== status && (each !== 'moved-online' || offersOnline));

function Change({ to, ...props }: StateChange & { readonly to: EventStatus }) {
  const { busy, error, change } = useStateChange(props);
  return (
    <Sure
      label={words.eventState.change[to]}
      follows={`${words.eventState.follows[to]} ${words.eventState.mailed(props.state.recipients)}`}
      now={words.eventState.sure[to]}
      kind={to === 'scheduled' ? undefined : 'danger'}
      busy={busy}
      error={error}
      onPress={() => change({ status: to }, words.eventState.done[to])}
    />
  );
}
