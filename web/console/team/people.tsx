import { useState } from 'preact/hooks';
import { useAct, useDesk, useHas, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api/routes.ts';
import { Button } from '../kernel/parts/button.tsx';
import { Failure } from '../kernel/parts/failure.tsx';
import { grantText } from '../kernel/parts/grant-text.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { words } from '../words.ts';
import { InvitePerson } from './people/invite-person.tsx';
import { SecondFactor } from './people/second-factor.tsx';

type Roles = AnswerOf<'GET /api/organiser/events/{eventId}/roles'>;

/** Who runs the event with what roles, and who is invited to. */
export function People() {
  const { api, event } = useDesk();
  const isOrganiser = useHas('organiser');
  const roles = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/roles', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.people.title}</Heading>
      <Show of={roles}>
        {({ members, invitations, way, directory }) => (
          <>
            {isOrganiser && <InvitePerson way={way} onInvited={roles.reload} />}
            <section>
              <h2>{words.people.members}</h2>
              {directory && isOrganiser && <p class="hint">{words.people.factorElsewhere(directory)}</p>}
              <ul class="list">
                {members.map((member) => (
                  <Member key={member.id} member={member} onChanged={roles.show} />
                ))}
              </ul>
            </section>
            <section>
              <h2>{words.people.invitations}</h2>
              {invitations.length === 0 ? (
                <p class="empty">{words.people.noInvitations}</p>
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

type OnChanged = (roles: Roles) => void;

function Member({ member, onChanged }: { readonly member: Roles['members'][number]; readonly onChanged: OnChanged }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [sure, setSure] = useState(false);
  const name = member.label ?? words.people.unnamed;
  const revoke = async (): Promise<void> => {
    if (!sure) return setSure(true);
    const params = { eventId: event.id, memberId: member.id };
    const left = await api('DELETE /api/organiser/events/{eventId}/roles/{memberId}', { params });
    const isGone = left.members.every(({ id }) => id !== member.id);
    tell(isGone ? words.people.revoked(name) : words.people.removalProposed(name));
    onChanged(left);
    setSure(false);
  };
  return (
    <li>
      <div>
        <b>{name}</b> {member.isYou && <span class="tag">{words.people.you}</span>}
        <small>{member.grants.map(grantText).join('; ')}</small>
        {member.removal && (
          <small>
            {words.people.removal(member.removal.by ?? words.people.unnamed, when(event, member.removal.at))}
          </small>
        )}
        <Failure error={error} />
        <SecondFactor member={member} onChanged={onChanged} />
      </div>
      {member.mayRemove && (
        <Button
          kind={sure ? 'danger' : 'second'}
          busy={busy}
          label={sure ? undefined : words.people.revokeOf(name)}
          onPress={() => run(revoke)}
        >
          {sure ? words.people.revokeNow : words.people.revoke}
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
  const isOrganiser = useHas('organiser');
  const name = invitation.label ?? words.people.unnamed;
  const { proposal } = invitation;
  const accept = async (): Promise<void> => {
    const params = { eventId: event.id, invitationId: invitation.id };
    const after = await api('POST /api/organiser/events/{eventId}/role-invitations/{invitationId}/acceptance', {
      params,
    });
    tell(words.people.accepted(name));
    onChanged(after);
  };
  const withdraw = async (): Promise<void> => {
    const params = { eventId: event.id, invitationId: invitation.id };
    const left = await api('DELETE /api/organiser/events/{eventId}/role-invitations/{invitationId}', { params });
    tell(words.people.withdrawn(name));
    onChanged(left);
  };
  return (
    <li>
      <div>
        <b>{name}</b>
        <small>
          {invitation.grants.map(grantText).join('; ')} – {words.people.until(when(event, invitation.expiresAt))}
        </small>
        {proposal && <Proposed proposal={proposal} />}
        <Failure error={error} />
      </div>
      {proposal?.mayAccept && (
        <Button busy={busy} label={words.people.acceptOf(name)} onPress={() => run(accept)}>
          {words.people.accept}
        </Button>
      )}
      {isOrganiser && (
        <Button kind="second" busy={busy} label={words.people.withdrawOf(name)} onPress={() => run(withdraw)}>
          {words.people.withdraw}
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
      <small>{words.people.proposedBy(by ?? words.people.unnamed, email ?? '')}</small>
      {reason && <small>{words.people.reasonIs(reason)}</small>}
      {needs.map((need) => (
        <small key={need}>
          {words.people.waitsFor(words.people.second[need === 'care' ? need : (way ?? 'vetted')])}
        </small>
      ))}
      {needs.length === 0 && (
        <small>{opensAt ? words.people.opensAt(when(event, opensAt)) : words.people.waitsForThem}</small>
      )}
    </>
  );
}
