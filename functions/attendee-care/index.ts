import { KMSClient } from '@aws-sdk/client-kms';
import { ATTENDEE_CARE_ROUTES } from '../../shared/attendee-care-routes.ts';
import { addNeeds, postNeeds, replaceNeeds, showNeeds } from '../../shared/care/needs.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { postComplete, showComplete } from '../../shared/minors/apply/complete.case.ts';
import { postGuardian, showGuardian } from '../../shared/minors/consent/change-guardian.case.ts';
import { youngStore } from '../../shared/minors/young.store.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      secrets: kmsSecrets,
      registrations: registrationStore,
      changes: changeStore,
      young: youngStore,
      tables: ({ registry, outbox, care }) => ({ registry, outbox, care }),
    },
  );

/** What the holder of a registration's link says that is kept in `Care`: it is written here, and never read. */
export const handler = httpHandler<RoutesOf<'attendee-care'>>(
  ATTENDEE_CARE_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showGuardian: showGuardian(deps),
      postGuardian: postGuardian(deps),
      showComplete: showComplete(deps),
      postComplete: postComplete(deps),
      showNeeds: showNeeds(deps),
      postNeeds: postNeeds(deps),
      replaceNeeds: replaceNeeds(deps),
      addNeeds: addNeeds(deps),
    };
  },
  problemPage,
);
