import type { Member } from '../team/role/role-item.store.ts';

/** Who did something: what the team calls them, as long as they are of it. @param by, caller ids of members */
export const actorOf = (by: string, members: readonly Pick<Member, 'id' | 'label'>[], caller: string) => {
  const member = members.find(({ id }) => id === by);
  return { label: member?.label, isYou: by === caller, isMember: member !== undefined };
};
