import { KMSClient } from '@aws-sdk/client-kms';
import { copyEvent, deleteRehearsal } from '../../shared/event/definition/definition.case.ts';
import { entriesReader, eventLister, eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writerIfUnchanged } from '../../shared/kernel/dynamo/transact.store.ts';
import { NO_USER_POOL } from '../../shared/kernel/env.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import {
  acceptRoleInvitation,
  changeRoles,
  inviteToRoles,
  redeemRoleInvitation,
} from '../../shared/team/invitation/role-invitation.case.ts';
import { roleInvitationStore } from '../../shared/team/invitation/role-invitation.store.ts';
import {
  getMyRoles,
  listOwnEvents,
  listRoles,
  revokeRoles,
  withdrawRoleInvitation,
} from '../../shared/team/role/list-roles.case.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { cognitoAccounts } from '../../shared/team/second-factor/accounts.case.ts';
import {
  acceptFactorReset,
  proposeFactorReset,
  withdrawFactorReset,
} from '../../shared/team/second-factor/factor-reset.case.ts';
import { TEAM_ROUTES } from '../../shared/team-routes.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      secrets: kmsSecrets,
      roles: roleStore,
      invitations: roleInvitationStore,
      publishing: (given) => given,
      events: eventStore,
      listEvents: eventLister,
      eventEntries: entriesReader,
      writeIfUnchanged: writerIfUnchanged,
      accounts: ({ oidcIssuer, userPool }) =>
        userPool === NO_USER_POOL ? undefined : cognitoAccounts(oidcIssuer, userPool),
    },
  );

/** Who runs an event, which events someone runs, and a new one that they make from one of these. */
export const handler = httpHandler<RoutesOf<'team'>>(TEAM_ROUTES, () => {
  const deps = realDeps();
  return permitted<RoutesOf<'team'>>(TEAM_ROUTES, deps.roles, {
    listOwnEvents: listOwnEvents(deps),
    getMyRoles,
    redeemRoleInvitation: redeemRoleInvitation(deps),
    listRoles: listRoles(deps),
    revokeRoles: revokeRoles(deps),
    changeRoles: changeRoles(deps),
    inviteToRoles: inviteToRoles(deps),
    acceptRoleInvitation: acceptRoleInvitation(deps),
    withdrawRoleInvitation: withdrawRoleInvitation(deps),
    proposeFactorReset: proposeFactorReset(deps),
    withdrawFactorReset: withdrawFactorReset(deps),
    acceptFactorReset: acceptFactorReset(deps),
    copyEvent: copyEvent(deps),
    deleteRehearsal: deleteRehearsal(deps),
  });
});
