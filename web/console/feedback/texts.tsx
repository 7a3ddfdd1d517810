import { useState } from 'preact/hooks';
import { useAct, useDesk, useHas } from '../desk.ts';
import type { AnswerOf } from '../kernel/api/routes.ts';
import { SaveTable } from '../kernel/form/save-table.tsx';
import { Button } from '../kernel/parts/button.tsx';
import { Failure } from '../kernel/parts/failure.tsx';
import { t } from '../words.ts';

type Read = AnswerOf<'GET /api/organiser/events/{eventId}/feedback/{formId}/texts'>;

/** What people wrote, for organisers: read at a press, for each look is noted. */
export function Texts({ id }: { readonly id: string }) {
  const { api, event } = useDesk();
  const [read, setRead] = useState<Read>();
  const { busy, error, run } = useAct();
  const params = { eventId: event.id, formId: id };
  if (!useHas('organiser')) return null;
  const look = async (): Promise<void> =>
    setRead(await api('GET /api/organiser/events/{eventId}/feedback/{formId}/texts', { params }));
  return (
    <section class="screen">
      <h2>{t('feedback.texts.title')}</h2>
      <p>{t('feedback.texts.explain')}</p>
      <div class="buttons">
        <Button kind="second" busy={busy} onPress={() => run(look)}>
          {t('feedback.texts.read')}
        </Button>
        <SaveTable
          label={t('feedback.texts.save')}
          name={`${event.id}-${id}-texts.csv`}
          load={() => api('GET /api/organiser/events/{eventId}/feedback/{formId}/texts.csv', { params })}
          saved={t('feedback.texts.saved')}
        />
      </div>
      <Failure error={error} />
      {read && <Written read={read} />}
    </section>
  );
}

/** By question; whose words belong together is not known. */
export function Written({ read: { questions } }: { readonly read: Read }) {
  if (questions.every(({ texts }) => texts.length === 0)) return <p class="empty">{t('feedback.texts.none')}</p>;
  return (
    <>
      {questions.map(({ id, title, texts }) => (
        <section key={id}>
          <h3>{title}</h3>
          <ul class="written">
            {texts.map((text, index) => (
              <li key={index} class="told">
                {text}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
