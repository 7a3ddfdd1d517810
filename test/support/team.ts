import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { grantRoles } from '../../cli/grant-roles.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { roleKey } from '../../shared/kernel/dynamo/keys.ts';
import { type Identity, memberId } from '../../shared/kernel/identity.store.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import { rowsIn } from '../../shared/registration/people/person.ts';
import type { RouteId } from '../../shared/routes.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { type Call, call, postJson } from './call.ts';
import { ISSUER, type Parts } from './parts.ts';
import { scan } from './registry.ts';

/** People who run an event, by what they are called here. */
const TEAM = {
  organiser: [{ role: 'organiser' }],
  vettedOrganiser: [{ role: 'organiser', vettedUntil: '2099-12-31' }],
  thailand: [{ role: 'focal-point', countries: ['TH'] }],
  laos: [{ role: 'focal-point', countries: ['LA'] }],
  safeguarding: [{ role: 'safeguarding', vettedUntil: '2099-12-31' }],
  care: [{ role: 'care' }],
  vettedCare: [{ role: 'care', vettedUntil: '2099-12-31' }],
  secondSafeguarding: [{ role: 'safeguarding', vettedUntil: '2099-12-31' }],
  lapsedSafeguarding: [{ role: 'safeguarding', vettedUntil: '2020-12-31' }],
  deputy: [{ role: 'safeguarding', deputy: true }],
  viewer: [{ role: 'viewer' }],
  protocol: [{ role: 'protocol' }],
} as const satisfies Record<string, readonly RoleGrant[]>;

export type TeamMember = keyof typeof TEAM;
export const TEAM_MEMBERS = Object.keys(TEAM) as TeamMember[];

export const identityOf = (subject: TeamMember): Identity => ({ issuer: ISSUER, subject });

/** Gives everyone their roles in an event. */
export async function grantTeam({ database }: Parts, eventId: string): Promise<void> {
  const granted = Object.entries(TEAM).map(([label, grants]) => {
    return { eventId, identity: identityOf(label as TeamMember), label, grants };
  });
  await grantRoles(granted, { dynamodb: database.client, tableName: database.tables.registry });
}

/** Takes a member's roles back, whatever the rules say. */
export async function leave({ database }: Parts, eventId: string, who: TeamMember): Promise<void> {
  const Key = roleKey(eventId, memberId(identityOf(who)));
  const client = documentClient(database.client);
  await client.send(new DeleteCommand({ TableName: database.tables.registry, Key }));
}

interface Asked extends Omit<Call, 'body'> {
  readonly body?: unknown;
}

/** What a route answers to someone of the team; its body as JSON where it is. */
export async function ask(who: TeamMember, id: RouteId, { body, ...what }: Asked) {
  const sent = body === undefined ? what : { ...what, ...postJson(body) };
  const headers = { [WHY_HEADER]: 'a%20test', ...(sent as Call).headers };
  const answer = await call(id, { ...sent, headers, caller: identityOf(who) });
  const text = answer.body ?? '';
  const isJson = String(answer.headers?.['content-type']).includes('json');
  return { status: answer.statusCode, body: isJson ? JSON.parse(text) : text, headers: answer.headers ?? {} };
}

/** What was noted, in order of time: `approve 7K3M9QX2AB`. */
export async function auditOf(parts: Parts, eventId: string): Promise<string[]> {
  const entries = await scan(parts, 'audit', { partitions: [`AUDIT#${eventId}`] });
  return entries
    .sort((a, b) => String(a['sk']).localeCompare(String(b['sk'])))
    .map(({ action, about }) => [action, about].filter(Boolean).join(' '));
}

/** Who is in the list of a member of the team, as the console loads it. */
export async function listed(who: TeamMember, eventId: string) {
  const { status, body } = await ask(who, 'loadPeople', { params: { eventId } });
  if (status !== 200) throw new Error(`the list was answered with ${status}`);
  return rowsIn(body.people);
}
