import { createHash } from 'node:crypto';
import { NOT_THERE, roleInvitationKey } from '../../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../../kernel/dynamo/queries.store.ts';
import { type Patient, type TransactItem, transact, writeAll } from '../../kernel/dynamo/transact.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import type { Secrets } from '../../kernel/keys/secrets.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { type RoleInvitation, storedRoleInvitation } from '../role/organiser-role.schema.ts';
import { asOf, checkMember, type Member, putMember, roleStore } from '../role/role.store.ts';
import {
  evenEnded,
  grantsWith,
  type RedeemRefusal,
  refusalOf,
  type Team,
  takenOf,
  withAcceptance,
} from '../role/role-rule.ts';
import { INVITATION_TOKEN_BYTES } from './role-invitation.ts';

/** Names an invitation by its token without revealing it: 128 random bits need no key and no salt. */
export const invitationId = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** @throws ZodError when the table holds something else */
export function fromRoleInvitationItem(item: Record<string, unknown>): RoleInvitation {
  const { v: _, sk: id, ...invitation } = storedRoleInvitation().parse(item);
  return { id, ...invitation };
}

/** A new one, or one that still has the revision before. */
export function putRoleInvitation(
  table: string,
  { id, ...invitation }: RoleInvitation,
  before?: RoleInvitation,
): TransactItem {
  const Item = { ...roleInvitationKey(invitation.eventId, id), v: 1, ...invitation };
  return { Put: { TableName: table, Item, ...(before ? unchanged(before) : { ConditionExpression: NOT_THERE }) } };
}

const STILL_GOOD = 'expiresAt > :now';

/** Uses an invitation up, as it was read. */
const useUpRoleInvitation = (table: string, invitation: RoleInvitation, now: Date): TransactItem => {
  const { ConditionExpression, ExpressionAttributeValues } = unchanged(invitation);
  return {
    Delete: {
      TableName: table,
      Key: roleInvitationKey(invitation.eventId, invitation.id),
      ConditionExpression: `${STILL_GOOD} AND ${ConditionExpression}`,
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':now': Math.floor(now.getTime() / 1000) },
    },
  };
};

const unchanged = ({ revision }: RoleInvitation) =>
  revision === undefined
    ? { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revision)' }
    : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': revision } };

/**
 * The token of an invitation that may be mailed: rebuilt from its number when the mail is written, so that neither the
 * message in the outbox nor any other item can be redeemed.
 *
 * @param number unguessable text that names the invitation
 */
export async function roleInvitationToken(secrets: Secrets, eventId: string, number: string): Promise<string> {
  const mac = await secrets.mac('role-invitation', `${eventId}|${number}`);
  return mac.subarray(0, INVITATION_TOKEN_BYTES).toString('base64url');
}

/** Invitations into roles that nobody has redeemed yet. */
interface RoleInvitationStore {
  /** @param also what is written with it: the message that carries the invitation, an audit entry */
  readonly invite: (invitation: RoleInvitation, also?: readonly TransactItem[]) => Promise<void>;
  readonly read: (eventId: string, invitationId: string) => Promise<RoleInvitation | undefined>;
  /** Expired ones too, for up to two days. */
  readonly list: (eventId: string) => Promise<readonly RoleInvitation[]>;
  /** Withdrawing twice is a success twice. */
  readonly withdraw: (eventId: string, invitationId: string, also: readonly TransactItem[]) => Promise<void>;
  /**
   * Has a member stand for a proposal as its second person, for what they can; see `role-rule.ts`. Twice is a success twice.
   *
   * @param also what is written with it, by the proposal as it then is
   * @returns whether they could
   */
  readonly accept: (
    named: Named,
    also: (after: RoleInvitation, team: readonly Member[]) => readonly TransactItem[],
  ) => Promise<boolean>;
  /**
   * Binds what an invitation offers to a member, and uses it up, in one transaction, in which everyone who stands for it
   * still is what they were when that was decided.
   *
   * @param also what is written with it, such as an audit entry, by the invitation with what of it was given
   * @returns the member as they now are, or why not: it is too early, their own, or the invitation is unknown, expired, used by another
   *   person or not for them to take on
   */
  readonly redeem: (
    named: Named,
    also: (after: Member, invitation: RoleInvitation, team: readonly Member[]) => readonly TransactItem[],
  ) => Promise<Member | RedeemRefusal>;
}

/** An invitation, and the person who does something with it when. */
interface Named {
  readonly eventId: string;
  readonly invitationId: string;
  readonly memberId: string;
  /** At the event: `2027-03-01`. */
  readonly today: string;
}

/** Each lost race means that the same member redeemed another invitation, or another person this one. */
const MOST_ATTEMPTS = 5;

export function roleInvitationStore({
  client,
  registry: table,
  system,
}: Given<'registry', keyof Patient>): RoleInvitationStore {
  const { list: listMembers } = roleStore({ client, registry: table, system });

  async function read(eventId: string, invitationId: string): Promise<RoleInvitation | undefined> {
    const item = await readItem(client, table, roleInvitationKey(eventId, invitationId));
    return item && fromRoleInvitationItem(item);
  }

  /** What is decided on: one that is over is not there. */
  async function readBoth({ eventId, invitationId, today }: Named) {
    const now = system.now();
    const [found, members] = await Promise.all([read(eventId, invitationId), listMembers(eventId)]);
    const invitation = found && found.expiresAt * 1000 > now.getTime() ? found : undefined;
    return { now, invitation, team: { members, today } satisfies Team };
  }

  /** Everyone but `memberId` whose word counts in it. */
  const standingFor = (
    { eventId, invitedBy, accepted }: RoleInvitation,
    members: readonly Member[],
    memberId: string,
  ) =>
    members
      .filter(({ id }) => id !== memberId && [invitedBy, accepted?.children?.by, accepted?.care?.by].includes(id))
      .map((member) => checkMember(table, eventId, member));

  return {
    async invite(invitation, also = []) {
      const refusals = await transact(client, [putRoleInvitation(table, invitation), ...also], system);
      if (refusals.length > 0) throw new Error('an invitation or message of this number is there already');
    },

    read,

    async list(eventId) {
      return (await queryPartition(client, table, roleInvitationKey(eventId, '').pk)).map(fromRoleInvitationItem);
    },

    async withdraw(eventId, invitationId, also) {
      const Key = roleInvitationKey(eventId, invitationId);
      await writeAll(client, [{ Delete: { TableName: table, Key } }, ...also], system);
    },

    async accept(named, also) {
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
        const { now, invitation, team } = await readBoth(named);
        const holder = team.members.find(({ id }) => id === named.memberId);
        if (invitation === undefined || holder === undefined) return false;
        if (Object.values(invitation.accepted ?? {}).some((each) => each?.by === holder.id)) return true;
        const after = withAcceptance(team, invitation, holder, now);
        if (after === undefined) return false;
        const writes = [
          putRoleInvitation(table, after, invitation),
          ...standingFor(after, team.members, ''),
          ...also(after, team.members),
        ];
        if ((await transact(client, writes, system)).length === 0) return true;
      }
      throw new BusyError();
    },

    async redeem(named, also) {
      const { eventId, memberId } = named;
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
        const { now, invitation, team } = await readBoth(named);
        const before = team.members.find(({ id }) => id === memberId);
        if (before?.invitation === named.invitationId) return before;
        const refusal = invitation === undefined ? 'no' : refusalOf(team, invitation, memberId, now);
        if (invitation === undefined || refusal !== undefined) return refusal ?? 'no';
        const after = joined(before, invitation, memberId, now);
        const writes = [
          useUpRoleInvitation(table, invitation, now),
          ...putMember(table, eventId, before, after),
          ...standingFor(invitation, team.members, memberId),
          ...also(after, { ...invitation, grants: takenOf(invitation, evenEnded(before)) }, team.members),
        ];
        if ((await transact(client, writes, system)).length === 0) return after;
      }
      throw new BusyError();
    },
  };
}

function joined(before: Member | undefined, invitation: RoleInvitation, id: string, now: Date): Member {
  const { ended: _, ...facts } = before ?? {};
  const member = {
    label: invitation.label,
    invitedBy: invitation.invitedBy,
    createdAt: now.toISOString(),
    ...facts,
    ...(invitation.email !== undefined && { email: invitation.email, language: invitation.language }),
    id,
    grants: grantsWith(invitation, evenEnded(before)),
    invitation: invitation.id,
    revision: (before?.revision ?? 0) + 1,
  };
  return asOf(member, now);
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly invitations: RoleInvitationStore;
  }
}
