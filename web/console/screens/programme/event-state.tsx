import { EVENT_STATUSES, type EventStatus } from '../../../../shared/domain/event-status.ts';
import type { AnswerOf } from '../../api/routes.ts';
import { useDesk, useRead } from '../../desk.ts';
import { Show } from '../../parts/show.tsx';
import { Sure } from '../../parts/sure.tsx';
import { useUnlessStale } from '../../parts/use-unless-stale.ts';
import { words } from '../../words.ts';

type State = AnswerOf<'GET /api/organiser/events/{eventId}/status'>;

interface EventStateProps {
  /** Reads again what follows it. */
  readonly onChanged: () => Promise<void>;
}

/** Whether the event takes place; everyone who is registered is told of a change. */
export function EventState({ onChanged }: EventStateProps) {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  const state = useRead(event.id, () => api('GET /api/organiser/events/{eventId}/status', { params }));
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
              {EVENT_STATUSES.filter(
                (each) => each !== read.status && (each !== 'moved-online' || read.offersOnline),
              ).map((to) => (
                <Change
                  key={to}
                  to={to}
                  state={read}
                  onChanged={async () => {
                    await Promise.all([state.reload(), onChanged()]);
                  }}
                />
              ))}
            </div>
          </>
        )}
      </Show>
    </section>
  );
}

interface ChangeProps extends EventStateProps {
  readonly to: EventStatus;
  readonly state: State;
}

function Change({ to, state: { version, recipients }, onChanged }: ChangeProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'definition-changed',
    onStale: onChanged,
    words: words.window.changedMeanwhile,
  });
  const save = async (): Promise<void> => {
    const params = { eventId: event.id };
    await api('PUT /api/organiser/events/{eventId}/status', { params, body: { version, status: to } });
    await onChanged();
    tell(words.eventState.done[to]);
  };
  return (
    <Sure
      label={words.eventState.change[to]}
      follows={`${words.eventState.follows[to]} ${words.eventState.mailed(recipients)}`}
      now={words.eventState.sure[to]}
      kind={to === 'scheduled' ? undefined : 'danger'}
      busy={busy}
      error={error}
      onPress={() => change(save)}
    />
  );
}
