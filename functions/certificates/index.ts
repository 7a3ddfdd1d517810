import { CERTIFICATE_ROUTES } from '../../shared/contract/routes/certificates.ts';
import { httpHandler } from '../../shared/http/handler.ts';
import { problemAnswer } from '../../web/site/problem-answer.ts';
import { realDeps } from './deps.ts';
import { getCertificate } from './get-certificate.ts';
import { showCertificate } from './show-certificate.ts';
import { postVerify, showVerify } from './verify.ts';

/** Gives certificates of attendance to whoever came, and says to anyone whether one is valid. */
export const handler = httpHandler<'certificates'>(
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
  problemAnswer,
);
