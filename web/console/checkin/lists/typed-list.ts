import { localTimeOf } from '../../../../shared/kernel/text/zoned-time.ts';
import type { BodyOf } from '../../kernel/api/routes.ts';
import { instantTyped, numberOf } from '../../kernel/form/typed.ts';
import type { List, Read } from '../overview.ts';

type Body = BodyOf<'PUT /api/organiser/events/{eventId}/check-in/lists/{listId}'>;

/** A list as it is typed. */
export interface TypedList {
  readonly name: string;
  /** `event`, `day:day-1` or `session:opening` */
  readonly place: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly capacity: string;
  readonly passing: string;
  readonly categories: readonly string[];
  readonly modes: readonly string[];
  readonly signedUpOnly: boolean;
}

/** @param list none where one is made */
export function typedOf({ programme: { timeZone } }: Read, list: List | undefined): TypedList {
  const time = (instant: string | undefined): string => (instant === undefined ? '' : localTimeOf(instant, timeZone));
  return {
    name: list?.name ?? '',
    place: list === undefined ? 'event' : placeText(list.place),
    opensAt: time(list?.opensAt),
    closesAt: time(list?.closesAt),
    capacity: list?.capacity === undefined ? '' : String(list.capacity),
    passing: list?.passing ?? 'once',
    categories: list?.categories ?? [],
    modes: list?.modes ?? ['in-person'],
    signedUpOnly: list?.signedUpOnly ?? true,
  };
}

/** What of it is wrong, the API says. */
export function bodyOf({ revision, programme: { timeZone } }: Read, typed: TypedList): Body {
  const { name, opensAt, closesAt, capacity, categories, passing, modes } = typed;
  const place = placeOf(typed.place);
  return {
    revision,
    place,
    ...(name.trim() !== '' && { name }),
    ...(opensAt !== '' && { opensAt: instantTyped(opensAt, timeZone) }),
    ...(closesAt !== '' && { closesAt: instantTyped(closesAt, timeZone) }),
    ...(capacity.trim() !== '' && { capacity: numberOf(capacity) }),
    ...(categories.length > 0 && { categories }),
    modes: modes as Body['modes'],
    signedUpOnly: place.kind === 'session' && typed.signedUpOnly,
    passing: passing as Body['passing'],
  };
}

const placeText = (place: List['place']): string =>
  place.kind === 'event' ? 'event' : place.kind === 'day' ? `day:${place.day}` : `session:${place.session}`;

function placeOf(text: string): List['place'] {
  const [kind, id = ''] = text.split(':');
  if (kind === 'day') return { kind, day: id };
  return kind === 'session' ? { kind, session: id } : { kind: 'event' };
}
