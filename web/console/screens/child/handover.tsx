import { useState } from 'preact/hooks';
import { useDesk, useRead } from '../../desk.ts';
import { when } from '../../names.ts';
import { Disclosure } from '../../parts/disclosure.tsx';
import { type Fact, FactList } from '../../parts/fact-list.tsx';
import { TextField } from '../../parts/field.tsx';
import { fieldError } from '../../parts/field-errors.ts';
import { FieldsForm } from '../../parts/fields-form.tsx';
import { requireTyped } from '../../parts/require-typed.ts';
import { Show } from '../../parts/show.tsx';
import { useAction } from '../../parts/use-action.ts';
import { words } from '../../words.ts';
import type { Minor } from './one.ts';

/** With whom a young person may leave, read when somebody comes to fetch them and not before: each look is noted (CS24). */
export const Handover = ({ child }: { readonly child: Minor }) => (
  <section class="actions">
    <h2>{words.handover.title}</h2>
    <p>{words.handover.explain}</p>
    <Disclosure label={words.handover.open}>{() => <Said child={child} />}</Disclosure>
  </section>
);

function Said({ child }: { readonly child: Minor }) {
  const { api, event } = useDesk();
  const params = { eventId: event.id, reference: child.reference };
  const read = useRead(`handover ${child.reference}`, () =>
    api('GET /api/organiser/events/{eventId}/minors/{reference}/handover', { params }),
  );
  return (
    <Show of={read}>
      {({ said, guardian, hasCode }) => {
        const facts: readonly Fact[] = [
          [words.handover.alone, said ? (said.alone ? words.handover.mayLeave : words.handover.mayNot) : undefined],
          [words.handover.adults, said?.adults.join('; ')],
          [words.handover.never, said?.never && <b>{said.never}</b>],
          [words.handover.saidAt, said && when(event, said.saidAt)],
          [words.child.guardian, guardian.name],
          [
            words.child.phone,
            guardian.phone && <a href={`tel:${guardian.phone.replace(/[^+\d]/g, '')}`}>{guardian.phone}</a>,
          ],
        ];
        return (
          <>
            {!said && <p class="note">{words.handover.nothing}</p>}
            <FactList facts={facts} />
            {hasCode ? <Check child={child} /> : <p class="note">{words.handover.noCode}</p>}
          </>
        );
      }}
    </Show>
  );
}

function Check({ child }: { readonly child: Minor }) {
  const { api, event } = useDesk();
  const [code, setCode] = useState('');
  const [isRight, setIsRight] = useState<boolean>();
  const { busy, error, run } = useAction(undefined, () => setIsRight(undefined));
  const check = () =>
    run(async () => {
      requireTyped({ code });
      const answer = await api('POST /api/organiser/events/{eventId}/minors/{reference}/handover', {
        params: { eventId: event.id, reference: child.reference },
        body: { code },
      });
      setIsRight(answer.isRight);
      setCode('');
    });
  return (
    <>
      <FieldsForm
        send={words.handover.check}
        busy={busy}
        error={error}
        labels={{ code: words.handover.code }}
        onSend={check}
      >
        <TextField
          name="code"
          label={words.handover.code}
          hint={words.handover.codeHint}
          value={code}
          error={fieldError(error, 'code')}
          onChange={setCode}
        />
      </FieldsForm>
      {isRight !== undefined && (
        <p class="note" role="status">
          <b>{isRight ? words.handover.right : words.handover.wrong}</b>
        </p>
      )}
    </>
  );
}
