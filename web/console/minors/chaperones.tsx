import { useState } from 'preact/hooks';
import { tieStep } from '../../../shared/minors/chaperone/chaperone.ts';
import { useAct, useDesk, useIsVetted } from '../desk.ts';
import { fieldError, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { requireTyped } from '../kernel/form/typed.tsx';
import { Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { FactList, Reference } from '../kernel/parts/facts.tsx';
import { dayName, when } from '../names.ts';
import { t } from '../words.ts';
import { type ChaperoneRow, type ChildProps, type Minor, useChildChange } from './minor.tsx';
import { Vet } from './vet.tsx';

interface AdultFormProps {
  readonly hint: string;
  /** Of the button that sends it. */
  readonly send: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSend: (reference: string) => void;
  readonly onCancel: () => void;
}

/** An adult by reference: focal points see no list of the people who come. */
function AdultForm({ hint, send, busy, error, onSend, onCancel }: AdultFormProps) {
  const [reference, setReference] = useState('');
  return (
    <FieldsForm
      send={send}
      busy={busy}
      error={error}
      labels={{ chaperone: t('minors.chaperone.label') }}
      onSend={() => onSend(reference.trim())}
      onCancel={onCancel}
    >
      <TextInput
        name="chaperone"
        label={t('minors.chaperone.label')}
        hint={hint}
        value={reference}
        error={fieldError(error, 'chaperone')}
        onChange={setReference}
      />
    </FieldsForm>
  );
}

/** By reference, also on the spot: an adult who has said yes before looks after the young person at once. */
const NameChaperone = (props: ChildProps) => (
  <Disclosure label={props.child.chaperone ? t('minors.chaperone.swap') : t('minors.chaperone.name')}>
    {(close) => <Adult {...props} onClose={close} />}
  </Disclosure>
);

function Adult({ child, onClose, ...rest }: ChildProps & { readonly onClose: () => void }) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChildChange(rest);
  const name = async (chaperone: string): Promise<Minor> => {
    requireTyped({ chaperone });
    const after = await api('POST /api/organiser/events/{eventId}/minors/{reference}/chaperone', {
      params: { eventId: event.id, reference: child.reference },
      body: { chaperone, revision: child.revision },
    });
    onClose();
    return after;
  };
  return (
    <AdultForm
      hint={t('minors.chaperone.hint')}
      send={t('minors.chaperone.send')}
      busy={busy}
      error={error}
      onSend={(chaperone) => change(() => name(chaperone), outcome)}
      onCancel={onClose}
    />
  );
}

function outcome({ chaperone }: Minor): string {
  if (chaperone === undefined) return t('minors.chaperone.removed');
  return chaperone.acceptedAt
    ? t('minors.chaperone.atOnce', { name: chaperone.name })
    : t('minors.chaperone.named', { name: chaperone.name });
}

/** Who looks after a young person who comes in person, and what is missing yet (CS12). */
export function Chaperone(props: ChildProps) {
  const { event } = useDesk();
  const isFocalPoint = useIsVetted('safeguarding');
  const { child, reload, onStale } = props;
  const adult = child.chaperone;
  return (
    <section class="actions">
      <h2>{t('minors.chaperone.title')}</h2>
      <p>{t(`minors.chaperone.tie.${tieStep(child.days, child.chaperone, event)}`)}</p>
      {adult && (
        <FactList
          facts={[
            [t('minors.chaperone.who'), [adult.name, adult.organisation].filter(Boolean).join(', ')],
            [t('minors.chaperone.reference'), <Reference of={adult.reference} />],
            [t('minors.chaperone.answer'), chaperoneAnswerText(event, adult)],
            [t('minors.chaperone.vetting'), vettingText(adult)],
            ...(adult.proposal ? [[t('vet.proposal'), proposalText(event, adult.proposal)] as const] : []),
            [
              t('minors.chaperone.load'),
              t('minors.children.looksAfter', { minors: adult.minors, ratio: event.minors?.chaperoneRatio ?? 0 }),
            ],
          ]}
        />
      )}
      {isFocalPoint && (
        <div class="buttons">
          <NameChaperone {...props} />
          {adult && <TakeAway {...props} />}
        </div>
      )}
      {adult && <Vet adult={adult} onChanged={reload} onStale={onStale} />}
    </section>
  );
}

function TakeAway({ child, ...rest }: ChildProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useChildChange(rest);
  const takeAway = () =>
    api('POST /api/organiser/events/{eventId}/minors/{reference}/chaperone', {
      params: { eventId: event.id, reference: child.reference },
      body: { chaperone: null, revision: child.revision },
    });
  return (
    <Confirmation
      kind="danger"
      label={t('minors.chaperone.remove')}
      follows={t('minors.chaperone.removeSure')}
      now={t('minors.chaperone.removeNow')}
      busy={busy}
      error={error}
      onPress={() => change(takeAway, () => t('minors.chaperone.removed'))}
    />
  );
}

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
              <ChaperoneAnswer adult={adult} />
            </div>
            <Vet adult={adult} onChanged={onChanged} onStale={onChanged} />
          </li>
        ))}
      </ul>
    )}
  </section>
);

function ChaperoneAnswer({ adult }: { readonly adult: ChaperoneRow }) {
  const { event } = useDesk();
  return (
    <>
      <small>
        {t('minors.children.looksAfter', { minors: adult.minors, ratio: event.minors?.chaperoneRatio ?? 0 })}
      </small>
      <small>{chaperoneAnswerText(event, adult)}</small>
      <small>{vettingText(adult)}</small>
      {adult.proposal && <small>{proposalText(event, adult.proposal)}</small>}
    </>
  );
}

export function chaperoneAnswerText(event: Parameters<typeof when>[0], adult: ChaperoneRow): string {
  const { acceptedAt, declinedAt, askedAt } = adult;
  if (acceptedAt) return t('minors.children.accepted', { at: when(event, acceptedAt) });
  if (declinedAt) return t('minors.children.declined', { at: when(event, declinedAt) });
  return askedAt ? t('minors.children.asked', { at: when(event, askedAt) }) : t('minors.children.notAsked');
}

const proposalText = (
  event: Parameters<typeof when>[0],
  { by, isYours, vettedUntil, at }: NonNullable<ChaperoneRow['proposal']>,
): string =>
  t('vet.waits', {
    by: isYours ? t('vet.you') : (by ?? t('common.unnamed')),
    date: dayName(vettedUntil),
    at: when(event, at),
  });

export const vettingText = ({ vettedUntil }: Pick<ChaperoneRow, 'vettedUntil'>): string =>
  vettedUntil ? t('minors.children.vetted', { date: dayName(vettedUntil) }) : t('minors.children.notVetted');
