import { verifyPath } from '../../web/site/kernel/links.ts';
import type { EventDefinition } from '../event/event.ts';
import { eventEnd, firstDay, lastDay } from '../event/event-times.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { document, seeOther } from '../kernel/http/reply.ts';
import { countryName, formatDates } from '../kernel/i18n/formats.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { SiteTranslate } from '../kernel/i18n/words.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { holderOf } from '../registration/holder-of.case.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { certificateCode } from './certificate-code.store.ts';
import type { CERTIFICATE_ROUTES } from './certificates.routes.ts';
import type { Certificate, CertificateCode } from './document/certificate.ts';
import { namesOn } from './names.case.ts';
import { standingNow } from './standing.case.ts';

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
  const place = `${venue.name}, ${countryName(venue.country, language)}`;
  const address = `${siteUrl.replace(/^https?:\/\//, '')}${verifyPath(event.id)}`;
  return {
    language,
    title: t('certificate.title'),
    certifiesThat: t('certificate.paper.certifies'),
    tookPart: t('certificate.paper.took-part'),
    event: event.title,
    whenAndWhere: event.status === 'moved-online' ? dates : `${dates} · ${place}`,
    host: event.host,
    howToVerify: hasCode
      ? t('certificate.paper.verify', { address })
      : t('certificate.paper.ask', { name: secretariat.name, email: secretariat.email }),
    // The same bytes whenever it is downloaded.
    madeAt: eventEnd(event).getTime(),
  };
}

type Deps = Needs<'attending' | 'certificates' | 'registrations' | 'secrets' | 'siteUrl' | 'system'>;

/** Drawn anew whenever it is asked for: nothing of it is kept. */
export const getCertificate =
  (deps: Deps): Handle<typeof CERTIFICATE_ROUTES.getCertificate> =>
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
    return document(`certificate-${event.id}`, await draw({ ...words, ...names, code }));
  };

/** None for people under 18: no page that anyone can open says their name. */
async function codeOf({ secrets, siteUrl }: Deps, registration: Registration): Promise<CertificateCode | undefined> {
  if (registration.ageBand === 'minor') return undefined;
  const typed = await certificateCode(registration, secrets);
  // What follows the number sign stays in the browser: it is in no log.
  return { url: `${siteUrl}${verifyPath(registration.eventId)}#${typed}`, typed };
}
