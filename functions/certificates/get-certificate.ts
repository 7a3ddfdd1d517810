import type { CertificateCode } from '../../shared/documents/certificate.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { document, seeOther } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { certificateCode } from '../../shared/keys/certificate-code.ts';
import { holderOf } from '../../shared/registering/holder-of.ts';

import { verifyPath } from '../../web/site/links.ts';
import type { Deps } from './deps.ts';
import { namesOn } from './names.ts';
import { standingNow } from './standing.ts';
import { wordsFor } from './words.ts';

/** Drawn anew whenever it is asked for: nothing of it is kept. */
export const getCertificate =
  (deps: Deps): Handle<'getCertificate'> =>
  async ({ params: { token }, language: wanted }) => {
    const held = await holderOf(deps, token, wanted);
    const { event, registration, language } = held;
    const toPage = seeOther(`/m/${token}/certificate?lang=${language}`);
    if ((await standingNow(deps, held)).kind !== 'earned') return toPage;
    const names = await namesOn(deps, registration);
    if ('undrawn' in names) return toPage;
    const code = await codeOf(deps, registration);
    const words = wordsFor({
      event,
      language,
      t: translator(SITE, language),
      hasCode: code !== undefined,
      siteUrl: deps.siteUrl,
    });
    const { draw } = await deps.certificates();
    return document(`certificate-${event.id}`, await draw({ ...words, ...names, code }));
  };

/** None for people under 18: no page that anyone can open says their name. */
async function codeOf({ secrets, siteUrl }: Deps, registration: Registration): Promise<CertificateCode | undefined> {
  if (registration.ageBand === 'minor') return undefined;
  const typed = await certificateCode(registration, secrets);
  // What follows the number sign stays in the browser: it is in no log.
  return { url: `${siteUrl}${verifyPath(registration.eventId)}#${typed}`, typed };
}
