import { verifyPath } from '../../web/site/kernel/links.ts';
import type { EventDefinition } from '../event/event.ts';
import { eventEnd, firstDay, lastDay } from '../event/event-times.ts';
import { countryName, formatDates } from '../kernel/i18n/formats.ts';
import type { SiteTranslate } from '../kernel/i18n/site.ts';
import type { Certificate } from './document/certificate.ts';

interface Printed {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  readonly hasCode: boolean;
  readonly siteUrl: string;
}

/** All that a certificate says but whose it is. */
export function wordsFor({ event, language, t, hasCode, siteUrl }: Printed): Omit<Certificate, 'name' | 'code'> {
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
