import { retentionEnd } from '../../shared/domain/event-times.ts';
import { isLive } from '../../shared/domain/registration.ts';
import type { Handle } from '../../shared/http/handler.ts';
import { page } from '../../shared/http/reply.ts';
import { SITE } from '../../shared/i18n/site.ts';
import { translator } from '../../shared/i18n/translator.ts';
import { isProvenCode, parseCertificateCode } from '../../shared/keys/certificate-code.ts';
import { type Verdict, verifyPage } from '../../web/site/certificate/verify-page.ts';
import type { Deps } from './deps.ts';

/** It reads nothing: the page is the same whatever the address names. */
export const showVerify: Handle<'showVerify'> = async ({ language, path }) =>
  page(verifyPage({ language, t: translator(SITE, language), path, typed: '' }));

export const postVerify =
  (deps: Deps): Handle<'postVerify'> =>
  async ({ params: { eventId }, body, language, path }) => {
    const [typed] = body.code;
    const verdict = await judge(deps, eventId, typed, language);
    // What was found is not looked for again; what was not may have been mistyped.
    const kept = verdict.kind === 'valid' ? '' : typed;
    return page(verifyPage({ language, t: translator(SITE, language), path, typed: kept, verdict }));
  };

/** Whatever is wrong with a code that proves nothing, the answer is the same; of someone under 18 none proves anything. */
async function judge(deps: Deps, eventId: string, typed: string, language: string): Promise<Verdict> {
  const claim = parseCertificateCode(typed);
  const found = claim && (await deps.registrations.readWithEvent(eventId, claim.reference, language));
  if (claim === undefined || found === undefined) return { kind: 'not-valid' };
  const { registration, event } = found;
  const isProven = await isProvenCode(claim, registration, deps.secrets);
  const isKept = deps.system.now().getTime() < retentionEnd(event) * 1000;
  if (!isProven || !isKept || registration.ageBand === 'minor' || !isLive(registration)) return { kind: 'not-valid' };
  if (registration.certificateRevoked) return { kind: 'revoked' };
  const { fullName, nativeName } = registration;
  return { kind: 'valid', fullName, nativeName, event: event.title };
}
