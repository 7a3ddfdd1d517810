import { KMSClient } from '@aws-sdk/client-kms';
import {
  getCertificate,
  openFiles,
  postVerify,
  showCertificate,
  showVerify,
} from '../../shared/certificates/certificate.case.ts';
import { CERTIFICATE_ROUTES } from '../../shared/certificates/certificates.routes.ts';
import { attending } from '../../shared/checkin/attendance/attendance.store.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import { getCalendar } from '../../shared/registration/registration-data.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      secrets: kmsSecrets,
      events: eventStore,
      registrations: registrationStore,
      attending,
      certificates: () => openFiles,
    },
  );

/** Gives certificates of attendance to attendees who came, and says to anyone whether one is valid. */
export const handler = httpHandler<RoutesOf<'certificates'>>(
  CERTIFICATE_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showCertificate: showCertificate(deps),
      getCertificate: getCertificate(deps),
      getCalendar: getCalendar(deps),
      showVerify: showVerify(deps),
      postVerify: postVerify(deps),
    };
  },
  problemPage,
);
