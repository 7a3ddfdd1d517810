import { useDesk } from '../../desk.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { FactList } from '../../kernel/parts/fact-list.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { dayName, when } from '../../names.ts';
import { t } from '../../words.ts';
import { bySomeone, type ChildProps, type Minor } from './one.ts';
import { useChildChange } from './use-child-change.ts';

/** A second person holds the paper against what the first one recorded (CS3). */
export function DecideForm({ child, ...rest }: ChildProps) {
  const { api, event } = useDesk();
  const { paper } = child.guardian;
  if (paper === undefined) return null;
  const decide = (decision: 'confirm' | 'reject'): Promise<Minor> =>
    api('POST /api/organiser/events/{eventId}/minors/{reference}/paper/decision', {
      params: { eventId: event.id, reference: child.reference },
      body: { decision, revision: child.revision },
    });
  return (
    <section class="decide" aria-labelledby="decide">
      <h2 id="decide">{paper.isOwn ? t('minors.paper.waits') : t('minors.paper.decide')}</h2>
      <p>{paper.isOwn ? t('minors.paper.own') : t('minors.paper.look')}</p>
      <FactList
        facts={[
          ...child.consents.map(({ id, title }) => [title, said(paper.consents[id])] as const),
          [t('minors.paper.phone'), paper.phone],
          [t('minors.paper.signedBy'), paper.signedBy],
          [t('minors.paper.signedOn'), dayName(paper.signedOn)],
          [t('minors.child.recorded'), bySomeone(when(event, paper.recordedAt), paper.recordedBy)],
        ]}
      />
      <Decision
        {...rest}
        isOwn={paper.isOwn}
        decide={decide}
        texts={{
          confirmed: t('minors.paper.confirmed'),
          reject: t('minors.paper.reject'),
          follows: t('minors.paper.rejectSure'),
          rejected: t('minors.paper.rejected'),
        }}
      />
    </section>
  );
}

const said = (version: string | undefined): string =>
  version === undefined ? t('minors.child.refused') : t('minors.child.agreed', { version });

interface DecisionProps extends Pick<ChildProps, 'onChanged' | 'onStale'> {
  /** Of what its reader recorded: they may reject it, and another member confirms it. */
  readonly isOwn: boolean;
  readonly decide: (decision: 'confirm' | 'reject') => Promise<Minor>;
  /** Of the buttons, and what is said once one was pressed. */
  readonly texts: Readonly<Record<'confirmed' | 'reject' | 'follows' | 'rejected', string>>;
}

/** The buttons of a second person, who confirms or rejects what a first one recorded. */
export function Decision({ isOwn, decide, texts, ...rest }: DecisionProps) {
  const confirmation = useChildChange(rest);
  const rejection = useChildChange(rest);
  return (
    <>
      <Failure error={confirmation.error} />
      <div class="buttons">
        {!isOwn && (
          <Button
            busy={confirmation.busy}
            onPress={() =>
              confirmation.change(
                () => decide('confirm'),
                () => texts.confirmed,
              )
            }
          >
            {t('minors.paper.confirm')}
          </Button>
        )}
        <Sure
          kind="danger"
          label={texts.reject}
          follows={texts.follows}
          now={t('minors.paper.rejectNow')}
          busy={rejection.busy}
          error={rejection.error}
          onPress={() =>
            rejection.change(
              () => decide('reject'),
              () => texts.rejected,
            )
          }
        />
      </div>
    </>
  );
}
