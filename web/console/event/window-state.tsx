import { useDesk } from '../desk.ts';
import { type ProgrammeAnswer, when, zoneName } from '../names.ts';
import { t } from '../words.ts';

/** Whether registration is open, and until when or since when, by the event's clocks. */
export function WindowStatus({
  registration: { state, opensAt, closesAt, closed },
}: Pick<ProgrammeAnswer, 'registration'>) {
  const { event } = useDesk();
  return (
    <>
      <span class={`tag ${state === 'open' ? 'confirmed' : 'waitlisted'}`}>{t(`window.state.${state}`)}</span>{' '}
      {closed
        ? t('window.shut')
        : t(`window.times.${state}`, {
            opens: when(event, opensAt),
            closes: when(event, closesAt),
            zone: zoneName(event),
          })}
    </>
  );
}
