import { useState } from 'preact/hooks';
import { REGISTRATION_STATUSES } from '../../../../shared/event/attendee.ts';
import { pageOf } from '../../addresses.ts';
import { useAct, useDesk } from '../../desk.ts';
import { ChecksField, type Choice, LongTextField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { Heading } from '../../kernel/parts/heading.tsx';
import { languageName } from '../../names.ts';
import { navigate } from '../../router.ts';
import { t } from '../../words.ts';
import { LiveCount, type Preview } from './audience.tsx';
import {
  type Draft,
  forgetDraft,
  keepDraft,
  newDraftId,
  readDraft,
  type Segment,
  segmentOf,
  type Written,
  wordsOf,
} from './draft.ts';
import { SendMessage } from './send-message.tsx';

interface WordsFieldsProps {
  readonly written: Draft['words'];
  readonly errorOf: (path: string) => string | undefined;
  readonly onChange: (written: Draft['words']) => void;
}

const NOTHING: Written = { subject: '', text: '' };

/** What it says, the event's languages side by side. */
function WordsFields({ written, errorOf, onChange }: WordsFieldsProps) {
  const { event } = useDesk();
  const field = (language: string, name: keyof Written) => ({
    name: `words.${language}.${name}`,
    label: t('messages.in', { label: t(`messages.${name}`), language: languageName(language) }),
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
          <TextField {...field(language, 'subject')} />
          <LongTextField {...field(language, 'text')} rows={10} />
        </div>
      ))}
    </div>
  );
}

/** By the path of each field. */
const labelsOf = (languages: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...(['statuses', 'categories', 'modes', 'sessions'] as const).map((name) => [
      `segment.${name}`,
      t(`messages.${name}`),
    ]),
    ...languages.flatMap((language) =>
      (['subject', 'text'] as const).map((name) => [
        `words.${language}.${name}`,
        t('messages.in', { label: t(`messages.${name}`), language: languageName(language) }),
      ]),
    ),
  ]);

interface SegmentFieldsProps {
  readonly segment: Segment;
  readonly errorOf: (path: string) => string | undefined;
  readonly onChange: (segment: Segment) => void;
}

/** Whom a message is for. */
function SegmentFields({ segment, errorOf, onChange }: SegmentFieldsProps) {
  const { event } = useDesk();
  const statuses = REGISTRATION_STATUSES.filter((status) => status !== 'expired');
  const sessions = event.sessions.filter(({ signUp }) => signUp);
  const field = (name: keyof Segment, choices: readonly Choice[]) => ({
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
    </div>
  );
}

const titled = (parts: readonly { readonly id: string; readonly title: string }[]): readonly Choice[] =>
  parts.map(({ id, title }) => [id, title]);

interface Looked {
  readonly draft: Draft;
  readonly preview: Preview;
}

/** Whom it is for and what it says; it is looked at as its readers will see it, and then sent. */
export function NewMessage() {
  const { api, event } = useDesk();
  const { busy, error, run, clear } = useAct();
  const [draft, setDraft] = useState(() => readDraft(event.id));
  const [looked, setLooked] = useState<Looked>();
  const change = (changes: Partial<Draft>): void => {
    const changed = { ...draft, ...changes };
    keepDraft(event.id, changed);
    setDraft(changed);
  };
  const look = async (): Promise<void> => {
    setLooked(undefined);
    keepDraft(event.id, draft);
    const preview = await api('POST /api/organiser/events/{eventId}/messages/preview', {
      params: { eventId: event.id },
      body: { segment: segmentOf(draft.segment), words: wordsOf(draft) },
    });
    setLooked({ draft, preview });
  };
  const discard = (): void => {
    forgetDraft(event.id);
    navigate(pageOf(event.id, 'messages'));
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
        <SegmentFields segment={draft.segment} errorOf={errorOf} onChange={(segment) => change({ segment })} />
        <LiveCount segment={draft.segment} />
        <h2>{t('messages.what')}</h2>
        <p class="hint">
          {t('messages.textHint')}
          {event.languages.length > 1 && t('messages.elseRead', { language: languageName(event.languages[0] ?? '') })}
        </p>
        <WordsFields written={draft.words} errorOf={errorOf} onChange={(written) => change({ words: written })} />
      </FieldsForm>
      {looked && (
        <SendMessage
          key={looked.draft.id}
          draft={looked.draft}
          preview={looked.preview}
          edited={looked.draft !== draft}
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
