import type { Handle } from '../../shared/http/handler.ts';
import { page } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { holderOf } from '../../shared/registering/holder-of.ts';
import { certificatePage } from '../../web/site/certificate/certificate-page.ts';
import type { Deps } from './deps.ts';
import { namesOn } from './names.ts';
import { standingNow } from './standing.ts';

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
