import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { PRESENCES, REGISTRATION_STATUSES } from '../../../shared/event/attendee.ts';
import { MOST_IN_BULK } from '../../../shared/registration/bulk/bulk.ts';
import { messageAddress, navigate, pageAddress } from '../addresses.ts';
import { useAct, useDesk, usePeople } from '../desk.ts';
import { isProblem } from '../kernel/api.ts';
import { ChecksField, type FieldChoice, fieldError, LongTextField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { Button, Confirmation } from '../kernel/parts/buttons.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { languageText } from '../names.ts';
import { PeopleInGroups } from '../registration/named-people.tsx';
import { t } from '../words.ts';
import {
  type ChosenSegment,
  type Draft,
  type DraftName,
  Expected,
  forgetDraft,
  keepDraft,
  LiveCount,
  type MessageText,
  newDraftId,
  type Preview,
  partsToCome,
  Reached,
  readDraft,
  type SentSegment,
  segmentOf,
  writtenTexts,
} from './audience.tsx';
import { Rendered } from './preview.tsx';

interface WordsFieldsProps {
  readonly written: Draft['words'];
  readonly errorOf: (path: string) => string | undefined;
  readonly onChange: (written: Draft['words']) => void;
}

const NOTHING: MessageText = { subject: '', text: '' };

/** What it says, the event's languages side by side. */
function WordsFields({ written, errorOf, onChange }: WordsFieldsProps) {
  const { event } = useDesk();
  const field = (language: string, name: keyof MessageText) => ({
    name: `words.${language}.${name}`,
    label: t('messages.in', { label: t(`messages.${name}`), language: languageText(language) }),
    lang: language,
    value: written[language]?.[name] ?? '',
    error: errorOf(`words.${language}.${name}`),
    onChange: (value: string) =>
      onChange({ ...written, [language]: { ...(written[language] ?? NOTHING), [name]: value } }),
  });
  return (
    <div class="languages">
      {event.languages.map((language) => (
        <div key={language}>
          <TextInput {...field(language, 'subject')} />
          <LongTextField {...field(language, 'text')} rows={10} />
        </div>
      ))}
    </div>
  );
}

/** By the path of each field. */
const labelsOf = (languages: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...(['statuses', 'categories', 'modes', 'sessions', 'attendance', 'attendanceAt'] as const).map((name) => [
      `segment.${name}`,
      t(`messages.${name}`),
    ]),
    ...languages.flatMap((language) =>
      (['subject', 'text'] as const).map((name) => [
        `words.${language}.${name}`,
        t('messages.in', { label: t(`messages.${name}`), language: languageText(language) }),
      ]),
    ),
  ]);

interface SegmentFieldsProps {
  readonly segment: ChosenSegment;
  readonly errorOf: (path: string) => string | undefined;
  readonly onChange: (segment: ChosenSegment) => void;
}

/** Whom a message is for. */
function SegmentFields({ segment, errorOf, onChange }: SegmentFieldsProps) {
  const { event } = useDesk();
  const statuses = REGISTRATION_STATUSES.filter((status) => status !== 'expired');
  const sessions = event.sessions.filter(({ signUp }) => signUp);
  const field = (name: keyof ChosenSegment, choices: readonly FieldChoice[]) => ({
    name: `segment.${name}`,
    label: t(`messages.${name}`),
    choices,
    chosen: segment[name],
    error: errorOf(`segment.${name}`),
    onChange: (chosen: readonly string[]) => onChange({ ...segment, [name]: chosen }),
  });
  return (
    <div class="segment">
      <ChecksField
        {...field(
          'statuses',
          statuses.map((status) => [status, t(`status.${status}`)]),
        )}
        hint={t('messages.confirmedAlone')}
      />
      <ChecksField {...field('modes', titled(event.modes))} hint={t('messages.everyMode')} />
      <ChecksField {...field('categories', titled(event.categories))} hint={t('messages.everyGroup')} />
      {sessions.length > 0 && (
        <ChecksField {...field('sessions', titled(sessions))} hint={t('messages.everySession')} />
      )}
      <ChecksField
        {...field(
          'attendance',
          PRESENCES.map((each) => [each, t(`came.presence.${each}`)]),
        )}
        hint={t('messages.everyAttendance')}
      />
      {segment.attendance.length > 0 && (
        <ChecksField {...field('attendanceAt', partsToCome(event))} hint={t('messages.wholeEvent')} />
      )}
    </div>
  );
}

const titled = (parts: readonly { readonly id: string; readonly title: string }[]): readonly FieldChoice[] =>
  parts.map(({ id, title }) => [id, title]);

/** Of all who are chosen in the list: in this tab's memory alone, so that none is in an address or a draft. */
export function ChosenMessageForm() {
  const { event } = useDesk();
  const { chosen } = usePeople();
  const references = useMemo(() => [...chosen.keys()].sort(), [chosen]);
  const list = <a href={pageAddress(event.id, 'registrations')}>{t('bulk.choose')}</a>;
  if (references.length === 0 || references.length > MOST_IN_BULK) {
    return (
      <>
        <Heading>{t('messages.newTitle')}</Heading>
        <p class={references.length === 0 ? undefined : 'note warn'}>
          {references.length > 0 && t('messages.tooMany', { count: references.length, most: MOST_IN_BULK })} {list}
        </p>
      </>
    );
  }
  return <MessageForm people={references} />;
}

interface CheckedPreview {
  readonly draft: Draft;
  readonly segment: SentSegment;
  readonly preview: Preview;
}

interface MessageFormProps {
  /** References of those who alone are meant. */
  readonly people?: readonly string[];
}

/** Whom it is for and what it says; it is looked at as its readers will see it, and then sent. */
export function MessageForm({ people }: MessageFormProps) {
  const { api, event } = useDesk();
  const { busy, error, run, clear } = useAct();
  const name: DraftName = people ? 'chosen' : 'group';
  const [draft, setDraft] = useState(() => readDraft(event.id, name));
  const [looked, setLooked] = useState<CheckedPreview>();
  const segment = useMemo(() => (people ? { people: [...people] } : segmentOf(draft.segment)), [people, draft.segment]);
  const change = (changes: Partial<Draft>): void => {
    const changed = { ...draft, ...changes };
    keepDraft(event.id, name, changed);
    setDraft(changed);
  };
  const look = async (): Promise<void> => {
    setLooked(undefined);
    keepDraft(event.id, name, draft);
    const preview = await api('POST /api/organiser/events/{eventId}/messages/preview', {
      params: { eventId: event.id },
      body: { segment, words: writtenTexts(draft) },
    });
    setLooked({ draft, segment, preview });
  };
  const discard = (): void => {
    forgetDraft(event.id, name);
    navigate(pageAddress(event.id, people ? 'registrations' : 'messages'));
  };
  const errorOf = (path: string): string | undefined => fieldError(error, path);
  return (
    <>
      <Heading>{t('messages.newTitle')}</Heading>
      <FieldsForm
        class="wide"
        send={t('messages.look')}
        busy={busy}
        error={error}
        labels={labelsOf(event.languages)}
        onSend={() => run(look)}
      >
        <h2>{t('messages.whom')}</h2>
        {people ? (
          <PeopleInGroups groups={[[t('messages.chosen', { count: people.length }), people]]} />
        ) : (
          <SegmentFields segment={draft.segment} errorOf={errorOf} onChange={(next) => change({ segment: next })} />
        )}
        <LiveCount segment={segment} />
        <h2>{t('messages.what')}</h2>
        <p class="hint">
          {t('messages.textHint')}
          {event.languages.length > 1 && t('messages.elseRead', { language: languageText(event.languages[0] ?? '') })}
        </p>
        <WordsFields written={draft.words} errorOf={errorOf} onChange={(written) => change({ words: written })} />
      </FieldsForm>
      {looked && (
        <SendMessage
          key={looked.draft.id}
          of={looked}
          name={name}
          edited={looked.draft !== draft || looked.segment !== segment}
          onCounted={(preview) => setLooked({ ...looked, preview })}
          onAnew={() => {
            clear();
            setLooked(undefined);
            change({ id: newDraftId() });
          }}
        />
      )}
      <p class="buttons">
        <Button kind="quiet" onPress={discard}>
          {t('messages.discard')}
        </Button>
      </p>
    </>
  );
}

interface SendMessageProps {
  /** As it was looked at. */
  readonly of: CheckedPreview;
  readonly name: DraftName;
  /** Whether it was changed since. */
  readonly edited: boolean;
  readonly onCounted: (preview: Preview) => void;
  /** The same words, as another message. */
  readonly onAnew: () => void;
}

/** What will be read and by how many, and two presses that send it. */
function SendMessage({ of: { draft, segment, preview }, name, edited, onCounted, onAnew }: SendMessageProps) {
  const { api, event, people, tell } = useDesk();
  const { busy, error, run } = useAct();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const params = { eventId: event.id };
  const body = { segment, words: writtenTexts(draft) };
  const send = async (): Promise<void> => {
    try {
      await api('PUT /api/organiser/events/{eventId}/messages/{messageId}', {
        params: { ...params, messageId: draft.id },
        body: { ...body, people: preview.people },
      });
    } catch (problem) {
      if (!isProblem(problem, 'audience-changed')) throw problem;
      onCounted(await api('POST /api/organiser/events/{eventId}/messages/preview', { params, body }));
      return tell(t('messages.changed'), 'warn');
    }
    forgetDraft(event.id, name);
    navigate(messageAddress(event.id, draft.id), { replace: true });
    if (name === 'chosen') people.clearChoice();
    tell(t('messages.sent'));
  };
  return (
    <section class="card">
      <h2 ref={heading} tabIndex={-1}>
        {t('messages.preview')}
      </h2>
      <Rendered rendered={preview.rendered} written={body.words} />
      <Reached of={preview} />
      {preview.people > 0 && <Expected of={preview} />}
      {isProblem(error, 'message-differs') ? (
        <div class="note warn" role="alert">
          <p>{t('messages.differs')}</p>
          <p class="buttons">
            <a href={messageAddress(event.id, draft.id)}>{t('messages.seeSent')}</a>
            <Button kind="second" onPress={onAnew}>
              {t('messages.startAnew')}
            </Button>
          </p>
        </div>
      ) : edited ? (
        <p class="note warn" role="status">
          {t('messages.edited')}
        </p>
      ) : (
        preview.people > 0 && (
          <Confirmation
            label={t('messages.send', { value: preview.people })}
            follows={t('messages.follows', { value: preview.people })}
            now={t('messages.sendNow')}
            busy={busy}
            error={error}
            onPress={() => run(send)}
          />
        )
      )}
    </section>
  );
}
