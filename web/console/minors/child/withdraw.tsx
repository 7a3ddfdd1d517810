import { pageOf } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { navigate } from '../../router.ts';
import { t } from '../../words.ts';
import type { ChildProps, Minor } from './one.ts';

/** What a guardian has told the focal point by phone or on paper: the same as their own link would do (CS5). */
export function Withdraw(props: Pick<ChildProps, 'child' | 'reload' | 'onStale'>) {
  const { event, tell } = useDesk();
  const { child, onStale } = props;
  const hasAgreed = child.step === 'agreed' || child.step === 'complete';
  const onEnded = async (): Promise<void> => {
    navigate(pageOf(event.id, 'children'), { replace: true });
    tell(t('minors.withdraw.ended'));
  };
  return (
    <section class="actions">
      <h2>{t('minors.withdraw.title')}</h2>
      <p>{t('minors.withdraw.explain')}</p>
      <div class="buttons">
        {child.consents
          .filter(({ required, agreed }) => !required && agreed !== undefined)
          .map((consent) => (
            <TakeBack key={consent.id} {...props} consent={consent} />
          ))}
        <Told
          {...props}
          label={hasAgreed ? t('minors.withdraw.end') : t('minors.withdraw.refuse')}
          follows={t('minors.withdraw.sure')}
          now={t('minors.withdraw.now')}
          onTold={onEnded}
          onStale={onStale}
        />
      </div>
    </section>
  );
}

interface TakeBackProps extends Pick<ChildProps, 'child' | 'reload' | 'onStale'> {
  readonly consent: Minor['consents'][number];
}

function TakeBack({ consent: { id, title }, reload, ...props }: TakeBackProps) {
  const { tell } = useDesk();
  const onTold = async (): Promise<void> => {
    tell(t('minors.withdraw.takenBack', { title }));
    await reload();
  };
  return (
    <Told
      {...props}
      consent={id}
      label={t('minors.withdraw.takeBack', { title })}
      follows={t('minors.withdraw.takeBackSure')}
      now={t('minors.withdraw.takeBackNow')}
      onTold={onTold}
    />
  );
}

interface ToldProps extends Pick<ChildProps, 'child' | 'onStale'> {
  /** The one that is taken back; without it, everything ends. */
  readonly consent?: string;
  readonly label: string;
  readonly follows: string;
  readonly now: string;
  readonly onTold: () => Promise<void>;
}

function Told({ child, consent, label, follows, now, onTold, onStale }: ToldProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: t('minors.child.changedMeanwhile'),
  });
  const send = async (): Promise<void> => {
    await api('POST /api/organiser/events/{eventId}/minors/{reference}/withdrawal', {
      params: { eventId: event.id, reference: child.reference },
      body: { ...(consent !== undefined && { consent }), revision: child.revision },
    });
    await onTold();
  };
  return <Sure label={label} follows={follows} now={now} busy={busy} error={error} onPress={() => change(send)} />;
}
