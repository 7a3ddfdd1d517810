import { useState } from 'preact/hooks';
import { useAct, useDesk } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api/routes.ts';
import { TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { filled } from '../../kernel/form/typed.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { when } from '../../names.ts';
import { words } from '../../words.ts';

type Roles = AnswerOf<'GET /api/organiser/events/{eventId}/roles'>;
type Member = Roles['members'][number];

interface SecondFactorProps {
  readonly member: Member;
  readonly onChanged: (roles: Roles) => void;
}

const EMPTY = { email: '', reason: '' };

/** How someone's second factor stands, and what can be done where it was lost: one proposes, another accepts. */
export function SecondFactor({ member, onChanged }: SecondFactorProps) {
  const { factorReset, factorResetDone, mayResetFactor } = member;
  const { event } = useDesk();
  return (
    <>
      {factorReset && <Proposed member={member} reset={factorReset} onChanged={onChanged} />}
      {factorResetDone && <small>{words.people.factorDone(factorResetDone.by, when(event, factorResetDone.at))}</small>}
      {mayResetFactor && <Propose member={member} onChanged={onChanged} />}
    </>
  );
}

function Propose({ member, onChanged }: SecondFactorProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [typed, setTyped] = useState(EMPTY);
  const name = member.label ?? words.people.unnamed;
  const field = (of: keyof typeof EMPTY) => ({
    name: `${of}-${member.id}`,
    value: typed[of],
    error: fieldError(error, of),
    onChange: (value: string) => setTyped({ ...typed, [of]: value }),
  });
  const propose = async (): Promise<void> => {
    const params = { eventId: event.id, memberId: member.id };
    const after = await api('POST /api/organiser/events/{eventId}/roles/{memberId}/factor-reset', {
      params,
      body: filled(typed),
    });
    tell(words.people.factorProposed(name));
    onChanged(after);
  };
  return (
    <Disclosure label={words.people.resetFactor} about={name}>
      {(close) => (
        <FieldsForm
          send={words.people.proposeFactor}
          busy={busy}
          error={error}
          labels={{ email: words.people.accountEmail, reason: words.people.reason }}
          idOf={(path) => `${path}-${member.id}`}
          onSend={() => run(propose)}
          onCancel={close}
        >
          <p class="hint">{words.people.factorTakesTwo}</p>
          <TextField
            type="email"
            label={words.optional(words.people.accountEmail)}
            hint={words.people.accountEmailHint}
            {...field('email')}
          />
          <TextField
            label={words.optional(words.people.reason)}
            hint={words.people.factorReasonHint}
            {...field('reason')}
          />
        </FieldsForm>
      )}
    </Disclosure>
  );
}

interface ProposedProps extends SecondFactorProps {
  readonly reset: NonNullable<Member['factorReset']>;
}

function Proposed({ member, reset: { by, reason, until, opensAt, mayAccept, mayTakeBack }, onChanged }: ProposedProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const name = member.label ?? words.people.unnamed;
  const params = { eventId: event.id, memberId: member.id };
  const accept = async (): Promise<void> => {
    const after = await api('POST /api/organiser/events/{eventId}/roles/{memberId}/factor-reset/acceptance', {
      params,
    });
    tell(words.people.factorReset(name));
    onChanged(after);
  };
  const takeBack = async (): Promise<void> => {
    const after = await api('DELETE /api/organiser/events/{eventId}/roles/{memberId}/factor-reset', { params });
    tell(words.people.factorTakenBack(name));
    onChanged(after);
  };
  return (
    <div class="note">
      <p>{words.people.factorProposedBy(by ?? words.people.unnamed, when(event, until))}</p>
      {reason && <p>{words.people.reasonIs(reason)}</p>}
      {opensAt && <p>{words.people.factorOpens(when(event, opensAt))}</p>}
      {mayAccept && <p>{words.people.askInPerson(name)}</p>}
      <Failure error={error} />
      {(mayAccept || mayTakeBack) && (
        <p class="buttons">
          {mayAccept && (
            <Button busy={busy} label={words.people.acceptFactorOf(name)} onPress={() => run(accept)}>
              {words.people.accept}
            </Button>
          )}
          {mayTakeBack && (
            <Button kind="second" busy={busy} label={words.people.takeFactorBackOf(name)} onPress={() => run(takeBack)}>
              {words.people.takeFactorBack}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
