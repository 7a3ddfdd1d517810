import { useState } from 'preact/hooks';
import { useAct, useDesk } from '../../desk.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { Once } from '../../kernel/parts/once.tsx';
import { when } from '../../names.ts';
import { words } from '../../words.ts';
import type { ChildProps } from './one.ts';

/** The code for a guardian without a page, shown this once: to be printed or read out. Printed, it names nobody. */
export function NewHandoverCode({ child, reload }: Pick<ChildProps, 'child' | 'reload'>) {
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
