import { CHECKIN_ROUTES } from '../../shared/contract/routes/checkin.ts';
import { httpHandler } from '../../shared/http/handler.ts';
import { realDeps } from './deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { postScans } from './post-scans.ts';
import { searchPeople } from './search-people.ts';

/** What the phones at the doors do. */
export const handler = httpHandler<'checkin'>(CHECKIN_ROUTES, () => {
  const deps = realDeps();
  return {
    enrolDevice: enrolDevice(deps),
    postScans: postScans(deps),
    searchPeople: searchPeople(deps),
  };
});
