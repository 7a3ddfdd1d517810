import type { HandoverView } from '../../../shared/minors/minors.schema.ts';
import { useDesk, useRead } from '../desk.ts';
import { Button, Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { FactList } from '../kernel/parts/facts.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { dayName, when } from '../names.ts';
import { t } from '../words.ts';
import { statementFacts } from './handover.tsx';
import { bySomeone, type ChildProps, type Minor, useChildChange } from './minor.tsx';

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
function Decision({ isOwn, decide, texts, ...rest }: DecisionProps) {
  const confirmation = useChildChange(rest);
  const rejection = useChildChange(rest);
  return (
    <>
      <FailureNote error={confirmation.error} />
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
        <Confirmation
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

/** A second person holds the paper against what the first one noted of how the young person leaves (CS3, CS24): each look is noted. */
export const DecideHandover = (props: ChildProps) => (
  <section class="decide" aria-labelledby="decide-handover">
    <h2 id="decide-handover">{t('minors.handover.waits')}</h2>
    <p>{t('minors.handover.waitsExplain')}</p>
    <Disclosure label={t('minors.handover.openWaiting')}>{() => <Waiting {...props} />}</Disclosure>
  </section>
);

function Waiting(props: ChildProps) {
  const { api, event } = useDesk();
  const { reference, revision } = props.child;
  const read = useRead(`waiting ${reference} ${revision}`, () =>
    api('GET /api/organiser/events/{eventId}/minors/{reference}/handover', {
      params: { eventId: event.id, reference },
    }),
  );
  return <Show of={read}>{({ waiting }) => waiting && <NotedStatement {...props} waiting={waiting} />}</Show>;
}

interface NotedStatementProps extends ChildProps {
  readonly waiting: NonNullable<HandoverView['waiting']>;
}

function NotedStatement({ child, waiting, ...rest }: NotedStatementProps) {
  const { api, event } = useDesk();
  const decide = (decision: 'confirm' | 'reject'): Promise<Minor> =>
    api('POST /api/organiser/events/{eventId}/minors/{reference}/handover/decision', {
      params: { eventId: event.id, reference: child.reference },
      body: { decision, revision: child.revision },
    });
  return (
    <>
      <p>{waiting.isOwn ? t('minors.handover.own') : t('minors.paper.look')}</p>
      <FactList
        facts={[
          ...statementFacts(waiting),
          [t('minors.handover.notedAt'), bySomeone(when(event, waiting.notedAt), waiting.notedBy)],
        ]}
      />
      <Decision
        {...rest}
        isOwn={waiting.isOwn}
        decide={decide}
        texts={{
          confirmed: t('minors.handover.confirmed'),
          reject: t('minors.handover.reject'),
          follows: t('minors.handover.rejectSure'),
          rejected: t('minors.handover.rejected'),
        }}
      />
    </>
  );
}
