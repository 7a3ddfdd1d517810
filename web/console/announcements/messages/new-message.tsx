import { useState } from 'preact/hooks';
import { pageOf } from '../../addresses.ts';
import { useAct, useDesk } from '../../desk.ts';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { Heading } from '../../kernel/parts/heading.tsx';
import { languageName } from '../../names.ts';
import { navigate } from '../../router.ts';
import { words } from '../../words.ts';
import { LiveCount, type Preview } from './audience.tsx';
import { type Draft, forgetDraft, keepDraft, newDraftId, readDraft, segmentOf, wordsOf } from './draft.ts';
import { SegmentFields } from './segment-fields.tsx';
import { SendMessage } from './send-message.tsx';
import { labelsOf, WordsFields } from './words-fields.tsx';

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
      <Heading>{words.messages.newTitle}</Heading>
      <FieldsForm
        class="wide"
        send={words.messages.look}
        busy={busy}
        error={error}
        labels={labelsOf(event.languages)}
        onSend={() => run(look)}
      >
        <h2>{words.messages.whom}</h2>
        <SegmentFields segment={draft.segment} errorOf={errorOf} onChange={(segment) => change({ segment })} />
        <LiveCount segment={draft.segment} />
        <h2>{words.messages.what}</h2>
        <p class="hint">
          {words.messages.textHint}
          {event.languages.length > 1 && words.messages.elseRead(languageName(event.languages[0] ?? ''))}
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
          {words.messages.discard}
        </Button>
      </p>
    </>
  );
}
