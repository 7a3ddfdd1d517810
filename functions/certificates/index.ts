import { CERTIFICATE_ROUTES } from '../../shared/certificates/certificates.routes.ts';
import { getCertificate } from '../../shared/certificates/get-certificate.case.ts';
import { showCertificate } from '../../shared/certificates/show-certificate.case.ts';
import { postVerify, showVerify } from '../../shared/certificates/verify.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { problemPage } from '../../shared/kernel/http/problem-page.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { realDeps } from './deps.ts';

/** Gives certificates of attendance to whoever came, and says to anyone whether one is valid. */
export const handler = httpHandler<RoutesOf<'certificates'>>(
  CERTIFICATE_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showCertificate: showCertificate(deps),
      getCertificate: getCertificate(deps),
      showVerify: showVerify(deps),
      postVerify: postVerify(deps),
    };
  },
  problemPage,
);
