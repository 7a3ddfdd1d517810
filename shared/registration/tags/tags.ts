/** Tags of one event. */
export const MOST_TAGS = 40;

/** Letters, as a reader counts them. */
export const LONGEST_TAG = { name: 40, purpose: 200 } as const;

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Two names compare equal that are told apart by case, width, spaces, Unicode form or what nobody sees. @param name as it was cleaned */
export const tagIdentity = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();

/** What a person's tags become. @returns nothing where they are so already; no list where none is left */
export function retagged(
  before: readonly string[] = [],
  { set = [], unset = [] }: { readonly set?: readonly string[]; readonly unset?: readonly string[] },
): { readonly tags: readonly string[] | undefined } | undefined {
  const added = set.filter((tag) => !before.includes(tag));
  const kept = before.filter((tag) => !unset.includes(tag) || set.includes(tag));
  if (added.length === 0 && kept.length === before.length) return undefined;
  const tags = [...new Set([...kept, ...added])].sort();
  return { tags: tags.length === 0 ? undefined : tags };
}
