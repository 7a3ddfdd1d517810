import { feedbackAddress } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Qr } from '../kernel/parts/qr.tsx';
import { Show, useLive } from '../kernel/parts/show.tsx';
import { when, zoneName } from '../names.ts';
import { t, wordFor } from '../words.ts';
import { useOverviewReader } from './form.ts';

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
