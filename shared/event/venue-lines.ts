import { countryName } from '../kernel/i18n/formats.ts';
import type { EventDefinition } from './event.ts';

/** The venue in one line each: name, address, and country unless the address already names it. */
export function venueLines({ venue }: Pick<EventDefinition<string>, 'venue'>, language: string): string[] {
  const country = countryName(venue.country, language);
  return [venue.name, venue.address, ...(venue.address.includes(country) ? [] : [country])];
}
