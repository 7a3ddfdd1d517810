import { loadAttendance } from '../../shared/checkin/attendance/attendance.case.ts';
import { attendanceIndex } from '../../shared/checkin/attendance/attendance-index.store.ts';
import { nameNotYetHere, projectArrivals, showArrivalBoard } from '../../shared/checkin/attendance/board.case.ts';
import { markCame } from '../../shared/checkin/attendance/mark-came.case.ts';
import { showNumbers } from '../../shared/checkin/attendance/numbers.case.ts';
import { exportWhoCame, listWhoCame } from '../../shared/checkin/attendance/who-came.case.ts';
import { CHECK_IN_ROUTES } from '../../shared/checkin/check-in.routes.ts';
import {
  decideDeviceProposal,
  listDeviceProposals,
  listDevices,
  revokeDevice,
} from '../../shared/checkin/device/devices.case.ts';
import { offerEnrolment } from '../../shared/checkin/device/enrol.case.ts';
import { greetPerson, listGreeted, stopGreeting } from '../../shared/checkin/greet/greet.case.ts';
import { exportHandedOut, listHandedOut } from '../../shared/checkin/handout/handed-out.case.ts';
import { bringHandOver, decideHandOver, listHandOvers } from '../../shared/checkin/held-scans/held-scans.case.ts';
import { holderMemory } from '../../shared/checkin/holder-memory.store.ts';
import { deleteCheckInList, putCheckInList, putHandout } from '../../shared/checkin/list/lists.case.ts';
import { showAttendance } from '../../shared/checkin/person/came-to.case.ts';
import { listAlike, settleAlike } from '../../shared/checkin/review/alike.case.ts';
import { decideConflict, listConflicts } from '../../shared/checkin/review/conflicts.case.ts';
import { listBadges, listChosenBadges } from '../../shared/checkin/review/list-badges.case.ts';
import { countCheckIns, showArrivals, showCheckIn } from '../../shared/checkin/review/overview.case.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { attempter, writer } from '../../shared/kernel/dynamo/transact.store.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { depsOf, type Needs } from '../../shared/kernel/parts.store.ts';
import { readPeople } from '../../shared/registration/people/people.case.ts';
import { peopleStore } from '../../shared/registration/people/people.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { manifest } from './function.ts';

export function realDeps(client = documentClient()) {
  const peopleMemory: Needs<'peopleMemory'>['peopleMemory'] = new Map();
  return depsOf(
    manifest,
    { client },
    {
      roles: roleStore,
      events: eventStore,
      registrations: registrationStore,
      holdersOf: (given) => {
        const index = { people: peopleStore(given), peopleMemory, system: given.system };
        return holderMemory(async (event) => {
          const { people, minors } = await readPeople(index, event);
          return [...people.values(), ...minors.values()];
        }, given.system);
      },
      people: peopleStore,
      peopleMemory: () => peopleMemory,
      notedNews: () => new Map(),
      greetedMemory: () => new Map(),
      attendanceIndex,
      attendanceMemory: () => new Map(),
      write: writer,
      attempt: attempter,
    },
  );
}

/** What those who run an event set up at its doors, and see of them. */
export const handler = httpHandler<RoutesOf<'doors'>>(CHECK_IN_ROUTES, () => {
  const deps = realDeps();
  return permitted<RoutesOf<'doors'>>(CHECK_IN_ROUTES, deps.roles, {
    showCheckIn: showCheckIn(deps),
    putCheckInList: putCheckInList(deps),
    deleteCheckInList: deleteCheckInList(deps),
    countCheckIns: countCheckIns(deps),
    showArrivals: showArrivals(deps),
    listWhoCame: listWhoCame(deps),
    exportWhoCame: exportWhoCame(deps),
    putHandout: putHandout(deps),
    listHandedOut: listHandedOut(deps),
    exportHandedOut: exportHandedOut(deps),
    markCame: markCame(deps),
    showNumbers: showNumbers(deps),
    loadAttendance: loadAttendance(deps),
    showAttendance: showAttendance(deps),
    showArrivalBoard: showArrivalBoard(deps),
    projectArrivals: projectArrivals(deps),
    nameNotYetHere: nameNotYetHere(deps),
    listGreeted: listGreeted(deps),
    greetPerson: greetPerson(deps),
    stopGreeting: stopGreeting(deps),
    offerEnrolment: offerEnrolment(deps),
    listDeviceProposals: listDeviceProposals(deps),
    decideDeviceProposal: decideDeviceProposal(deps),
    listDevices: listDevices(deps),
    revokeDevice: revokeDevice(deps),
    listConflicts: listConflicts(deps),
    decideConflict: decideConflict(deps),
    listAlike: listAlike(deps),
    settleAlike: settleAlike(deps),
    listHandOvers: listHandOvers(deps),
    bringHandOver: bringHandOver(deps),
    decideHandOver: decideHandOver(deps),
    listBadges: listBadges(deps),
    listChosenBadges: listChosenBadges(deps),
  });
});
