import { useState } from 'preact/hooks';
import { lastDay } from '../../../shared/event/event-times.ts';
import { useDesk, useHas, useIsVetted } from '../desk.ts';
import { fieldError } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, requireTyped } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { FailureNote } from '../kernel/parts/page.tsx';
import { dayName } from '../names.ts';
import type { OneProps } from '../registration/person/one.ts';
import { t } from '../words.ts';
import type { ChaperoneRow } from './minor.tsx';

/** What became of it, in words, when a member said until when an adult was vetted: `null` for not at all. */
export function vettingResult(
  before: Pick<ChaperoneRow, 'vettedUntil'>,
  { name, vettedUntil, proposal }: Pick<ChaperoneRow, 'name' | 'vettedUntil' | 'proposal'>,
  wanted: string | null,
): string {
  if (proposal && proposal.vettedUntil === wanted) return t('vet.proposed', { name });
  // Saying what holds already takes a proposal back, and changes nothing else.
  if (wanted === (before.vettedUntil ?? null)) return t('vet.stays', { name });
  return vettedUntil ? t('vet.saved', { name, date: dayName(vettedUntil) }) : t('vet.ended', { name });
}

interface VetProps {
  readonly adult: Pick<ChaperoneRow, 'reference' | 'name' | 'vettedUntil' | 'proposal' | 'revision'>;
  /** Reads again what is shown. */
  readonly onChanged: () => Promise<void>;
  /** The same, where someone else was faster. */
  readonly onStale: () => Promise<void>;
}

/**
 * Until when an adult was vetted; it holds for all whom they look after. One of the team proposes it, a second one who is vetted
 * accepts it.
 */
export function Vet(props: VetProps) {
  const isFocalPoint = useIsVetted('safeguarding');
  const mayVet = useHas('vet');
  const { adult } = props;
  if (!isFocalPoint && !mayVet) return null;
  return (
    <div class="buttons">
      {adult.proposal && <Proposed {...props} proposal={adult.proposal} mayEnd={isFocalPoint} />}
      <Disclosure label={isFocalPoint ? t('vet.open') : t('vet.propose')} about={adult.name}>
        {(close) => <VettingForm {...props} mayEnd={isFocalPoint} onClose={close} />}
      </Disclosure>
    </div>
  );
}

function useVetting({ adult, onChanged, onStale }: VetProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('vet.changedMeanwhile'));
  const say = (vettedUntil: string | null, then: () => void = () => undefined): Promise<void> =>
    change(async () => {
      requireTyped({}, { day: { vettedUntil: vettedUntil ?? '' } });
      const after = await api('POST /api/organiser/events/{eventId}/chaperones/{reference}/vetting', {
        params: { eventId: event.id, reference: adult.reference },
        body: { vettedUntil, revision: adult.revision },
      });
      then();
      tell(vettingResult(adult, after, vettedUntil));
      await onChanged();
    });
  return { busy, error, say };
}

interface ProposedProps extends VetProps {
  readonly proposal: NonNullable<ChaperoneRow['proposal']>;
  readonly mayEnd: boolean;
}

/** One press of a second person, or of the one who takes it back. */
function Proposed({ proposal, mayEnd, ...props }: ProposedProps) {
  const { busy, error, say } = useVetting(props);
  const { name, vettedUntil = null } = props.adult;
  return (
    <>
      <FailureNote error={error} />
      {proposal.mayAccept && (
        <Button busy={busy} label={t('vet.acceptOf', { name })} onPress={() => say(proposal.vettedUntil)}>
          {t('vet.accept')}
        </Button>
      )}
      {(proposal.isYours || mayEnd) && (
        <Button kind="second" busy={busy} label={t('vet.withdrawOf', { name })} onPress={() => say(vettedUntil)}>
          {t('vet.withdraw')}
        </Button>
      )}
    </>
  );
}

interface FormProps extends VetProps {
  /** Whether less than before, or nothing, holds at once. */
  readonly mayEnd: boolean;
  readonly onClose: () => void;
}

function VettingForm({ mayEnd, onClose, ...props }: FormProps) {
  const { event } = useDesk();
  const { busy, error, say } = useVetting(props);
  const { adult } = props;
  const [until, setUntil] = useState(adult.vettedUntil ?? '');
  const field = `vetted-${adult.reference}`;
  const last = dayName(lastDay(event));
  return (
    <FieldsForm
      send={mayEnd ? t('vet.save') : t('vet.propose')}
      busy={busy}
      error={error}
      labels={{ vettedUntil: t('vet.until') }}
      idOf={() => field}
      onSend={() => say(until || null, onClose)}
      onCancel={onClose}
    >
      <DigitsInput
        as="day"
        name={field}
        label={t('vet.until')}
        hint={mayEnd ? t('vet.hint', { last }) : t('vet.proposeHint', { last })}
        value={until}
        error={fieldError(error, 'vettedUntil')}
        onChange={setUntil}
      />
    </FieldsForm>
  );
}

/**
 * An organiser who sees no list of children proposes here that an adult counts as vetted; a member of safeguarding, who does,
 * accepts it there.
 */
export function VetAdult({ one, onStale }: Pick<OneProps, 'one' | 'onStale'>) {
  const { minors } = useDesk().event;
  if (minors === undefined || one.mode !== 'in-person') return null;
  const adult = { reference: one.reference, name: one.fullName, revision: one.revision };
  return (
    <div class="action">
      <h3>{t('vet.title')}</h3>
      <p>{t('vet.explain')}</p>
      <Vet adult={adult} onChanged={onStale} onStale={onStale} />
    </div>
  );
}
