import { useState } from 'preact/hooks';
import type { RoleGrant, Way } from '../../../shared/team/role/organiser-role.schema.ts';
import { grantsShown } from '../../../shared/team/role/organiser-role.ts';
import { needsLeftOf } from '../../../shared/team/role/role-rule.ts';
import { useAct, useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { fieldError, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { filled } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { t } from '../words.ts';
import {
  GrantFields,
  grantLabels,
  grantOf,
  grantText,
  NO_GRANT,
  requireGrant,
  type TypedGrant,
  typedGrant,
} from './grant-fields.tsx';
import { SecondPersons } from './invite-person.tsx';

export type Roles = AnswerOf<'GET /api/organiser/events/{eventId}/roles'>;

export interface MemberProps {
  readonly member: Roles['members'][number];
  readonly way: Way;
  readonly onChanged: (roles: Roles) => void;
}

const EMPTY = { email: '', reason: '' };

/** What a member may do, each grant by itself, and one more. */
export function ChangeRoles({ member, way, onChanged }: MemberProps) {
  const { event } = useDesk();
  const held = grantsShown(member.grants);
  // A grant past its end is prolonged by another day.
  const shown = [...held, ...grantsShown(member.ended ?? [])];
  const name = member.label ?? t('common.unnamed');
  const others = (at: number): readonly RoleGrant[] => held.filter((_, index) => index !== at);
  return (
    <Disclosure label={t('people.change')} about={name}>
      {(close) => (
        <>
          {shown.map((grant, at) => (
            <GrantForm
              key={`${member.revision} ${at}`}
              {...{ member, way, others: others(at), begin: typedGrant(event, grant) }}
              of={`-${at}-${member.id}`}
              title={grantText(event, grant)}
              onChanged={onChanged}
            />
          ))}
          <GrantForm
            key={`${member.revision} new`}
            {...{ member, way, others: held, begin: NO_GRANT }}
            of={`-new-${member.id}`}
            title={t('people.oneMore')}
            onChanged={onChanged}
          />
          <p>
            <Button kind="second" onPress={close}>
              {t('common.cancel')}
            </Button>
          </p>
        </>
      )}
    </Disclosure>
  );
}

interface GrantFormProps extends MemberProps {
  readonly title: string;
  /** What they hold beside it. */
  readonly others: readonly RoleGrant[];
  readonly begin: TypedGrant;
  /** Ends the names of its fields. */
  readonly of: string;
}

function GrantForm({ member, way, title, others, begin, of, onChanged }: GrantFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [typed, setTyped] = useState(begin);
  const [more, setMore] = useState(EMPTY);
  const name = member.label ?? t('common.unnamed');
  const grant = grantOf(event, typed);
  const needs = needsLeftOf(grantsShown(member.grants), grant);
  const isLapsed = needs.includes('children') && way === 'lapsed';
  const send = async (grants: readonly RoleGrant[]): Promise<void> => {
    const after = await api('PUT /api/organiser/events/{eventId}/roles/{memberId}', {
      params: { eventId: event.id, memberId: member.id },
      body: { grants: [...grants], revision: member.revision, ...filled(more) },
    });
    tell(needs.length > 0 && grants.includes(grant) ? t('people.proposed') : t('people.changed', { name }));
    onChanged(after);
  };
  const change = async (): Promise<void> => {
    requireGrant(typed, of);
    await send([...others, grant]);
  };
  return (
    <Disclosure label={title} about={name}>
      {(close) => (
        <FieldsForm
          send={t('people.changeNow')}
          busy={busy}
          error={error}
          labels={{
            ...grantLabels(of),
            grants: t('people.role'),
            email: t('people.email'),
            reason: t('people.reason'),
          }}
          idOf={(path) =>
            path === 'grants' ? `role${of}` : path === 'email' || path === 'reason' ? `${path}${of}` : path
          }
          onSend={() => run(change)}
          onCancel={close}
        >
          <GrantFields typed={typed} error={error} of={of} onChange={setTyped} />
          <SecondPersons needs={needs} way={way} />
          {needs.length > 0 && (
            <TextInput
              type="email"
              name={`email${of}`}
              label={t('common.optional', { label: t('people.email') })}
              hint={t('people.emailOther')}
              value={more.email}
              error={fieldError(error, 'email')}
              onChange={(email) => setMore({ ...more, email })}
            />
          )}
          {isLapsed && (
            <TextInput
              name={`reason${of}`}
              label={t('people.reason')}
              hint={t('people.reasonHint')}
              value={more.reason}
              error={fieldError(error, 'reason')}
              onChange={(reason) => setMore({ ...more, reason })}
            />
          )}
          {others.length > 0 && others.length < member.grants.length && (
            <p>
              <Button kind="danger" busy={busy} onPress={() => run(() => send(others))}>
                {t('people.takeOne', { role: title })}
              </Button>
            </p>
          )}
        </FieldsForm>
      )}
    </Disclosure>
  );
}
