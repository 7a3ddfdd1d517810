import type { PublicEvent } from '../../desk.ts';
import type { List } from '../overview.ts';

/** From when to when, on the event's clocks: `2 Nov 2027, 06:00–18:30`. */
export const openTimes = ({ timeZone }: PublicEvent, { opens, closes }: List): string =>
  opens === undefined || closes === undefined
    ? ''
    : new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).formatRange(
        new Date(opens),
        new Date(closes),
      );

/** @param now epoch milliseconds */
export const isOpen = ({ opens = '', closes = '' }: List, now: number): boolean =>
  Date.parse(opens) <= now && now < Date.parse(closes);
