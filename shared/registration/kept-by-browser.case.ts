import type { EventDefinition } from '../event/event.ts';
import { lastMoment } from '../feedback/form/form.ts';
import { feedbackToken } from '../feedback/token/feedback-link.store.ts';
import type { Secrets } from '../kernel/keys/secrets.store.ts';
import type { Registration } from './registration.schema.ts';

/** What the pages of a registration leave in a browser (`KeptByBrowser`); nothing where the event asks nothing. */
export async function keptByBrowser(registration: Registration, event: EventDefinition<string>, secrets: Secrets) {
  if (event.feedback === undefined) return undefined;
  return {
    token: await feedbackToken(registration, secrets),
    name: nameInBrowser(registration),
    until: lastMoment(event, event.feedback),
  };
}

/**
 * As whom a browser says that it answers, where several people share one. It stays there, maybe on a computer that is not theirs: of
 * a minor the first letters alone, which tell brothers and sisters apart.
 */
export const nameInBrowser = ({
  badgeName,
  fullName,
  ageBand,
}: Pick<Registration, 'badgeName' | 'fullName' | 'ageBand'>): string =>
  ageBand === 'minor' ? initials(badgeName || fullName) : badgeName || fullName;

function initials(name: string): string {
  // Made where it is used: it takes some milliseconds, which few ask for.
  const letters = new Intl.Segmenter('und', { granularity: 'grapheme' });
  return name
    .split(/\s+/)
    .flatMap((word) => [...letters.segment(word)].slice(0, 1))
    .map(({ segment }) => `${segment}.`)
    .join(' ');
}
