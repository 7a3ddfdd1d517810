import { useState } from 'preact/hooks';
import type { AnswerOf } from '../api/routes.ts';
import { useAct, useDesk, useRead } from '../desk.ts';
import { when } from '../names.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { grantText } from '../parts/grant-text.ts';
import { Heading } from '../parts/heading.tsx';
import { Show } from '../parts/show.tsx';
import { words } from '../words.ts';
import { InvitePerson } from './people/invite-person.tsx';

type Roles = AnswerOf<'GET /api/organiser/events/{eventId}/roles'>;

/** Who runs the event with what roles, and who is invited to. */
export function People() {
  const { api, event } = useDesk();
  const roles = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/roles', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.people.title}</Heading>
      <InvitePerson onInvited={roles.reload} />
      <Show of={roles}>
        {({ members, invitations }) => (
          <>
            <section>
              <h2>{words.people.members}</h2>
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
    tell(words.people.revoked(name));
    onChanged(left);
  };
  return (
    <li>
      <div>
        <b>{name}</b> {member.isYou && <span class="tag">{words.people.you}</span>}
        <small>{member.grants.map(grantText).join('; ')}</small>
        <Failure error={error} />
      </div>
      {!member.isYou && (
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
  const name = invitation.label ?? words.people.unnamed;
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
        <Failure error={error} />
      </div>
      <Button kind="second" busy={busy} label={words.people.withdrawOf(name)} onPress={() => run(withdraw)}>
        {words.people.withdraw}
      </Button>
    </li>
  );
}
