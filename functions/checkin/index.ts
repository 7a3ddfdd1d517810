import { ROSTER_ROUTES } from '../../shared/checkin/checkin-roster.routes.ts';
import { enrolDevice } from '../../shared/checkin/device/enrol-device.case.ts';
import { CHECKIN_ROUTES } from '../../shared/checkin/devices.routes.ts';
import { getTicketKeys } from '../../shared/checkin/get-ticket-keys.case.ts';
import { getRoster } from '../../shared/checkin/roster/get-roster.case.ts';
import { postScans } from '../../shared/checkin/scan/post-scans.case.ts';
import { searchPeople } from '../../shared/checkin/search/search-people.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { realDeps } from './deps.ts';

/** What the phones at the doors do. */
export const handler = httpHandler<RoutesOf<'checkin'>>({ ...CHECKIN_ROUTES, ...ROSTER_ROUTES }, () => {
  const deps = realDeps();
  return {
    enrolDevice: enrolDevice(deps),
    getRoster: getRoster(deps),
    getTicketKeys: getTicketKeys(deps),
    postScans: postScans(deps),
    searchPeople: searchPeople(deps),
  };
});
