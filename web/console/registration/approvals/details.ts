import { useEffect, useRef, useState } from 'preact/hooks';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { useDesk } from '../../desk.ts';
import { SignedOutError } from '../../kernel/session.ts';
import type { KnownPerson } from '../people.ts';

/** What was read of an applicant beside what the list knows; or why it could not be. */
export type Details = { readonly one: OrganiserRegistration } | { readonly error: unknown };

/** The newest that was asked for, and what is known meanwhile: of a registration that changed, what it was. */
interface Kept {
  readonly revision: number;
  readonly details?: Details;
}

/**
 * Reads registrations before they are shown: of the applicant and of who comes next.
 *
 * @returns what is read of one of them, nothing as long as the first of it is on its way; and what reads it anew
 */
export function useDetails(wanted: readonly KnownPerson[]) {
  const { api, event, onSignedOut } = useDesk();
  const kept = useRef(new Map<string, Kept>());
  const [, setTold] = useState(0);
  async function read({ reference, revision }: KnownPerson): Promise<void> {
    kept.current.set(reference, { ...kept.current.get(reference), revision });
    const params = { eventId: event.id, reference };
    const details = await api('GET /api/organiser/events/{eventId}/registrations/{reference}', { params }).then(
      (one): Details => ({ one }),
      (error): Details => ({ error }),
    );
    if ('error' in details && details.error instanceof SignedOutError) return onSignedOut();
    if (kept.current.get(reference)?.revision !== revision) return;
    kept.current.set(reference, { revision, details });
    setTold((times) => times + 1);
  }
  const names = wanted.map(({ reference, revision }) => `${reference} ${revision}`).join();
  useEffect(() => {
    const references = new Set(wanted.map(({ reference }) => reference));
    for (const each of [...kept.current.keys()]) if (!references.has(each)) kept.current.delete(each);
    for (const person of wanted) {
      if ((kept.current.get(person.reference)?.revision ?? 0) < person.revision) void read(person);
    }
  }, [names]);
  return {
    of: ({ reference }: KnownPerson): Details | undefined => kept.current.get(reference)?.details,
    read,
  };
}
