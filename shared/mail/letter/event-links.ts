import { CONSOLE_PATH } from '../../kernel/console-page.ts';

/** Where anyone may go from a mail. */
export const eventLinks = ({ siteUrl }: { readonly siteUrl: string }, eventId: string, language: string) => ({
  event: `${siteUrl}/e/${eventId}?lang=${language}`,
  consentForm: `${siteUrl}/e/${eventId}/consent-form?lang=${language}`,
  console: `${siteUrl}${CONSOLE_PATH}e/${eventId}`,
  privacy: `${siteUrl}/e/${eventId}/privacy?lang=${language}`,
});
