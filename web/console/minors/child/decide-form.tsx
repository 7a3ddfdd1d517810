import { useDesk } from '../../desk.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { FactList } from '../../kernel/parts/fact-list.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { dayName, when } from '../../names.ts';
import { words } from '../../words.ts';
import type { ChildProps, Minor } from './one.ts';
import { useChildChange } from './use-child-change.ts';

/** A second person holds the paper against what the first one recorded (CS3). */
export function DecideForm({ child, ...rest }: ChildProps) {
  const { api, event } = useDesk();
  const confirmation = useChildChange(rest);
  const rejection = useChildChange(rest);
  const { paper } = child.guardian;
  if (paper === undefined) return null;
  const decide = (decision: 'confirm' | 'reject'): Promise<Minor> =>
    api('POST /api/organiser/events/{eventId}/minors/{reference}/paper/decision', {
      params: { eventId: event.id, reference: child.reference },
      body: { decision, revision: child.revision },
    });
  return (
    <section class="decide" aria-labelledby="decide">
      <h2 id="decide">{paper.isOwn ? words.paper.waits : words.paper.decide}</h2>
      <p>{paper.isOwn ? words.paper.own : words.paper.look}</p>
      <FactList
        facts={[
          ...child.consents.map(({ id, title }) => [title, said(paper.consents[id])] as const),
          [words.paper.phone, paper.phone],
          [words.paper.signedBy, paper.signedBy],
          [words.paper.signedOn, dayName(paper.signedOn)],
          [words.child.recorded, words.child.by(when(event, paper.recordedAt), paper.recordedBy)],
        ]}
      />
      <Failure error={confirmation.error} />
      <div class="buttons">
        {!paper.isOwn && (
          <Button
            busy={confirmation.busy}
            onPress={() =>
              confirmation.change(
                () => decide('confirm'),
                () => words.paper.confirmed,
              )
            }
          >
            {words.paper.confirm}
          </Button>
        )}
        <Sure
          kind="danger"
          label={words.paper.reject}
          follows={words.paper.rejectSure}
          now={words.paper.rejectNow}
          busy={rejection.busy}
          error={rejection.error}
          onPress={() =>
            rejection.change(
              () => decide('reject'),
              () => words.paper.rejected,
            )
          }
        />
      </div>
    </section>
  );
}

const said = (version: string | undefined): string =>
  version === undefined ? words.child.refused : words.child.agreed(version);
