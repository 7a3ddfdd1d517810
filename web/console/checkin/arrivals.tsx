import { useDesk } from '../desk.ts';
import { Fill } from '../kernel/parts/fill.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { useLive } from '../kernel/parts/use-live.ts';
import { when } from '../names.ts';
import { words } from '../words.ts';
import { fewerSteps } from './lists/steps.ts';

/** Milliseconds: a curve changes slowly, and all scans are read for it. */
const EVERY = 60_000;

/** When people came, as bars with their numbers; nothing before anybody did. */
export function Arrivals({ id }: { readonly id: string }) {
  const { api, event } = useDesk();
  const live = useLive(
    id,
    () =>
      api('GET /api/organiser/events/{eventId}/check-in/lists/{listId}/arrivals', {
        params: { eventId: event.id, listId: id },
      }),
    EVERY,
  );
  return (
    <Show of={live}>
      {({ steps }) => {
        const bars = fewerSteps(steps.map(({ from, ...step }) => ({ from: Date.parse(from), ...step })));
        const most = Math.max(...bars.map(({ came, online }) => came + online));
        const hasOnline = bars.some(({ online }) => online !== 0);
        return (
          bars.length > 0 && (
            <section>
              <h2>{words.checkInList.arrivals}</h2>
              <table class="seats">
                <thead>
                  <tr>
                    <th scope="col">{words.checkInList.time}</th>
                    <th scope="col" colSpan={hasOnline ? 1 : 2}>
                      {hasOnline ? words.checkInList.atDoor : words.checkInList.came}
                    </th>
                    {hasOnline && (
                      <th scope="col" colSpan={2}>
                        {words.mode.online}
                      </th>
                    )}
                  </tr>
                </thead>
                <tbody>
                  {bars.map(({ from, came, online }) => {
                    const time = when(event, new Date(from).toISOString());
                    return (
                      <tr key={from}>
                        <th scope="row" class="time">
                          {time}
                        </th>
                        <td>{came}</td>
                        {hasOnline && <td>{online}</td>}
                        <td class="wide">
                          <Fill label={time} taken={came + online} capacity={most} />
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </section>
          )
        );
      }}
    </Show>
  );
}
