import { useState } from 'preact/hooks';
import { useAct, useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api/routes.ts';
import { Sure } from '../kernel/form/sure.tsx';
import { Button } from '../kernel/parts/button.tsx';
import { Once } from '../kernel/parts/once.tsx';
import { Qr } from '../kernel/parts/qr.tsx';
import { Reference } from '../kernel/parts/reference.tsx';
import { t } from '../words.ts';
import type { OrganiserRegistration } from './one.ts';

type Made = AnswerOf<'POST /api/organiser/events/{eventId}/registrations/{reference}/link'>;

/** For someone at the desk whose mail never came: a link to hand over or to print, in place of all earlier ones. */
export function FreshLink({ one }: { readonly one: OrganiserRegistration }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [made, setMade] = useState<Made>();
  const make = async (): Promise<void> => {
    const params = { eventId: event.id, reference: one.reference };
    setMade(await api('POST /api/organiser/events/{eventId}/registrations/{reference}/link', { params }));
    tell(t('link.made'));
  };
  return (
    <div class="action">
      <h3>{t('link.title')}</h3>
      <p class="screen">{t('link.explain')}</p>
      {made ? (
        <Handout made={made} />
      ) : (
        <Sure
          label={t('link.make')}
          follows={t('link.sure')}
          now={t('link.makeNow')}
          kind="danger"
          busy={busy}
          error={error}
          onPress={() => run(make)}
        />
      )}
    </div>
  );
}

/** Printed, it is all that is on the page. Whoever stands at the desk scans it with their own phone. */
const Handout = ({ made }: { readonly made: Made }) => (
  <div class="handout">
    <p class="paper">
      <b>{made.event.title}</b>
      <br />
      {made.fullName}, {made.organisation}
      <br />
      {t('link.reference')} <Reference of={made.reference} />
    </p>
    <Qr text={made.link} label={t('link.qr')} />
    <Once label={t('link.label')} value={made.link} copied={t('link.copied')} />
    <p class="paper">{t('link.keep')}</p>
    <p class="screen">
      <Button kind="second" onPress={() => print()}>
        {t('link.print')}
      </Button>
    </p>
  </div>
);
