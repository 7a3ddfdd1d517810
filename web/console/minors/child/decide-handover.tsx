import { useDesk, useRead } from '../../desk.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { FactList } from '../../kernel/parts/fact-list.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { when } from '../../names.ts';
import { words } from '../../words.ts';
import { Decision } from './decide-form.tsx';
import { bySomeone, type ChildProps, type HandoverView, type Minor } from './one.ts';
import { statementFacts } from './statement-facts.tsx';

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
  return <Show of={read}>{({ waiting }) => waiting && <Noted {...props} waiting={waiting} />}</Show>;
}

interface NotedProps extends ChildProps {
  readonly waiting: NonNullable<HandoverView['waiting']>;
}

function Noted({ child, waiting, ...rest }: NotedProps) {
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
