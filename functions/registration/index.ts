import { KMSClient } from '@aws-sdk/client-kms';
import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { postYoungForm, registerMinor } from '../../shared/minors/apply/register-minor.case.ts';
import { submissionStore } from '../../shared/registration/apply/submission.store.ts';
import { postForm, submitRegistration } from '../../shared/registration/apply/submit.case.ts';
import { deleteCanary, showCanary } from '../../shared/registration/canary.case.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { postConfirm, showConfirm } from '../../shared/registration/confirm/confirm.case.ts';
import { unconfirmedStore } from '../../shared/registration/confirm/unconfirmed.store.ts';
import { postFind, recoverLink } from '../../shared/registration/link/recover.case.ts';
import { REGISTRATION_ROUTES } from '../../shared/registration/registration.routes.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      secrets: kmsSecrets,
      events: eventStore,
      submissions: submissionStore,
      changes: changeStore,
      registrations: registrationStore,
      unconfirmed: unconfirmedStore,
      tables: ({ registry, outbox, care }) => ({ registry, outbox, care }),
    },
  );

/** Registering, confirming what came by mail, and having the link sent again. */
export const handler = httpHandler<RoutesOf<'registration'>>(
  REGISTRATION_ROUTES,
  () => {
    const deps = realDeps();
    return {
      postForm: postForm(deps),
      postYoungForm: postYoungForm(deps),
      submitRegistration: submitRegistration(deps, (request) => registerMinor(deps, request)),
      showCanary: showCanary(deps),
      eraseCanary: deleteCanary(deps),
      showConfirm: showConfirm(deps),
      postConfirm: postConfirm(deps),
      recoverLink: recoverLink(deps),
      postFind: postFind(deps),
    };
  },
  problemPage,
);
