import { CHECK_IN_ROUTES } from '../../shared/contract/routes/organiser/check-in.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { showArrivals } from './arrivals.ts';
import { listConflicts } from './conflicts.ts';
import { countCheckIns } from './counts.ts';
import { decideConflict } from './decide.ts';
import { realDeps } from './deps.ts';
import { decideDeviceProposal, listDeviceProposals } from './device-proposals.ts';
import { listDevices, revokeDevice } from './devices.ts';
import { bringHandOver, decideHandOver, listHandOvers } from './hand-overs.ts';
import { listBadges } from './list-badges.ts';
import { deleteCheckInList, putCheckInList } from './lists.ts';
import { offerEnrolment } from './offer-enrolment.ts';
import { showCheckIn } from './overview.ts';

/** What those who run an event set up at its doors, and see of them. */
export const handler = httpHandler<'doors'>(CHECK_IN_ROUTES, () => {
  const deps = realDeps();
  return permitted<'doors'>(CHECK_IN_ROUTES, deps.roles, {
    showCheckIn: showCheckIn(deps),
    putCheckInList: putCheckInList(deps),
    deleteCheckInList: deleteCheckInList(deps),
    countCheckIns: countCheckIns(deps),
    showArrivals: showArrivals(deps),
    offerEnrolment: offerEnrolment(deps),
    listDeviceProposals: listDeviceProposals(deps),
    decideDeviceProposal: decideDeviceProposal(deps),
    listDevices: listDevices(deps),
    revokeDevice: revokeDevice(deps),
    listConflicts: listConflicts(deps),
    decideConflict: decideConflict(deps),
    listHandOvers: listHandOvers(deps),
    bringHandOver: bringHandOver(deps),
    decideHandOver: decideHandOver(deps),
    listBadges: listBadges(deps),
  });
});
