import { CONSOLE_PATH } from '../../kernel/console-page.ts';

/** Where anyone may go from a mail. */
export interface EventLinks {
  /** The event's public page. */
  readonly event: string;
  /** What a parent or guardian who has no email signs, to print. */
  readonly consentForm: string;
  /** Where the event is run, after signing in. */
  readonly console: string;
  /** What is kept of people, why, and for how long. */
  readonly privacy: string;
}

export const eventLinks = (
  { siteUrl }: { readonly siteUrl: string },
  eventId: string,
  language: string,
): EventLinks => ({
  event: `${siteUrl}/e/${eventId}?lang=${language}`,
  consentForm: `${siteUrl}/e/${eventId}/consent-form?lang=${language}`,
  console: `${siteUrl}${CONSOLE_PATH}e/${eventId}`,
  privacy: `${siteUrl}/e/${eventId}/privacy?lang=${language}`,
});
