import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writer } from '../../shared/kernel/dynamo/transact.store.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { AUDIT_ROUTES } from '../../shared/team/audit/audit.routes.ts';
import { auditReader } from '../../shared/team/audit/audit-reader.store.ts';
import { exportAudit, listAudit, listRegistrationAudit } from '../../shared/team/audit/read-audit.case.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client },
    {
      roles: roleStore,
      events: eventStore,
      registrations: registrationStore,
      auditReader,
      write: writer,
    },
  );

/** Who did, saw, exported and sent what, for owners; about one person, for members who see them. */
export const handler = httpHandler<RoutesOf<'audit'>>(AUDIT_ROUTES, () => {
  const deps = realDeps();
  return permitted<RoutesOf<'audit'>>(AUDIT_ROUTES, deps.roles, {
    listAudit: listAudit(deps),
    exportAudit: exportAudit(deps),
    listRegistrationAudit: listRegistrationAudit(deps),
  });
});
