import { useDesk } from '../../desk.ts';
import { when, zoneName } from '../../names.ts';
import { words } from '../../words.ts';
import type { ProgrammeAnswer } from './local-text.ts';

/** Whether registration is open, and until when or since when, by the event's clocks. */
export function WindowState({
  registration: { state, opensAt, closesAt, closed },
}: Pick<ProgrammeAnswer, 'registration'>) {
  const { event } = useDesk();
  return (
    <>
      <span class={`tag ${state === 'open' ? 'confirmed' : 'waitlisted'}`}>{words.window.state[state]}</span>{' '}
      {closed
        ? words.window.shut
        : words.window.times[state](when(event, opensAt), when(event, closesAt), zoneName(event))}
    </>
  );
}
