import { KMSClient } from '@aws-sdk/client-kms';
import { announcementStore } from '../../shared/announcements/announcement.store.ts';
import { figuresReader } from '../../shared/announcements/figures.store.ts';
import { getMailStatus, getSystemStatus, releaseMail } from '../../shared/announcements/system-status.case.ts';
import { revokeCertificate } from '../../shared/certificates/revoke-certificate.case.ts';
import { showPersonPage } from '../../shared/checkin/person/person.case.ts';
import { checkDefinition, getDefinition, replaceDefinition } from '../../shared/event/definition/definition.case.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import {
  changeEventStatus,
  changeRegistrationWindow,
  changeSession,
  getEventStatus,
  getProgramme,
} from '../../shared/event/programme/programme.case.ts';
import { backupStore } from '../../shared/kernel/dynamo/backups.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writer, writerIfUnchanged } from '../../shared/kernel/dynamo/transact.store.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { mailAccountReader } from '../../shared/mail/account/mail-account.store.ts';
import { mailHoldReader } from '../../shared/mail/outbox/mail-hold.store.ts';
import { messagesAbout } from '../../shared/mail/outbox/messages-about.store.ts';
import { ORGANISER_ROUTES } from '../../shared/organiser-routes.ts';
import { addRegistration } from '../../shared/registration/apply/add.case.ts';
import { registerOnBehalf } from '../../shared/registration/apply/on-behalf.case.ts';
import { askApplicant } from '../../shared/registration/ask/ask.case.ts';
import {
  leaveBulk,
  listBulks,
  previewBulk,
  showBulk,
  startBulk,
  takeBackBulk,
} from '../../shared/registration/bulk/bulk.case.ts';
import { bulkStore } from '../../shared/registration/bulk/bulk.store.ts';
import { addressChangeReader } from '../../shared/registration/change/address-change.store.ts';
import { amendPerson, previewAmendment } from '../../shared/registration/change/amend-person.case.ts';
import { correctAddress, correctName, substituteRegistration } from '../../shared/registration/change/correct.case.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { decideRegistration, listDeclineReasons } from '../../shared/registration/decide/decide.case.ts';
import { handOver, listHanded, showHanded } from '../../shared/registration/decide/hand-over.case.ts';
import { moveUpInLine } from '../../shared/registration/decide/move-up.case.ts';
import { listUnprovenSeats, releaseUnprovenSeats } from '../../shared/registration/decide/release-unproven.case.ts';
import { unprovenList } from '../../shared/registration/decide/unproven.store.ts';
import { invitationStore } from '../../shared/registration/invitation/invitation.store.ts';
import {
  listInvitations,
  makeInvitation,
  revokeInvitation,
} from '../../shared/registration/invitation/invitations.case.ts';
import { makeFreshLink, sendMailAgain } from '../../shared/registration/link/send-again.case.ts';
import {
  listRegistrationMail,
  replaceTicket,
  showOrganiserRegistration,
} from '../../shared/registration/list/registrations.case.ts';
import { lockStore } from '../../shared/registration/lock.store.ts';
import { removeNote, writeNote } from '../../shared/registration/notes/notes.case.ts';
import { loadPeople, peopleReader } from '../../shared/registration/people/people.case.ts';
import { peopleStore } from '../../shared/registration/people/people.store.ts';
import { exportAddresses, findByAddress, noteExport } from '../../shared/registration/people/people-addresses.case.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import { changeTags, listTags, removeTag, writeTag } from '../../shared/registration/tags/tags.case.ts';
import { tagStore } from '../../shared/registration/tags/tags.store.ts';
import { listViews, removeView, writeView } from '../../shared/registration/views/views.case.ts';
import { viewStore } from '../../shared/registration/views/views.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { counterStore } from '../../shared/seats/counter.store.ts';
import { changeCapacity, getQuotas } from '../../shared/seats/quotas.case.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { manifest } from './function.ts';

export function realDeps(client = documentClient()) {
  const deps = depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      secrets: kmsSecrets,
      roles: roleStore,
      codes: invitationStore,
      publishing: (given) => given,
      mailAccount: mailAccountReader,
      mailHold: mailHoldReader,
      readFigures: figuresReader,
      backups: backupStore,
      events: eventStore,
      counters: counterStore,
      registrations: registrationStore,
      changes: changeStore,
      readAddressChange: addressChangeReader,
      locks: lockStore,
      messagesAbout,
      announcements: announcementStore,
      people: peopleStore,
      peopleMemory: () => new Map(),
      notedNews: () => new Map(),
      bulks: bulkStore,
      tags: tagStore,
      views: viewStore,
      unprovenSeats: unprovenList,
      write: writer,
      writeIfUnchanged: writerIfUnchanged,
      client: (given) => given.client,
    },
  );
  return { ...deps, knownPeople: peopleReader(deps) };
}

/** What those who run an event do. */
export const handler = httpHandler<RoutesOf<'organiser'>>(ORGANISER_ROUTES, () => {
  const deps = realDeps();
  return permitted<RoutesOf<'organiser'>>(ORGANISER_ROUTES, deps.roles, {
    loadPeople: loadPeople(deps),
    findByAddress: findByAddress(deps),
    noteExport: noteExport(deps),
    exportAddresses: exportAddresses(deps),
    registerOnBehalf: registerOnBehalf(deps),
    addRegistration: addRegistration(deps),
    showOrganiserRegistration: showOrganiserRegistration(deps),
    showPersonPage: showPersonPage(deps),
    askApplicant: askApplicant(deps),
    listHanded: listHanded(deps),
    showHanded: showHanded(deps),
    handOver: handOver(deps),
    decideRegistration: decideRegistration(deps),
    previewBulk: previewBulk(deps),
    startBulk: startBulk(deps),
    listBulks: listBulks(deps),
    showBulk: showBulk(deps),
    takeBackBulk: takeBackBulk(deps),
    leaveBulk: leaveBulk(deps),
    listDeclineReasons: listDeclineReasons(deps),
    listTags: listTags(deps),
    writeTag: writeTag(deps),
    removeTag: removeTag(deps),
    changeTags: changeTags(deps),
    listViews: listViews(deps),
    writeView: writeView(deps),
    removeView: removeView(deps),
    moveUpInLine: moveUpInLine(deps),
    substituteRegistration: substituteRegistration(deps),
    correctAddress: correctAddress(deps),
    correctName: correctName(deps),
    previewAmendment: previewAmendment(deps),
    amendPerson: amendPerson(deps),
    makeFreshLink: makeFreshLink(deps),
    replaceTicket: replaceTicket(deps),
    revokeCertificate: revokeCertificate(deps),
    getMailStatus: getMailStatus(deps),
    getSystemStatus: getSystemStatus(deps),
    releaseMail: releaseMail(deps),
    listRegistrationMail: listRegistrationMail(deps),
    writeNote: writeNote(deps),
    removeNote: removeNote(deps),
    sendMailAgain: sendMailAgain(deps),
    getQuotas: getQuotas(deps),
    changeCapacity: changeCapacity(deps),
    listUnprovenSeats: listUnprovenSeats(deps),
    releaseUnprovenSeats: releaseUnprovenSeats(deps),
    getProgramme: getProgramme(deps),
    changeRegistrationWindow: changeRegistrationWindow(deps),
    getEventStatus: getEventStatus(deps),
    changeEventStatus: changeEventStatus(deps),
    changeSession: changeSession(deps),
    getDefinition: getDefinition(deps),
    checkDefinition: checkDefinition(deps),
    replaceDefinition: replaceDefinition(deps),
    listInvitations: listInvitations(deps),
    makeInvitation: makeInvitation(deps),
    revokeInvitation: revokeInvitation(deps),
  });
});
