import { verifyPath } from '../../web/site/kernel/links.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { document, seeOther } from '../kernel/http/reply.ts';
import { SITE } from '../kernel/i18n/site.ts';
import { translator } from '../kernel/i18n/translator.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { holderOf } from '../registration/holder-of.case.ts';
import type { Registration } from '../registration/registration.ts';
import { certificateCode } from './certificate-code.store.ts';
import type { CertificateCode } from './document/certificate.ts';
import { namesOn } from './names.case.ts';
import { standingNow } from './standing.case.ts';
import { wordsFor } from './words.case.ts';

type Deps = Needs<'attending' | 'certificates' | 'registrations' | 'secrets' | 'siteUrl' | 'system'>;

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
