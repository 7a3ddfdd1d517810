import { useState } from 'preact/hooks';
import { feedbackAddress } from '../addresses.ts';
import { useAct, useDesk, useHas, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { Qr } from '../kernel/parts/qr.tsx';
import { isMissing, Show, useLive } from '../kernel/parts/show.tsx';
import { when, zoneName } from '../names.ts';
import { t, wordFor } from '../words.ts';
import { formName, useOverviewReader, useResultsReader } from './form.ts';
import { Numbers, WrittenAnswers } from './results.tsx';

/** Milliseconds: it stays on a screen, and says when the form opens. */
const EVERY = 30_000;

/** What the screen of a room shows, or a sheet at its door: where attendees say how it was. */
export function ForRoom({ id }: { readonly id: string }) {
  const { event } = useDesk();
  const live = useLive(event.id, useOverviewReader(), EVERY);
  const address = `${location.host}/f/${event.id}/${id}`;
  return (
    <div class="room">
      <div class="buttons screen">
        <a class="button second" href={feedbackAddress(event.id, id)}>
          {t('feedback.room.back')}
        </a>
        <Button kind="second" onPress={() => void document.documentElement.requestFullscreen()}>
          {t('feedback.room.full')}
        </Button>
        <Button kind="second" onPress={() => print()}>
          {t('feedback.room.print')}
        </Button>
      </div>
      <Show of={live}>
        {({ forms }) => {
          const form = forms.find((each) => each.id === id);
          if (form === undefined) return <Heading>{t('feedback.form.notFound')}</Heading>;
          return (
            <>
              <Heading>{form.title}</Heading>
              <Qr text={`${location.protocol}//${address}`} label={t('feedback.room.qr')} />
              <div class="where">
                {event.languages.map((language) => (
                  <p key={language} lang={language}>
                    {wordFor('feedback.room.scan', language)}
                  </p>
                ))}
                <p class="address">{address}</p>
                {form.standing === 'not-yet' && (
                  <p>{t('feedback.room.opens', { at: when(event, form.opensAt), zone: zoneName(event) })}</p>
                )}
                {(form.standing === 'closed' || form.standing === 'off') && (
                  <p class="screen note warn">{t('feedback.room.shut')}</p>
                )}
              </div>
            </>
          );
        }}
      </Show>
    </div>
  );
}

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
  if (isMissing(results)) return <Heading>{t('feedback.form.notFound')}</Heading>;
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
