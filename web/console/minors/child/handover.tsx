import { useDesk, useRead } from '../../desk.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { type Fact, FactList } from '../../kernel/parts/fact-list.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { when } from '../../names.ts';
import { words } from '../../words.ts';
import { HandoverCode } from './handover-code.tsx';
import { NewHandoverCode } from './new-handover-code.tsx';
import { NoteHandover } from './note-handover.tsx';
import type { ChildProps, Minor } from './one.ts';
import { statementFacts } from './statement-facts.tsx';

/** With whom a young person may leave, read when somebody comes to fetch them and not before: each look is noted (CS24). */
export const Handover = (props: ChildProps) => (
  <section class="actions">
    <h2>{words.handover.title}</h2>
    <p class="screen">{words.handover.explain}</p>
    <Disclosure label={words.handover.open}>{() => <Said {...props} />}</Disclosure>
    {isOnPaper(props.child) && <NewHandoverCode {...props} />}
  </section>
);

const isOnPaper = ({ guardian }: Minor): boolean => guardian.email === undefined;

function Said(props: ChildProps) {
  const { api, event } = useDesk();
  const { child } = props;
  const params = { eventId: event.id, reference: child.reference };
  const read = useRead(`handover ${child.reference} ${child.revision}`, () =>
    api('GET /api/organiser/events/{eventId}/minors/{reference}/handover', { params }),
  );
  return (
    <Show of={read}>
      {(view) => {
        const { said, waiting, guardian, hasCode } = view;
        const facts: readonly Fact[] = [
          ...statementFacts(said),
          [words.handover.saidAt, said && !said.noted && when(event, said.saidAt)],
          [words.handover.notedAt, said?.noted && words.child.by(when(event, said.saidAt), said.noted.by)],
          [
            words.child.confirmed,
            said?.noted?.confirmedAt && words.child.by(when(event, said.noted.confirmedAt), said.noted.confirmedBy),
          ],
          [words.child.guardian, guardian.name],
          [
            words.child.phone,
            guardian.phone && <a href={`tel:${guardian.phone.replace(/[^+\d]/g, '')}`}>{guardian.phone}</a>,
          ],
        ];
        return (
          <>
            {waiting && (
              <p class="note warn">
                {words.handover.waiting(words.child.by(when(event, waiting.notedAt), waiting.notedBy))}
              </p>
            )}
            {!said && <p class="note">{words.handover.nothing}</p>}
            <FactList facts={facts} />
            {hasCode ? (
              <HandoverCode
                child={child}
                triesLeft={view.triesLeft}
                onTried={(triesLeft) => read.show({ ...view, triesLeft })}
              />
            ) : (
              <p class="note">{words.handover.noCode}</p>
            )}
            {view.isOnPaper && <NoteHandover {...props} said={waiting ?? said} />}
          </>
        );
      }}
    </Show>
  );
}
