import { useState } from 'preact/hooks';
import { grantsShown } from '../../../shared/team/role/organiser-role.ts';
import { useAct, useDesk, useEventRead, useHas } from '../desk.ts';
import { fieldError, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { filled } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { t } from '../words.ts';
import { ChangeRoles, type MemberProps, type Roles } from './change-roles.tsx';
import { grantText } from './grant-fields.tsx';
import { InvitePerson } from './invite-person.tsx';

/** Who runs the event with what roles, and who is invited to. */
export function TeamScreen() {
  const mayManage = useHas('manage-team');
  const roles = useEventRead('GET /api/organiser/events/{eventId}/roles');
  return (
    <>
      <Heading>{t('people.title')}</Heading>
      <Show of={roles}>
        {({ members, invitations, way, directory }) => (
          <>
            {mayManage && <InvitePerson way={way} onInvited={roles.reload} />}
            <section>
              <h2>{t('people.members')}</h2>
              {directory && mayManage && <p class="hint">{t('people.factorElsewhere', { host: directory })}</p>}
              <ul class="list members">
                {members.map((member) => (
                  <Member key={member.id} member={member} way={way} onChanged={roles.show} />
                ))}
              </ul>
            </section>
            <section>
              <h2>{t('people.invitations')}</h2>
              {invitations.length === 0 ? (
                <p class="empty">{t('people.noInvitations')}</p>
              ) : (
                <ul class="list">
                  {invitations.map((invitation) => (
                    <Invitation key={invitation.id} invitation={invitation} onChanged={roles.show} />
                  ))}
                </ul>
              )}
            </section>
          </>
        )}
      </Show>
    </>
  );
}

type OnChanged = MemberProps['onChanged'];

function Member({ member, way, onChanged }: MemberProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [sure, setSure] = useState(false);
  const name = member.label ?? t('common.unnamed');
  const revoke = async (): Promise<void> => {
    if (!sure) return setSure(true);
    const params = { eventId: event.id, memberId: member.id };
    const left = await api('DELETE /api/organiser/events/{eventId}/roles/{memberId}', { params });
    const isGone = left.members.every(({ id }) => id !== member.id);
    tell(isGone ? t('people.revoked', { name }) : t('people.removalProposed', { name }));
    onChanged(left);
    setSure(false);
  };
  return (
    <li>
      <div>
        <b>{name}</b> {member.isYou && <span class="tag">{t('people.you')}</span>}
        <small>
          {grantsShown(member.grants)
            .map((grant) => grantText(event, grant))
            .join('; ')}
        </small>
        {member.ended && (
          <small>
            {t('people.ended', {
              roles: grantsShown(member.ended)
                .map((grant) => grantText(event, grant))
                .join('; '),
            })}
          </small>
        )}
        {member.removal && (
          <small>
            {t('people.removal', { by: member.removal.by ?? t('common.unnamed'), at: when(event, member.removal.at) })}
          </small>
        )}
        <FailureNote error={error} />
        <SecondFactor member={member} onChanged={onChanged} />
      </div>
      {member.mayResetFactor && <ProposeReset member={member} onChanged={onChanged} />}
      {member.mayChange && <ChangeRoles member={member} way={way} onChanged={onChanged} />}
      {member.mayRemove && (
        <Button
          kind={sure ? 'danger' : 'second'}
          busy={busy}
          label={sure ? undefined : t('people.revokeOf', { name })}
          onPress={() => run(revoke)}
        >
          {sure ? t('people.revokeNow') : t('people.revoke')}
        </Button>
      )}
    </li>
  );
}

function Invitation({
  invitation,
  onChanged,
}: {
  readonly invitation: Roles['invitations'][number];
  readonly onChanged: OnChanged;
}) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const mayManage = useHas('manage-team');
  const name = invitation.label ?? t('common.unnamed');
  const { proposal } = invitation;
  const accept = async (): Promise<void> => {
    const params = { eventId: event.id, invitationId: invitation.id };
    const after = await api('POST /api/organiser/events/{eventId}/role-invitations/{invitationId}/acceptance', {
      params,
    });
    tell(t('people.accepted', { name }));
    onChanged(after);
  };
  const withdraw = async (): Promise<void> => {
    const params = { eventId: event.id, invitationId: invitation.id };
    const left = await api('DELETE /api/organiser/events/{eventId}/role-invitations/{invitationId}', { params });
    tell(t('people.withdrawn', { name }));
    onChanged(left);
  };
  return (
    <li>
      <div>
        <b>{name}</b>
        <small>
          {grantsShown(invitation.grants)
            .map((grant) => grantText(event, grant))
            .join('; ')}{' '}
          – {t('people.until', { instant: when(event, invitation.expiresAt) })}
        </small>
        {proposal && <Proposed proposal={proposal} />}
        <FailureNote error={error} />
      </div>
      {proposal?.mayAccept && (
        <Button busy={busy} label={t('people.acceptOf', { name })} onPress={() => run(accept)}>
          {t('people.accept')}
        </Button>
      )}
      {mayManage && (
        <Button kind="second" busy={busy} label={t('people.withdrawOf', { name })} onPress={() => run(withdraw)}>
          {t('people.withdraw')}
        </Button>
      )}
    </li>
  );
}

type Proposal = NonNullable<Roles['invitations'][number]['proposal']>;

/** Who waits for whom: by whom it is proposed, where its link goes, and who has to accept it. */
function Proposed({ proposal: { by, email, reason, needs, way, opensAt } }: { readonly proposal: Proposal }) {
  const { event } = useDesk();
  return (
    <>
      <small>{t('people.proposedBy', { by: by ?? t('common.unnamed'), address: email ?? '' })}</small>
      {reason && <small>{t('people.reasonIs', { reason })}</small>}
      {needs.map((need) => (
        <small key={need}>
          {t('people.waitsFor', { second: t(`people.second.${need === 'care' ? need : (way ?? 'vetted')}`) })}
        </small>
      ))}
      {needs.length === 0 && (
        <small>{opensAt ? t('people.opensAt', { instant: when(event, opensAt) }) : t('people.waitsForThem')}</small>
      )}
    </>
  );
}

type TeamMember = Roles['members'][number];

const EMPTY = { email: '', reason: '' };

interface SecondFactorProps {
  readonly member: TeamMember;
  readonly onChanged: (roles: Roles) => void;
}

/** How someone's second factor stands where it was lost: one proposes that it is reset, another accepts. */
function SecondFactor({ member, onChanged }: SecondFactorProps) {
  const { factorReset, factorResetDone } = member;
  const { event } = useDesk();
  return (
    <>
      {factorReset && <ProposedReset member={member} reset={factorReset} onChanged={onChanged} />}
      {factorResetDone && <small>{doneText(factorResetDone.by, when(event, factorResetDone.at))}</small>}
    </>
  );
}

function doneText([by, second]: readonly string[], at: string): string {
  if (by === undefined || second === undefined) return t('people.factorDone', { at });
  return t('people.factorDoneBy', { by, second, at });
}

function ProposeReset({ member, onChanged }: SecondFactorProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [typed, setTyped] = useState(EMPTY);
  const name = member.label ?? t('common.unnamed');
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
  readonly reset: NonNullable<TeamMember['factorReset']>;
}

function ProposedReset({
  member,
  reset: { by, reason, until, opensAt, mayAccept, mayTakeBack },
  onChanged,
}: ProposedProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const name = member.label ?? t('common.unnamed');
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
      <p>{t('people.factorProposedBy', { by: by ?? t('common.unnamed'), until: when(event, until) })}</p>
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
