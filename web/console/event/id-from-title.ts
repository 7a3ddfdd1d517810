import { isId, LONGEST_ID } from '../../../shared/kernel/event-id.ts';

/** Room for the number that tells two of one title apart. */
const LONGEST_SLUG = LONGEST_ID - 4;

/**
 * The id of what is added: from its title where that has Latin letters, and not one that there is.
 *
 * @param otherwise where the title has none
 * @example idFromTitle('Meet & greet', ['meet-greet']) === 'meet-greet-2'
 */
export function idFromTitle(title: string, taken: readonly string[], otherwise = 'session'): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-$/g, '')
    .slice(0, LONGEST_SLUG)
    .replace(/-$/, '');
  const base = isId(slug) ? slug : otherwise;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(id)) return id;
  }
}
