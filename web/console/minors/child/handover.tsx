import { useState } from 'preact/hooks';
import { useAct, useDesk, useRead } from '../../desk.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { type Fact, FactList } from '../../kernel/parts/fact-list.tsx';
import { Once } from '../../kernel/parts/once.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { when } from '../../names.ts';
import { words } from '../../words.ts';
import { HandoverCode } from './handover-code.tsx';
import { NoteHandover } from './note-handover.tsx';
import type { ChildProps, Minor } from './one.ts';
import { statementFacts } from './statement-facts.tsx';

/** The code for a guardian without a page, shown this once: to be printed or read out. Printed, it names nobody. */
function NewHandoverCode({ child, reload }: Pick<ChildProps, 'child' | 'reload'>) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [code, setCode] = useState<string>();
  const { isConfirmed = false, codeMadeAt, codeMadeBy } = child.guardian.handover ?? {};
  const make = async (): Promise<void> => {
    const params = { eventId: event.id, reference: child.reference };
    setCode((await api('POST /api/organiser/events/{eventId}/minors/{reference}/handover/code', { params })).code);
    tell(words.handover.made);
    await reload();
  };
  return (
    <div class="action">
      <h3>{words.handover.newCode}</h3>
      <p class="screen">{words.handover.newCodeExplain}</p>
      {codeMadeAt && (
        <p class="screen">{words.handover.lastMade(words.child.by(when(event, codeMadeAt), codeMadeBy))}</p>
      )}
      {!isConfirmed && <p class="note screen">{words.handover.codeLater}</p>}
      {code === undefined ? (
        isConfirmed && (
          <Sure
            label={words.handover.make}
            follows={words.handover.makeSure}
            now={words.handover.makeNow}
            kind="danger"
            busy={busy}
            error={error}
            onPress={() => run(make)}
          />
        )
      ) : (
        <div class="handout">
          <p class="paper">
            <b>{event.title}</b>
          </p>
          <Once
            label={words.handover.codeOnce}
            value={`${code.slice(0, 3)} ${code.slice(3)}`}
            copied={words.handover.copied}
          />
          <p class="paper">{words.handover.keep}</p>
          <p class="screen buttons">
            <Button kind="second" onPress={() => print()}>
              {words.handover.print}
            </Button>
            <Button kind="second" onPress={() => setCode(undefined)}>
              {words.handover.handedOver}
            </Button>
          </p>
        </div>
      )}
    </div>
  );
}

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
