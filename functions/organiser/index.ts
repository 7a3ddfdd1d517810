import { KMSClient } from '@aws-sdk/client-kms';
import { announcementStore } from '../../shared/announcements/announcement.store.ts';
import { getMailStatus } from '../../shared/announcements/mail-status.case.ts';
import { revokeCertificate } from '../../shared/certificates/revoke-certificate.case.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { eventLister } from '../../shared/event/event-list.store.ts';
import { changeSession } from '../../shared/event/programme/change-session.case.ts';
import { changeRegistrationWindow } from '../../shared/event/programme/change-window.case.ts';
import { changeEventStatus, getEventStatus } from '../../shared/event/programme/event-status.case.ts';
import { getProgramme } from '../../shared/event/programme/get-programme.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writer, writerIfUnchanged } from '../../shared/kernel/dynamo/transact.store.ts';
import { NO_USER_POOL } from '../../shared/kernel/env.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { mailStore } from '../../shared/mail/account/read-mail-account.store.ts';
import { messagesAbout } from '../../shared/mail/outbox/messages-about.store.ts';
import { ORGANISER_ROUTES } from '../../shared/organiser-routes.ts';
import { addRegistration } from '../../shared/registration/apply/add.case.ts';
import { correctAddress } from '../../shared/registration/change/correct-address.case.ts';
import { correctName } from '../../shared/registration/change/correct-name.case.ts';
import { substituteRegistration } from '../../shared/registration/change/substitute.case.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { decideRegistration } from '../../shared/registration/decide/decide.case.ts';
import { unprovenList } from '../../shared/registration/decide/unproven-list.store.ts';
import { listUnprovenSeats, releaseUnprovenSeats } from '../../shared/registration/decide/unproven-seats.case.ts';
import { invitationStore } from '../../shared/registration/invitation/invitation.store.ts';
import { listInvitations } from '../../shared/registration/invitation/list-invitations.case.ts';
import { makeInvitation } from '../../shared/registration/invitation/make-invitation.case.ts';
import { revokeInvitation } from '../../shared/registration/invitation/revoke-invitation.case.ts';
import { makeFreshLink } from '../../shared/registration/link/fresh-link.case.ts';
import { sendMailAgain } from '../../shared/registration/link/send-link-again.case.ts';
import { exportRegistrations } from '../../shared/registration/list/export.case.ts';
import { listRegistrations } from '../../shared/registration/list/list.case.ts';
import { listRegistrationMail } from '../../shared/registration/list/mail-of-registration.case.ts';
import { registrationLister } from '../../shared/registration/list/registration-list.store.ts';
import { replaceTicket } from '../../shared/registration/list/replace-ticket.case.ts';
import { showOrganiserRegistration } from '../../shared/registration/list/show.case.ts';
import { lockStore } from '../../shared/registration/lock.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import { changeCapacity, getQuotas } from '../../shared/seats/quotas.case.ts';
import { acceptRoleInvitation } from '../../shared/team/invitation/accept-role-invitation.case.ts';
import { inviteToRoles } from '../../shared/team/invitation/invite-to-roles.case.ts';
import { redeemRoleInvitation } from '../../shared/team/invitation/redeem-role-invitation.case.ts';
import { roleInvitationStore } from '../../shared/team/invitation/role-invitation.store.ts';
import { getMyRoles } from '../../shared/team/role/get-my-roles.case.ts';
import { listRoles } from '../../shared/team/role/list-roles.case.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { revokeRoles, withdrawRoleInvitation } from '../../shared/team/role/revoke-roles.case.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { cognitoAccounts } from '../../shared/team/second-factor/accounts.case.ts';
import {
  acceptFactorReset,
  proposeFactorReset,
  withdrawFactorReset,
} from '../../shared/team/second-factor/factor-reset.case.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: new KMSClient({}) },
    {
      secrets: kmsSecrets,
      roles: roleStore,
      invitations: roleInvitationStore,
      codes: invitationStore,
      publishing: (given) => given,
      mailAccount: mailStore,
      events: eventStore,
      listEvents: eventLister,
      registrations: registrationStore,
      changes: changeStore,
      locks: lockStore,
      messagesAbout,
      announcements: announcementStore,
      listRegistrations: registrationLister,
      unprovenSeats: unprovenList,
      write: writer,
      writeIfUnchanged: writerIfUnchanged,
      registry: ({ registry }) => registry,
      outboxTable: ({ outbox }) => outbox,
      auditTable: ({ audit }) => audit,
      careTable: ({ care }) => care,
      siteUrl: ({ siteUrl }) => siteUrl,
      accounts: ({ oidcIssuer, userPool }) =>
        userPool === NO_USER_POOL ? undefined : cognitoAccounts(oidcIssuer, userPool),
      issuer: ({ oidcIssuer }) => oidcIssuer,
    },
  );

/** What those who run an event do. */
export const handler = httpHandler<'organiser'>(ORGANISER_ROUTES, () => {
  const deps = realDeps();
  return permitted<'organiser'>(ORGANISER_ROUTES, deps.roles, {
    getMyRoles,
    redeemRoleInvitation: redeemRoleInvitation(deps),
    listRoles: listRoles(deps),
    revokeRoles: revokeRoles(deps),
    inviteToRoles: inviteToRoles(deps),
    acceptRoleInvitation: acceptRoleInvitation(deps),
    withdrawRoleInvitation: withdrawRoleInvitation(deps),
    proposeFactorReset: proposeFactorReset(deps),
    withdrawFactorReset: withdrawFactorReset(deps),
    acceptFactorReset: acceptFactorReset(deps),
    listRegistrations: listRegistrations(deps),
    addRegistration: addRegistration(deps),
    exportRegistrations: exportRegistrations(deps),
    showOrganiserRegistration: showOrganiserRegistration(deps),
    decideRegistration: decideRegistration(deps),
    substituteRegistration: substituteRegistration(deps),
    correctAddress: correctAddress(deps),
    correctName: correctName(deps),
    makeFreshLink: makeFreshLink(deps),
    replaceTicket: replaceTicket(deps),
    revokeCertificate: revokeCertificate(deps),
    getMailStatus: getMailStatus(deps),
    listRegistrationMail: listRegistrationMail(deps),
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
    listInvitations: listInvitations(deps),
    makeInvitation: makeInvitation(deps),
    revokeInvitation: revokeInvitation(deps),
  });
});
