import { useAct, useDesk, useIsVetted } from '../../desk.ts';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { Reference } from '../../kernel/parts/reference.tsx';
import { dayName, when } from '../../names.ts';
import { t } from '../../words.ts';
import { AdultForm } from './adult-form.tsx';
import type { ChaperoneRow } from './list.ts';
import { Vet } from './vet.tsx';

interface AskChaperoneProps {
  /** Reads the list again. */
  readonly onAsked: () => Promise<void>;
}

/** One adult more than there are young people to entrust: the event needs some to spare. For focal points. */
const AskChaperone = (props: AskChaperoneProps) =>
  useIsVetted('safeguarding') ? (
    <Disclosure label={t('minors.ask.open')}>{(close) => <Ask {...props} onClose={close} />}</Disclosure>
  ) : null;

function Ask({ onAsked, onClose }: AskChaperoneProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const ask = async (chaperone: string): Promise<void> => {
    requireTyped({ chaperone });
    const { name, acceptedAt } = await api('POST /api/organiser/events/{eventId}/chaperones', {
      params: { eventId: event.id },
      body: { chaperone },
    });
    onClose();
    tell(acceptedAt ? t('minors.ask.before', { name }) : t('minors.chaperone.named', { name }));
    await onAsked();
  };
  return (
    <AdultForm
      hint={t('minors.ask.hint')}
      send={t('minors.ask.send')}
      busy={busy}
      error={error}
      onSend={(chaperone) => run(() => ask(chaperone))}
      onCancel={onClose}
    />
  );
}

interface ChaperonesProps {
  readonly chaperones: readonly ChaperoneRow[];
  readonly onChanged: () => Promise<void>;
}

/** Every adult who was asked to look after young people, or was vetted for it. */
export const Chaperones = ({ chaperones, onChanged }: ChaperonesProps) => (
  <section>
    <h2>{t('minors.children.chaperones')}</h2>
    <AskChaperone onAsked={onChanged} />
    {chaperones.length === 0 ? (
      <p class="empty">{t('minors.children.noChaperones')}</p>
    ) : (
      <ul class="list">
        {chaperones.map((adult) => (
          <li key={adult.reference}>
            <div>
              <b>{adult.name}</b>
              <small>{adult.organisation}</small>
              <small>
                <Reference of={adult.reference} />
              </small>
            </div>
            <div>
              <Said adult={adult} />
            </div>
            <Vet adult={adult} onChanged={onChanged} onStale={onChanged} />
          </li>
        ))}
      </ul>
    )}
  </section>
);

function Said({ adult }: { readonly adult: ChaperoneRow }) {
  const { event } = useDesk();
  return (
    <>
      <small>
        {t('minors.children.looksAfter', { minors: adult.minors, ratio: event.minors?.chaperoneRatio ?? 0 })}
      </small>
      <small>{answerText(event, adult)}</small>
      <small>{vettingText(adult)}</small>
      {adult.proposal && <small>{proposalText(event, adult.proposal)}</small>}
    </>
  );
}

export function answerText(event: Parameters<typeof when>[0], adult: ChaperoneRow): string {
  const { acceptedAt, declinedAt, askedAt } = adult;
  if (acceptedAt) return t('minors.children.accepted', { at: when(event, acceptedAt) });
  if (declinedAt) return t('minors.children.declined', { at: when(event, declinedAt) });
  return askedAt ? t('minors.children.asked', { at: when(event, askedAt) }) : t('minors.children.notAsked');
}

export const proposalText = (
  event: Parameters<typeof when>[0],
  { by, isYours, vettedUntil, at }: NonNullable<ChaperoneRow['proposal']>,
): string =>
  t('vet.waits', {
    by: isYours ? t('vet.you') : (by ?? t('people.unnamed')),
    date: dayName(vettedUntil),
    at: when(event, at),
  });

export const vettingText = ({ vettedUntil }: Pick<ChaperoneRow, 'vettedUntil'>): string =>
  vettedUntil ? t('minors.children.vetted', { date: dayName(vettedUntil) }) : t('minors.children.notVetted');
