import { type VerifiedCertificate, verifyPage } from '../../web/site/certificates/verify-page.ts';
import { isLive } from '../event/attendee.ts';
import { retentionEnd } from '../event/event-times.ts';
import type { LocalisedEvent } from '../event/localised-event.store.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { page, type Reply } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { isProvenCode, parseCertificateCode } from './certificate-code.store.ts';
import type { CERTIFICATE_ROUTES } from './certificates.routes.ts';
import { nativeNameOn } from './names.case.ts';

type Deps = Needs<'certificates' | 'events' | 'registrations' | 'secrets' | 'system'>;

interface Asked {
  readonly params: { readonly eventId: string };
  readonly language: string;
  readonly path: string;
}

/** Asks the same of every event, and of one that does not exist. */
export const showVerify =
  (deps: Deps): Handle<typeof CERTIFICATE_ROUTES.showVerify> =>
  async (asked) =>
    answer(asked, await deps.events.readEvent(asked.params.eventId, asked.language), '');

export const postVerify =
  (deps: Deps): Handle<typeof CERTIFICATE_ROUTES.postVerify> =>
  async (asked) => {
    const found = await deps.events.readEvent(asked.params.eventId, asked.language);
    const [typed] = asked.body.code;
    const verdict = await judge(deps, found, typed);
    // What was found is not looked for again; what was not may have been mistyped.
    return answer(asked, found, verdict.kind === 'valid' ? '' : typed, verdict);
  };

function answer(
  { language: wanted, path }: Asked,
  found: LocalisedEvent | undefined,
  typed: string,
  verdict?: VerifiedCertificate,
): Reply {
  const language = found?.language ?? wanted;
  return page(verifyPage({ event: found?.event, language, t: siteWords(language), path, typed, verdict }));
}

/** Whatever is wrong with a code that proves nothing, the answer is the same; of someone under 18 none proves anything. */
async function judge(deps: Deps, found: LocalisedEvent | undefined, typed: string): Promise<VerifiedCertificate> {
  const claim = parseCertificateCode(typed);
  const registration = claim && found && (await deps.registrations.read(found.event.id, claim.reference));
  if (claim === undefined || found === undefined || registration === undefined) return { kind: 'not-valid' };
  const { event } = found;
  const isProven = await isProvenCode(claim, registration, deps.secrets);
  const isKept = deps.system.now().getTime() < retentionEnd(event) * 1000;
  if (!isProven || !isKept || registration.ageBand === 'minor' || !isLive(registration)) return { kind: 'not-valid' };
  if (registration.certificateRevoked) return { kind: 'revoked' };
  // What is printed is compared with this: it says no name that the certificate does not.
  const nativeName = await nativeNameOn(deps, registration);
  return { kind: 'valid', fullName: registration.fullName, nativeName, event: event.title };
}
