import { useState } from 'preact/hooks';
import { useAct, useDesk, useRead } from '../../desk.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { type Fact, FactList } from '../../kernel/parts/fact-list.tsx';
import { Once } from '../../kernel/parts/once.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { when } from '../../names.ts';
import { t } from '../../words.ts';
import { HandoverCode } from './handover-code.tsx';
import { NoteHandover } from './note-handover.tsx';
import { bySomeone, type ChildProps, type Minor } from './one.ts';
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
    tell(t('minors.handover.made'));
    await reload();
  };
  return (
    <div class="action">
      <h3>{t('minors.handover.newCode')}</h3>
      <p class="screen">{t('minors.handover.newCodeExplain')}</p>
      {codeMadeAt && (
        <p class="screen">{t('minors.handover.lastMade', { made: bySomeone(when(event, codeMadeAt), codeMadeBy) })}</p>
      )}
      {!isConfirmed && <p class="note screen">{t('minors.handover.codeLater')}</p>}
      {code === undefined ? (
        isConfirmed && (
          <Sure
            label={t('minors.handover.make')}
            follows={t('minors.handover.makeSure')}
            now={t('minors.handover.makeNow')}
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
            label={t('minors.handover.codeOnce')}
            value={`${code.slice(0, 3)} ${code.slice(3)}`}
            copied={t('minors.handover.copied')}
          />
          <p class="paper">{t('minors.handover.keep')}</p>
          <p class="screen buttons">
            <Button kind="second" onPress={() => print()}>
              {t('minors.handover.print')}
            </Button>
            <Button kind="second" onPress={() => setCode(undefined)}>
              {t('minors.handover.handedOver')}
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
    <h2>{t('minors.handover.title')}</h2>
    <p class="screen">{t('minors.handover.explain')}</p>
    <Disclosure label={t('minors.handover.open')}>{() => <Said {...props} />}</Disclosure>
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
          [t('minors.handover.saidAt'), said && !said.noted && when(event, said.saidAt)],
          [t('minors.handover.notedAt'), said?.noted && bySomeone(when(event, said.saidAt), said.noted.by)],
          [
            t('minors.child.confirmed'),
            said?.noted?.confirmedAt && bySomeone(when(event, said.noted.confirmedAt), said.noted.confirmedBy),
          ],
          [t('minors.child.guardian'), guardian.name],
          [
            t('minors.child.phone'),
            guardian.phone && <a href={`tel:${guardian.phone.replace(/[^+\d]/g, '')}`}>{guardian.phone}</a>,
          ],
        ];
        return (
          <>
            {waiting && (
              <p class="note warn">
                {t('minors.handover.waiting', {
                  noted: bySomeone(when(event, waiting.notedAt), waiting.notedBy),
                })}
              </p>
            )}
            {!said && <p class="note">{t('minors.handover.nothing')}</p>}
            <FactList facts={facts} />
            {hasCode ? (
              <HandoverCode
                child={child}
                triesLeft={view.triesLeft}
                onTried={(triesLeft) => read.show({ ...view, triesLeft })}
              />
            ) : (
              <p class="note">{t('minors.handover.noCode')}</p>
            )}
            {view.isOnPaper && <NoteHandover {...props} said={waiting ?? said} />}
          </>
        );
      }}
    </Show>
  );
}
