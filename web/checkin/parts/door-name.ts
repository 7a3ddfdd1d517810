import type { ListTerms } from '../../../shared/checkin/roster/roster.schema.ts';
import type { Setup } from '../engine/engine.ts';
import { dateOf } from '../times.ts';
import { type Spoken, textFor } from '../words.ts';

/** Whether anybody is let in by a list. @param now by the server's clock, epoch milliseconds */
export const openStatusOf = ({ opensAt, closesAt }: ListTerms, now: number): 'early' | 'open' | 'over' =>
  now < opensAt ? 'early' : now < closesAt ? 'open' : 'over';

/** What staff call a door: by its own name, else by what is behind it. */
export function doorName({ id, name, place }: ListTerms, setup: Setup | undefined, { t, language }: Spoken): string {
  if (name !== undefined) return name;
  switch (place.kind) {
    case 'event':
      return t('choose.entrance');
    case 'day': {
      const day = setup?.event.days.find((each) => each.id === place.day);
      return day === undefined ? id : dateOf(day.date, t);
    }
    case 'session': {
      const session = setup?.event.sessions.find((each) => each.id === place.session);
      return session === undefined ? id : textFor(session.title, language);
    }
  }
}
