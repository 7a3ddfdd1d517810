import type { Needs } from '../kernel/parts.store.ts';

type Deps = Needs<'roles'>;

/** What the organiser who invited members of the team calls them: nothing for one who has left. */
export async function teamNames(
  { roles }: Pick<Deps, 'roles'>,
  eventId: string,
  memberIds: readonly string[],
): Promise<(memberId: string) => string | undefined> {
  const ids = [...new Set(memberIds)];
  const members = await Promise.all(ids.map((id) => roles.read(eventId, id)));
  const labels = new Map(members.flatMap((member) => (member ? [[member.id, member.label] as const] : [])));
  return (memberId) => labels.get(memberId);
}
