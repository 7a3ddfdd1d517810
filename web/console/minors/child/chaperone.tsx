import { tieStep } from '../../../../shared/minors/chaperone/chaperone.ts';
import { useDesk, useIsVetted } from '../../desk.ts';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { FactList } from '../../kernel/parts/fact-list.tsx';
import { Reference } from '../../kernel/parts/reference.tsx';
import { t } from '../../words.ts';
import { AdultForm } from '../children/adult-form.tsx';
import { answerText, proposalText, vettingText } from '../children/chaperones.tsx';
import { Vet } from '../children/vet.tsx';
import type { ChildProps, Minor } from './one.ts';
import { useChildChange } from './use-child-change.ts';

/** By reference, also on the spot: whoever has said yes before looks after the young person at once. */
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
      <p>{t(`minors.chaperone.tie.${tieStep(child, event)}`)}</p>
      {adult && (
        <FactList
          facts={[
            [t('minors.chaperone.who'), [adult.name, adult.organisation].filter(Boolean).join(', ')],
            [t('minors.chaperone.reference'), <Reference of={adult.reference} />],
            [t('minors.chaperone.answer'), answerText(event, adult)],
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
    <Sure
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
