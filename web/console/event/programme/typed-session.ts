import type { BodyOf } from '../../kernel/api/routes.ts';
import type { ProgrammeAnswer, SessionAnswer } from './local-text.ts';

/** What is typed of a session: texts by their place in the request, such as `title.km`. */
export interface TypedSession {
  readonly texts: Readonly<Record<string, string>>;
  readonly signUp: boolean;
  readonly audience: readonly string[];
}

type SessionBody = BodyOf<'PUT /api/organiser/events/{eventId}/sessions/{sessionId}'>['session'];

/** Texts in each language of the event. */
export const LOCAL = ['title', 'room', 'abstract'] as const;
type Local = (typeof LOCAL)[number];

/** @param session that is changed; none where one is added */
export function typedOf({ languages, days }: ProgrammeAnswer, session: SessionAnswer | undefined): TypedSession {
  const local = LOCAL.flatMap((name) =>
    languages.map((language) => [`${name}.${language}`, session?.[name]?.[language] ?? ''] as const),
  );
  const { day = days[0]?.id ?? '', start = '', end = '', meetingUrl = '' } = session ?? {};
  return {
    texts: { ...Object.fromEntries(local), day, start, end, meetingUrl },
    signUp: session?.signUp ?? false,
    audience: session?.audience ?? [],
  };
}

/** What is left empty in every language is not sent; in some only, the API says in which it is missing. */
export function sessionBody(languages: readonly string[], { texts, signUp, audience }: TypedSession): SessionBody {
  const at = (place: string): string => texts[place]?.trim() ?? '';
  const local = (name: Local): Record<string, string> =>
    Object.fromEntries(languages.map((language) => [language, at(`${name}.${language}`)]));
  const optional = (name: Local) =>
    Object.values(local(name)).every((text) => text === '') ? {} : { [name]: local(name) };
  return {
    title: local('title'),
    day: at('day'),
    start: at('start'),
    end: at('end'),
    ...optional('room'),
    ...optional('abstract'),
    ...(at('meetingUrl') !== '' && { meetingUrl: at('meetingUrl') }),
    ...(signUp && { signUp }),
    ...(audience.length > 0 && { audience }),
  };
}

/** What no session is without; of a text that is typed in one language, each language. */
export function requiredOf(languages: readonly string[], { texts }: TypedSession): Readonly<Record<string, string>> {
  const begun = LOCAL.filter(
    (name) => name === 'title' || languages.some((language) => texts[`${name}.${language}`]?.trim()),
  );
  const places = [
    ...begun.flatMap((name) => languages.map((language) => `${name}.${language}`)),
    'day',
    'start',
    'end',
  ];
  return Object.fromEntries(places.map((place) => [`session.${place}`, texts[place] ?? '']));
}
