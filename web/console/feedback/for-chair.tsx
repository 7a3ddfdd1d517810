import { useState } from 'preact/hooks';
import { useAct, useDesk, useHas, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when, zoneName } from '../names.ts';
import { t } from '../words.ts';
import { formName, useResultsReader } from './form.ts';
import { Numbers, WrittenAnswers } from './results.tsx';

type Read = AnswerOf<'GET /api/organiser/events/{eventId}/feedback/{formId}/texts'>;

/** What a session came to, on one page for the chair; without what people wrote, unless that is asked for. */
export function ForChair({ id }: { readonly id: string }) {
  const { api, event, now } = useDesk();
  const results = useRead(id, useResultsReader(id));
  const mayRead = useHas('read-texts');
  const [isAsked, setAsked] = useState(false);
  const [written, setWritten] = useState<Read>();
  const { busy, error, run } = useAct();
  const params = { eventId: event.id, formId: id };
  const ask = (isOn: boolean): void => {
    setAsked(isOn);
    if (isOn && written === undefined)
      void run(async () =>
        setWritten(await api('GET /api/organiser/events/{eventId}/feedback/{formId}/texts', { params })),
      );
  };
  return (
    <Show of={results}>
      {(read) => (
        <div class="for-chair">
          <p class="paper">{event.title}</p>
          <Heading>{formName(read)}</Heading>
          <p>
            {t('feedback.chair.asOf', { instant: when(event, new Date(now()).toISOString()), zone: zoneName(event) })}
          </p>
          <div class="buttons screen">
            <Button onPress={() => print()}>{t('feedback.chair.print')}</Button>
            {mayRead && read.asked.length > 0 && (
              <label class="check">
                <input
                  type="checkbox"
                  checked={isAsked}
                  aria-disabled={busy || undefined}
                  onChange={({ currentTarget }) => ask(currentTarget.checked)}
                />
                {t('feedback.chair.withWords')}
              </label>
            )}
          </div>
          <FailureNote error={error} />
          <Numbers results={read} />
          {isAsked && written && <WrittenAnswers read={written} />}
        </div>
      )}
    </Show>
  );
}
