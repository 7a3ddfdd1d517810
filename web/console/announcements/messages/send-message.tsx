import { useEffect, useRef } from 'preact/hooks';
import { messagePage } from '../../addresses.ts';
import { useAct, useDesk } from '../../desk.ts';
import { isProblem } from '../../kernel/api/problem.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { navigate } from '../../router.ts';
import { t } from '../../words.ts';
import { Expected, type Preview, Reached } from './audience.tsx';
import { type Draft, forgetDraft, segmentOf, wordsOf } from './draft.ts';
import { Rendered } from './preview.tsx';

interface SendMessageProps {
  /** As it was looked at. */
  readonly draft: Draft;
  readonly preview: Preview;
  /** Whether it was changed since. */
  readonly edited: boolean;
  readonly onCounted: (preview: Preview) => void;
  /** The same words, as another message. */
  readonly onAnew: () => void;
}

/** What will be read and by how many, and two presses that send it. */
export function SendMessage({ draft, preview, edited, onCounted, onAnew }: SendMessageProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const params = { eventId: event.id };
  const body = { segment: segmentOf(draft.segment), words: wordsOf(draft) };
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
    forgetDraft(event.id);
    navigate(messagePage(event.id, draft.id), { replace: true });
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
            <a href={messagePage(event.id, draft.id)}>{t('messages.seeSent')}</a>
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
          <Sure
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
