import { useRef, useState } from 'preact/hooks';
import { NEW_SESSION, navigate, pageAddress } from '../addresses.ts';
import { useDesk, useEventRead } from '../desk.ts';
import type { BodyOf } from '../kernel/api.ts';
import { ChecksField, fieldError, LongTextField, SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, requireTyped } from '../kernel/form/typed.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { dayName, languageText, type ProgrammeAnswer, type SessionAnswer, textIn, zoneName } from '../names.ts';
import { t } from '../words.ts';
import { idFromTitle } from './id-from-title.ts';

/** One session to change, or one to add. */
export function SessionScreen({ one: sessionId }: { readonly one: string }) {
  const { event } = useDesk();
  const isNew = sessionId === NEW_SESSION;
  const programme = useEventRead('GET /api/organiser/events/{eventId}/programme');
  return (
    <>
      <p class="back">
        <a href={pageAddress(event.id, 'programme')}>{t('session.back')}</a>
      </p>
      <Show of={programme}>
        {(read) => {
          const session = read.sessions.find(({ id }) => id === sessionId);
          if (!isNew && session === undefined) return <Heading>{t('session.notFound')}</Heading>;
          return (
            <>
              <Heading>{session ? textIn(read, session.title) : t('session.addTitle')}</Heading>
              <SessionForm programme={read} session={session} onStale={programme.reload} />
            </>
          );
        }}
      </Show>
    </>
  );
}

/** How a session is saved now, for an organiser who began from an earlier one. */
function SessionNow({ programme, session }: { readonly programme: ProgrammeAnswer; readonly session: SessionAnswer }) {
  const day = programme.days.find(({ id }) => id === session.day);
  const groups = programme.categories.filter(({ id }) => session.audience?.includes(id));
  const facts = [
    textIn(programme, session.title),
    `${textIn(programme, day?.title)}, ${session.start}–${session.end}`,
    textIn(programme, session.room),
    session.signUp && t('programme.signUp'),
    groups.map(({ title }) => textIn(programme, title)).join(', '),
  ].filter(Boolean);
  return (
    <div class="note warn">
      <p>{t('session.now')}</p>
      <ul>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </div>
  );
}

interface SessionFormProps {
  readonly programme: ProgrammeAnswer;
  /** None where one is added. */
  readonly session: SessionAnswer | undefined;
  readonly onStale: () => Promise<void>;
}

/** What was typed stays where someone else was faster; what they made of this very session is shown above it then. */
function SessionForm({ programme, session, onStale }: SessionFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('session.changedMeanwhile'), 'definition-changed');
  const [typed, setTyped] = useState(() => typedOf(programme, session));
  const begun = useRef(session);
  const isOther = JSON.stringify(begun.current) !== JSON.stringify(session);
  const { version, languages, sessions } = programme;
  const save = async (): Promise<void> => {
    const { start = '', end = '' } = typed.texts;
    requireTyped(requiredOf(languages, typed), { clock: { 'session.start': start, 'session.end': end } });
    const body = sessionBody(languages, typed);
    const title = textIn(programme, body.title);
    const ids = sessions.map(({ id }) => id);
    await api('PUT /api/organiser/events/{eventId}/sessions/{sessionId}', {
      params: { eventId: event.id, sessionId: session?.id ?? idFromTitle(title, ids) },
      body: { version, session: body },
    });
    navigate(pageAddress(event.id, 'programme'));
    tell(session ? t('session.saved', { title }) : t('session.added', { title }));
  };
  return (
    <>
      {isOther && session && <SessionNow programme={programme} session={session} />}
      <FieldsForm
        send={session ? t('session.save') : t('session.add')}
        busy={busy}
        error={error}
        labels={sessionLabels(languages)}
        onSend={() => change(save)}
        onCancel={() => navigate(pageAddress(event.id, 'programme'))}
      >
        <SessionFields programme={programme} typed={typed} error={error} onChange={setTyped} />
      </FieldsForm>
    </>
  );
}

/** What is typed of a session: texts by their place in the request, such as `title.km`. */
interface TypedSession {
  readonly texts: Readonly<Record<string, string>>;
  readonly signUp: boolean;
  readonly mayOverlap: boolean;
  readonly audience: readonly string[];
}

type SessionBody = BodyOf<'PUT /api/organiser/events/{eventId}/sessions/{sessionId}'>['session'];

/** Texts in each language of the event. */
const LOCAL = ['title', 'room', 'abstract'] as const;
type Local = (typeof LOCAL)[number];
/** How a session is chosen in the form. */
const TAKEN = ['signUp', 'mayOverlap'] as const;

/** @param session that is changed; none where one is added */
function typedOf({ languages, days }: ProgrammeAnswer, session: SessionAnswer | undefined): TypedSession {
  const local = LOCAL.flatMap((name) =>
    languages.map((language) => [`${name}.${language}`, session?.[name]?.[language] ?? ''] as const),
  );
  const { day = days[0]?.id ?? '', start = '', end = '', meetingUrl = '' } = session ?? {};
  return {
    texts: { ...Object.fromEntries(local), day, start, end, meetingUrl },
    signUp: session?.signUp ?? false,
    mayOverlap: session?.mayOverlap ?? false,
    audience: session?.audience ?? [],
  };
}

/** What is left empty in every language is not sent; in some only, the API says in which it is missing. */
function sessionBody(languages: readonly string[], { texts, signUp, mayOverlap, audience }: TypedSession): SessionBody {
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
    ...(signUp && mayOverlap && { mayOverlap }),
    ...(audience.length > 0 && { audience }),
  };
}

/** What no session is without; of a text that is typed in one language, each language. */
function requiredOf(languages: readonly string[], { texts }: TypedSession): Readonly<Record<string, string>> {
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

interface SessionFieldsProps {
  readonly programme: ProgrammeAnswer;
  readonly typed: TypedSession;
  readonly error: unknown;
  readonly onChange: (typed: TypedSession) => void;
}

/** The labels of all fields by the paths of the request. */
const sessionLabels = (languages: readonly string[]): Readonly<Record<string, string>> => ({
  'session.day': t('session.day'),
  'session.start': t('session.start'),
  'session.end': t('session.end'),
  'session.meetingUrl': t('session.meetingUrl'),
  'session.signUp': t('session.signUp'),
  'session.audience': t('session.audience'),
  ...Object.fromEntries(
    LOCAL.flatMap((name) =>
      languages.map((language) => [
        `session.${name}.${language}`,
        t('session.inLanguage', { name: t(`session.${name}`), language: languageText(language) }),
      ]),
    ),
  ),
});

function SessionFields({ programme, typed, error, onChange }: SessionFieldsProps) {
  const { languages, days, categories } = programme;
  const labels = sessionLabels(languages);
  const field = (place: string) => {
    const name = `session.${place}`;
    return {
      name,
      label: labels[name] ?? name,
      value: typed.texts[place] ?? '',
      error: fieldError(error, name),
      onChange: (value: string) => onChange({ ...typed, texts: { ...typed.texts, [place]: value } }),
    };
  };
  const optional = (place: string) => {
    const { label, ...rest } = field(place);
    return { ...rest, label: t('common.optional', { label }) };
  };
  return (
    <>
      {languages.map((language) => (
        <TextInput key={language} {...field(`title.${language}`)} lang={language} />
      ))}
      <SelectField
        {...field('day')}
        choices={days.map(({ id, title, date }) => [id, `${textIn(programme, title)}, ${dayName(date)}`] as const)}
      />
      <div class="pair">
        <DigitsInput {...field('start')} as="clock" hint={zoneName(programme)} />
        <DigitsInput {...field('end')} as="clock" hint={zoneName(programme)} />
      </div>
      {languages.map((language) => (
        <TextInput key={language} {...optional(`room.${language}`)} lang={language} />
      ))}
      {languages.map((language) => (
        <LongTextField key={language} {...optional(`abstract.${language}`)} lang={language} />
      ))}
      <TextInput {...optional('meetingUrl')} type="url" hint={t('session.meetingUrlHint')} />
      <ChecksField
        name="session.signUp"
        label={t('session.signUp')}
        hint={t('session.signUpHint')}
        choices={[
          ['signUp', t('session.signUpTake')],
          ...(typed.signUp ? [['mayOverlap', t('session.mayOverlapTake')] as const] : []),
        ]}
        chosen={TAKEN.filter((each) => typed[each])}
        error={fieldError(error, 'session.signUp')}
        onChange={(chosen) =>
          onChange({ ...typed, signUp: chosen.includes('signUp'), mayOverlap: chosen.includes('mayOverlap') })
        }
      />
      <ChecksField
        name="session.audience"
        label={t('session.audience')}
        hint={t('session.audienceHint')}
        choices={categories.map(({ id, title }) => [id, textIn(programme, title)] as const)}
        chosen={typed.audience}
        error={fieldError(error, 'session.audience')}
        onChange={(audience) => onChange({ ...typed, audience })}
      />
    </>
  );
}
