import { certificatePage } from '../../web/site/certificates/certificate-page.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { page } from '../kernel/http/reply.ts';
import { SITE } from '../kernel/i18n/site.ts';
import { translator } from '../kernel/i18n/translator.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { holderOf } from '../registration/holder-of.case.ts';
import { namesOn } from './names.case.ts';
import { standingNow } from './standing.case.ts';

type Deps = Needs<'attending' | 'certificates' | 'registrations' | 'secrets' | 'system'>;

/** How it stands with someone's certificate, in words, and a button to download it. */
export const showCertificate =
  (deps: Deps): Handle<'showCertificate'> =>
  async ({ params: { token }, language: wanted, path }) => {
    const held = await holderOf(deps, token, wanted);
    const { event, registration, language } = held;
    const standing = await standingNow(deps, held);
    const names = standing.kind === 'earned' ? await namesOn(deps, registration) : undefined;
    const { fullName, ageBand } = registration;
    const isMinor = ageBand === 'minor';
    const t = translator(SITE, language);
    return page(certificatePage({ event, standing, names, fullName, isMinor, language, t, path }));
  };
