import { useState } from 'preact/hooks';
import { useAct, useDesk } from '../desk.ts';
import { fieldError, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { filled } from '../kernel/form/typed.ts';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import type { AnswerOf } from '../kernel/routes.ts';
import { when } from '../names.ts';
import { t } from '../words.ts';

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
      {factorResetDone && <small>{doneText(factorResetDone.by, when(event, factorResetDone.at))}</small>}
      {mayResetFactor && <Propose member={member} onChanged={onChanged} />}
    </>
  );
}

function doneText([by, second]: readonly string[], at: string): string {
  if (by === undefined || second === undefined) return t('people.factorDone', { at });
  return t('people.factorDoneBy', { by, second, at });
}

function Propose({ member, onChanged }: SecondFactorProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [typed, setTyped] = useState(EMPTY);
  const name = member.label ?? t('people.unnamed');
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
    tell(t('people.factorProposed', { name }));
    onChanged(after);
  };
  return (
    <Disclosure label={t('people.resetFactor')} about={name}>
      {(close) => (
        <FieldsForm
          send={t('people.proposeFactor')}
          busy={busy}
          error={error}
          labels={{ email: t('people.accountEmail'), reason: t('people.reason') }}
          idOf={(path) => `${path}-${member.id}`}
          onSend={() => run(propose)}
          onCancel={close}
        >
          <p class="hint">{t('people.factorTakesTwo')}</p>
          <TextInput
            type="email"
            label={t('common.optional', { label: t('people.accountEmail') })}
            hint={t('people.accountEmailHint')}
            {...field('email')}
          />
          <TextInput
            label={t('common.optional', { label: t('people.reason') })}
            hint={t('people.factorReasonHint')}
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
  const name = member.label ?? t('people.unnamed');
  const params = { eventId: event.id, memberId: member.id };
  const accept = async (): Promise<void> => {
    const after = await api('POST /api/organiser/events/{eventId}/roles/{memberId}/factor-reset/acceptance', {
      params,
    });
    tell(t('people.factorReset', { name }));
    onChanged(after);
  };
  const takeBack = async (): Promise<void> => {
    const after = await api('DELETE /api/organiser/events/{eventId}/roles/{memberId}/factor-reset', { params });
    tell(t('people.factorTakenBack', { name }));
    onChanged(after);
  };
  return (
    <div class="note">
      <p>{t('people.factorProposedBy', { by: by ?? t('people.unnamed'), until: when(event, until) })}</p>
      {reason && <p>{t('people.reasonIs', { reason })}</p>}
      {opensAt && <p>{t('people.factorOpens', { instant: when(event, opensAt) })}</p>}
      {mayAccept && <p>{t('people.askInPerson', { name })}</p>}
      <FailureNote error={error} />
      {(mayAccept || mayTakeBack) && (
        <p class="buttons">
          {mayAccept && (
            <Button busy={busy} label={t('people.acceptFactorOf', { name })} onPress={() => run(accept)}>
              {t('people.accept')}
            </Button>
          )}
          {mayTakeBack && (
            <Button
              kind="second"
              busy={busy}
              label={t('people.takeFactorBackOf', { name })}
              onPress={() => run(takeBack)}
            >
              {t('people.takeFactorBack')}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
