import { feedbackPage } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { Button } from '../kernel/parts/button.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { Qr } from '../kernel/parts/qr.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { useLive } from '../kernel/parts/use-live.ts';
import { when, zoneName } from '../names.ts';
import { useOverviewReader } from './form.ts';
import { said } from './said.ts';

/** Milliseconds: it stays on a screen, and says when the form opens. */
const EVERY = 30_000;

/** What the screen of a room shows, or a sheet at its door: where whoever was there says how it was. */
export function ForRoom({ id }: { readonly id: string }) {
  const { event } = useDesk();
  const live = useLive(event.id, useOverviewReader(), EVERY);
  const address = `${location.host}/f/${event.id}/${id}`;
  return (
    <Show of={live}>
      {({ forms }) => {
        const form = forms.find((each) => each.id === id);
        if (form === undefined) return <Heading>{said.feedbackForm.notFound}</Heading>;
        return (
          <div class="room">
            <div class="buttons screen">
              <a class="button second" href={feedbackPage(event.id, id)}>
                {said.feedbackRoom.back}
              </a>
              <Button kind="second" onPress={() => void document.documentElement.requestFullscreen()}>
                {said.feedbackRoom.full}
              </Button>
              <Button kind="second" onPress={() => print()}>
                {said.feedbackRoom.print}
              </Button>
            </div>
            <Heading>{form.title}</Heading>
            <Qr text={`${location.protocol}//${address}`} label={said.feedbackRoom.qr} />
            <div class="where">
              {event.languages.map((language) => (
                <p key={language} lang={language}>
                  {said.feedbackRoom.scan[language]}
                </p>
              ))}
              <p class="address">{address}</p>
              {form.standing === 'not-yet' && (
                <p>{said.feedbackRoom.opens(when(event, form.opensAt), zoneName(event))}</p>
              )}
              {(form.standing === 'closed' || form.standing === 'off') && (
                <p class="screen note warn">{said.feedbackRoom.shut}</p>
              )}
            </div>
          </div>
        );
      }}
    </Show>
  );
}
