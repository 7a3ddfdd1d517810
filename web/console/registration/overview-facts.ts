import { useDesk, useHas } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { type Live, useLive } from '../kernel/parts/show.tsx';
import { fetchWords } from '../words.ts';

/** What the overview is drawn from, of routes that the member may ask: what there is to do, and how full the event is. */
export interface OverviewFacts {
  readonly reports: AnswerOf<'GET /api/organiser/events/{eventId}/unopened-reports'> | undefined;
  readonly doors: AnswerOf<'GET /api/organiser/events/{eventId}/check-in'> | undefined;
  readonly phones: AnswerOf<'GET /api/organiser/events/{eventId}/check-in/devices'> | undefined;
  readonly mail: AnswerOf<'GET /api/organiser/events/{eventId}/mail'> | undefined;
  readonly system: AnswerOf<'GET /api/organiser/events/{eventId}/system'> | undefined;
  readonly seats: AnswerOf<'GET /api/organiser/events/{eventId}/quotas'> | undefined;
  readonly programme: AnswerOf<'GET /api/organiser/events/{eventId}/programme'> | undefined;
  readonly handed: AnswerOf<'GET /api/organiser/events/{eventId}/registrations/handed'> | undefined;
}

/** Milliseconds between two looks while the overview is open. */
const AGAIN = 60_000;

/** Reads them, and again while the overview is open. */
export function useOverviewFacts(): Live<OverviewFacts> {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  const [vouches, readsReports, checksIn, writes, owns, hasSeats, edits, decides] = [
    ...[useHas('vet'), useHas('safeguarding'), useHas('run-check-in'), useHas('write-to-many')],
    ...[useHas('manage-team'), useHas('seats'), useHas('edit-event'), useHas('decide')],
  ];
  const asked = <Answer>(may: boolean | undefined, ask: () => Promise<Answer>) => (may ? ask() : undefined);
  return useLive(
    event.id,
    async () => {
      const [reports, doors, phones, mail, system, seats, programme, handed] = await Promise.all([
        asked(vouches || readsReports, () => api('GET /api/organiser/events/{eventId}/unopened-reports', { params })),
        asked(checksIn, () => api('GET /api/organiser/events/{eventId}/check-in', { params })),
        asked(checksIn, () => api('GET /api/organiser/events/{eventId}/check-in/devices', { params })),
        asked(writes, () => api('GET /api/organiser/events/{eventId}/mail', { params })),
        asked(owns, () => api('GET /api/organiser/events/{eventId}/system', { params })),
        asked(hasSeats, () => api('GET /api/organiser/events/{eventId}/quotas', { params })),
        asked(edits, () => api('GET /api/organiser/events/{eventId}/programme', { params })),
        asked(decides, () => api('GET /api/organiser/events/{eventId}/registrations/handed', { params })),
        asked(hasSeats, () => fetchWords('places')),
      ]);
      return { reports, doors, phones, mail, system, seats, programme, handed };
    },
    AGAIN,
  );
}
