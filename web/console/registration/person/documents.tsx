import { useState } from 'preact/hooks';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { pageAddress } from '../../addresses.ts';
import { useAct, useDesk } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api.ts';
import { Button, Confirmation } from '../../kernel/parts/buttons.tsx';
import { Reference } from '../../kernel/parts/facts.tsx';
import { OneTimeSecret } from '../../kernel/parts/once.tsx';
import { FailureNote } from '../../kernel/parts/page.tsx';
import { Qr } from '../../kernel/parts/qr.tsx';
import { when } from '../../names.ts';
import { t } from '../../words.ts';
import { type OneProps, useRegistrationChange } from './one.ts';

type Made = AnswerOf<'POST /api/organiser/events/{eventId}/registrations/{reference}/link'>;

/** For someone at the desk whose mail never came: a link to hand over or to print, in place of all earlier ones. */
export function FreshLink({ one }: { readonly one: OrganiserRegistration }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [made, setMade] = useState<Made>();
  const make = async (): Promise<void> => {
    const params = { eventId: event.id, reference: one.reference };
    setMade(await api('POST /api/organiser/events/{eventId}/registrations/{reference}/link', { params }));
    tell(t('person.link.made'));
  };
  return (
    <div class="action">
      <h3>{t('person.link.title')}</h3>
      <p class="screen">{t('person.link.explain')}</p>
      {made ? (
        <Handout made={made} />
      ) : (
        <Confirmation
          label={t('person.link.make')}
          follows={t('person.link.sure')}
          now={t('person.link.makeNow')}
          kind="danger"
          busy={busy}
          error={error}
          onPress={() => run(make)}
        />
      )}
    </div>
  );
}

/** Printed, it is all that is on the page. The attendee at the desk scans it with their own phone. */
const Handout = ({ made }: { readonly made: Made }) => (
  <div class="handout">
    <p class="paper">
      <b>{made.event.title}</b>
      <br />
      {made.fullName}, {made.organisation}
      <br />
      {t('person.link.reference')} <Reference of={made.reference} />
    </p>
    <Qr text={made.link} label={t('person.link.qr')} />
    <OneTimeSecret label={t('person.link.label')} value={made.link} copied={t('person.link.copied')} />
    <p class="paper">{t('person.link.keep')}</p>
    <p class="screen">
      <Button kind="second" onPress={() => print()}>
        {t('person.link.print')}
      </Button>
    </p>
  </div>
);

/** For a badge or ticket that others may hold: its code stops working, and a new badge is printed. */
export function ReplaceTicket({ one, ...rest }: OneProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useRegistrationChange(rest);
  const [isDone, setIsDone] = useState(false);
  const { reference, revision } = one;
  const replace = () =>
    change(
      async () => {
        const after = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/ticket', {
          params: { eventId: event.id, reference },
          body: { revision },
        });
        setIsDone(true);
        return after;
      },
      () => t('person.newTicket.done'),
    );
  return (
    <div class="action">
      <h3>{t('person.newTicket.title')}</h3>
      <p>{t('person.newTicket.explain')}</p>
      {isDone ? (
        <a href={pageAddress(event.id, 'badges', { reference })}>{t('person.newTicket.badge')}</a>
      ) : (
        <Confirmation
          label={t('person.newTicket.make')}
          follows={t('person.newTicket.sure')}
          now={t('person.newTicket.makeNow')}
          kind="danger"
          busy={busy}
          error={error}
          onPress={replace}
        />
      )}
    </div>
  );
}

/** Withdraws what says that someone came, also where it was printed; to give it back takes one press. */
export function CertificateSection({ one, ...rest }: OneProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useRegistrationChange(rest);
  const { reference, revision, certificateRevoked: isRevoked } = one;
  const press = () =>
    change(
      () =>
        api('PUT /api/organiser/events/{eventId}/registrations/{reference}/certificate', {
          params: { eventId: event.id, reference },
          body: { revision, revoked: !isRevoked },
        }),
      () => (isRevoked ? t('certificate.restored') : t('certificate.done')),
    );
  return (
    <div class="action">
      <h3>{t('certificate.title')}</h3>
      <p>{isRevoked ? t('certificate.revoked') : t('certificate.explain')}</p>
      {one.renamedAt && <p class="note warn">{t('certificate.renamed', { at: when(event, one.renamedAt) })}</p>}
      {isRevoked ? (
        <>
          <FailureNote error={error} />
          <Button kind="second" busy={busy} onPress={press}>
            {t('certificate.restore')}
          </Button>
        </>
      ) : (
        <Confirmation
          label={t('certificate.revoke')}
          follows={t('certificate.sure')}
          now={t('certificate.revokeNow')}
          kind="danger"
          busy={busy}
          error={error}
          onPress={press}
        />
      )}
    </div>
  );
}
