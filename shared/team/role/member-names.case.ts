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
