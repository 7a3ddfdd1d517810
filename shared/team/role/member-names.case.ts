import type { Needs } from '../../kernel/parts.store.ts';

/** What the team calls its members, by id: read when someone is first to be named, and once. */
export type MemberNames = () => Promise<ReadonlyMap<string, string | undefined>>;

export function memberNames({ roles }: Needs<'roles'>, eventId: string): MemberNames {
  let names: ReturnType<MemberNames> | undefined;
  const read = async () =>
    new Map((await roles.list(eventId, { consistent: false })).map(({ id, label }) => [id, label]));
  return () => {
    names ??= read();
    return names;
  };
}

/** What the team calls some of its members, as it stands now: nothing for one who has left. */
export async function teamNames(
  { roles }: Needs<'roles'>,
  eventId: string,
  memberIds: readonly string[],
): Promise<(memberId: string) => string | undefined> {
  const ids = [...new Set(memberIds)];
  const members = await Promise.all(ids.map((id) => roles.read(eventId, id)));
  const labels = new Map(members.flatMap((member) => (member ? [[member.id, member.label] as const] : [])));
  return (memberId) => labels.get(memberId);
}
