import { CHECKIN_ROUTES } from '../../shared/contract/routes/checkin.ts';
import { ROSTER_ROUTES } from '../../shared/contract/routes/checkin-roster.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { realDeps } from './deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { getRoster } from './get-roster.ts';
import { getTicketKeys } from './get-ticket-keys.ts';
import { postScans } from './post-scans.ts';
import { searchPeople } from './search-people.ts';

/** What the phones at the doors do. */
export const handler = httpHandler<'checkin'>({ ...CHECKIN_ROUTES, ...ROSTER_ROUTES }, () => {
  const deps = realDeps();
  return {
    enrolDevice: enrolDevice(deps),
    getRoster: getRoster(deps),
    getTicketKeys: getTicketKeys(deps),
    postScans: postScans(deps),
    searchPeople: searchPeople(deps),
  };
});
