import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { certificatePage, type VerifiedCertificate, verifyPage } from '../../web/site/certificates/certificate-page.ts';
import { verifyPath } from '../../web/site/kernel/links.ts';
import { isLive } from '../event/attendee.ts';
import { consentWordsKey, fromConsentWordsItem, hashConsent } from '../event/consent-words.store.ts';
import type { EventDefinition } from '../event/event.ts';
import { meetsInPerson } from '../event/event-standing.ts';
import { eventEnd, firstDay, lastDay, retentionEnd } from '../event/event-times.ts';
import type { LocalisedEvent } from '../event/localised-event.store.ts';
import { readItem } from '../kernel/dynamo/queries.store.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { document, page, type Reply, seeOther } from '../kernel/http/reply.ts';
import { formatDates } from '../kernel/i18n/formats.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { SiteTranslate } from '../kernel/i18n/words.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { countryName } from '../kernel/text/countries.ts';
import { provenReceipt, type Receipt } from '../registration/consent-receipt.store.ts';
import { holderOf } from '../registration/holder-of.case.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { type CertificateStatus, certificateStatusOf, offerOf } from './certificate.ts';
import { certificateCode, isProvenCode, parseCertificateCode } from './certificate-code.store.ts';
import type { CERTIFICATE_ROUTES } from './certificates.routes.ts';
import type { Certificate, CertificateCode, Certificates } from './document/certificate.ts';

interface Printed {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  readonly hasCode: boolean;
  readonly siteUrl: string;
}

/** All that a certificate says but whose it is. */
function wordsFor({ event, language, t, hasCode, siteUrl }: Printed): Omit<Certificate, 'name' | 'code'> {
  const { venue, secretariat } = event;
  const dates = formatDates(firstDay(event), lastDay(event), language);
  const place = `${venue.name}, ${countryName(venue.country, language, event.countries)}`;
  const address = `${siteUrl.replace(/^https?:\/\//, '')}${verifyPath(event.id)}`;
  return {
    language,
    title: event.rehearsal ? `${t('rehearsal')}: ${t('certificate.title')}` : t('certificate.title'),
    certifiesThat: t('certificate.paper.certifies'),
    tookPart: t('certificate.paper.took-part'),
    event: event.title,
    whenAndWhere: meetsInPerson(event) ? `${dates} · ${place}` : dates,
    host: event.host,
    howToVerify: hasCode
      ? t('certificate.paper.verify', { address })
      : t('certificate.paper.ask', { name: secretariat.name, email: secretariat.email }),
    // The same bytes whenever it is downloaded.
    madeAt: eventEnd(event).getTime(),
  };
}

type GetCertificateDeps = Needs<'attending' | 'certificates' | 'registrations' | 'secrets' | 'siteUrl' | 'system'>;

/** Drawn anew whenever it is asked for: nothing of it is kept. */
export const getCertificate =
  (deps: GetCertificateDeps): Handle<typeof CERTIFICATE_ROUTES.getCertificate> =>
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
      t: siteWords(language),
      hasCode: code !== undefined,
      siteUrl: deps.siteUrl,
    });
    const { draw } = await deps.certificates();
    return document('pdf', `certificate-${event.id}`, await draw({ ...words, ...names, code }));
  };

/** None for people under 18: no page that anyone can open says their name. */
async function codeOf(
  { secrets, siteUrl }: GetCertificateDeps,
  registration: Registration,
): Promise<CertificateCode | undefined> {
  if (registration.ageBand === 'minor') return undefined;
  const typed = await certificateCode(registration, secrets);
  // What follows the number sign stays in the browser: it is in no log.
  return { url: `${siteUrl}${verifyPath(registration.eventId)}#${typed}`, typed };
}

/** How it stands with an attendee's certificate, in words, and a button to download it. */
export const showCertificate =
  (
    deps: Needs<'attending' | 'certificates' | 'registrations' | 'secrets' | 'system'>,
  ): Handle<typeof CERTIFICATE_ROUTES.showCertificate> =>
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

type VerifyDeps = Needs<'certificates' | 'client' | 'events' | 'registrations' | 'registry' | 'secrets' | 'system'>;

interface Asked {
  readonly params: { readonly eventId: string };
  readonly language: string;
  readonly path: string;
}

/** Asks the same of every event, and of one that does not exist. */
export const showVerify =
  (deps: VerifyDeps): Handle<typeof CERTIFICATE_ROUTES.showVerify> =>
  async (asked) =>
    answer(asked, await deps.events.readEvent(asked.params.eventId, asked.language), '');

export const postVerify =
  (deps: VerifyDeps): Handle<typeof CERTIFICATE_ROUTES.postVerify> =>
  async (asked) => {
    const found = await deps.events.readEvent(asked.params.eventId, asked.language);
    const [typed] = asked.body.code;
    const verdict = await judge(deps, found, typed);
    // What was found is not looked for again; what was not may have been mistyped.
    const isFound = 'fullName' in verdict || verdict.kind === 'receipt';
    return answer(asked, found, isFound ? '' : typed, verdict);
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

/** Whatever is wrong with a code that proves nothing, the answer is the same; of a minor none proves anything. */
async function judge(deps: VerifyDeps, found: LocalisedEvent | undefined, typed: string): Promise<VerifiedCertificate> {
  // Of nobody: whoever has one that is real is not called a forger by what was forgotten.
  if (found && deps.system.now().getTime() >= retentionEnd(found.event) * 1000) return { kind: 'not-kept' };
  const receipt = found && (await provenReceipt(found.event.id, typed, deps.secrets));
  if (receipt) return { kind: 'receipt', ...receipt, words: await receiptWords(deps, found.event.id, receipt) };
  const claim = parseCertificateCode(typed);
  const registration = claim && found && (await deps.registrations.read(found.event.id, claim.reference));
  if (claim === undefined || found === undefined || registration === undefined) return { kind: 'not-valid' };
  const { event } = found;
  const isProven = await isProvenCode(claim, registration, deps.secrets);
  if (!isProven || registration.ageBand === 'minor' || !isLive(registration)) return { kind: 'not-valid' };
  if (registration.certificate?.revoked) return { kind: 'revoked' };
  // What is printed is compared with this: it says no name that the certificate does not.
  const nativeName = await nativeNameOn(deps, registration);
  return {
    kind: event.rehearsal ? 'rehearsal' : 'valid',
    fullName: registration.fullName,
    nativeName,
    event: event.title,
  };
}

/** The words that a receipt is of, of all that the event ever published: whoever checks it reads what was agreed to. */
async function receiptWords({ client, registry }: VerifyDeps, eventId: string, { fingerprint }: Receipt) {
  const kept = fromConsentWordsItem(await readItem(client, registry, consentWordsKey(eventId)));
  const [words] = kept.flatMap((each) =>
    [false, true].flatMap((isYoung) =>
      hashConsent(each, isYoung).startsWith(fingerprint)
        ? [{ ...each, points: (isYoung && each.youngPoints) || each.points }]
        : [],
    ),
  );
  return words;
}

/** The names that are printed; or letters that no font has, without which the certificate would name another person. */
export type PrintedNames =
  | { readonly name: string; readonly nativeName?: string | undefined }
  | { readonly undrawn: string };

type Drawing = Pick<Needs<'certificates'>, 'certificates'>;
type Named = Pick<Registration, 'fullName' | 'nativeName'>;

export async function namesOn(deps: Drawing, registration: Named): Promise<PrintedNames> {
  const { undrawnIn } = await deps.certificates();
  const { fullName } = registration;
  const undrawn = undrawnIn(fullName);
  return undrawn === undefined ? { name: fullName, nativeName: await nativeNameOn(deps, registration) } : { undrawn };
}

/**
 * The name in its own script, where it is printed: one that cannot be is left out, and the other one stands for it. Opens the fonts, some
 * 100 ms of a cold start, only where there is such a name.
 */
export async function nativeNameOn(
  { certificates }: Drawing,
  { fullName, nativeName }: Named,
): Promise<string | undefined> {
  if (nativeName === undefined || nativeName === fullName) return undefined;
  const { undrawnIn } = await certificates();
  return undrawnIn(nativeName) === undefined ? nativeName : undefined;
}

/** How it stands with an attendee's certificate now; where they came is read only where it decides anything. */
export async function standingNow(
  { attending, system }: Pick<Needs<'attending' | 'system'>, 'attending' | 'system'>,
  { event, registration }: RegistrationWithEvent,
): Promise<CertificateStatus> {
  const offer = offerOf(event, registration, system.now());
  return offer === 'given' ? certificateStatusOf(event, await attending(event, registration)) : { kind: offer };
}

/** Where the files lie that were built for this function, from its script; where sources run unbundled, as in tests, those of the build. */
declare const __FILES__: string | undefined;
const FOLDER = typeof __FILES__ === 'undefined' ? '../../dist/functions/certificates/' : __FILES__;

let opened: Promise<Certificates> | undefined;

/** Opens HarfBuzz and all fonts, once: some 100 ms of the processor at a cold start. */
export function openFiles(): Promise<Certificates> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function open(): Promise<Certificates> {
  const folder = new URL(FOLDER, import.meta.url);
  const names = (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith('.ttf'));
  const read = (name: string): Promise<Uint8Array<ArrayBuffer>> => readFile(new URL(name, folder));
  const [{ openCertificates }, { fontsOf }, subsetter, ...fonts] = await Promise.all([
    import('./document/certificate.ts'),
    import('./document/certificate.ts'),
    read('harfbuzz-subset.wasm'),
    ...names.map(read),
  ]);
  const files = Object.fromEntries(names.map((name, index) => [name, fonts[index] ?? new Uint8Array()]));
  return openCertificates(fontsOf(files), subsetter);
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    /** What draws: opened at its first use, since few of those who check a code need any of it. */
    readonly certificates: () => Promise<Certificates>;
  }
}
