import { certificatePage } from '../../web/site/certificates/certificate-page.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { page } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { holderOf } from '../registration/holder-of.case.ts';
import type { CERTIFICATE_ROUTES } from './certificates.routes.ts';
import { namesOn } from './names.case.ts';
import { standingNow } from './standing.case.ts';

type Deps = Needs<'attending' | 'certificates' | 'registrations' | 'secrets' | 'system'>;

/** How it stands with someone's certificate, in words, and a button to download it. */
export const showCertificate =
  (deps: Deps): Handle<typeof CERTIFICATE_ROUTES.showCertificate> =>
  async ({ params: { token }, language: wanted, path }) => {
    const held = await holderOf(deps, token, wanted);
    const { event, registration, language } = held;
    const standing = await standingNow(deps, held);
    const names = standing.kind === 'earned' ? await namesOn(deps, registration) : undefined;
    const { fullName, ageBand } = registration;
    const isMinor = ageBand === 'minor';
    const t = siteWords(language);
    return page(certificatePage({ event, standing, names, fullName, isMinor, language, t, path }));
  };
