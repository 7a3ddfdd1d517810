import { useDesk, useRead } from '../../desk.ts';
import { when } from '../../names.ts';
import { words } from '../../words.ts';

/** That nobody reads reports, or that one waits which neither readers nor the deputy have opened, so that somebody is called; and nothing else of it. */
export function UnopenedReports() {
  const { api, event } = useDesk();
  const { loaded } = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/unopened-reports', { params: { eventId: event.id } }),
  );
  const { since, nobodyReads, nobodyReadsAboutOrganisers } = loaded.state === 'ready' ? loaded.value : {};
  return (
    <>
      {since !== undefined && <p class="note bad">{words.overview.unopenedReport(when(event, since))}</p>}
      {nobodyReads && <p class="note bad">{words.overview.nobodyReads}</p>}
      {nobodyReadsAboutOrganisers && <p class="note bad">{words.overview.nobodyReadsAboutOrganisers}</p>}
    </>
  );
}
