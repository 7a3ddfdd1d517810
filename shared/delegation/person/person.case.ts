import type { ShownMember } from '../../../web/site/delegation/delegation-page.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Sender } from '../../kernel/http/caller.case.ts';
import { linkToken } from '../../kernel/http/guarded.case.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { coordinatorOf, type HeldDelegation } from '../coordinator.case.ts';
import { lineMovedTo } from '../delegation.ts';
import type { Member } from '../delegation-item.schema.ts';
import { shownMember } from '../roster.case.ts';

type Deps = Needs<'events' | 'registrations' | 'rosters' | 'secrets' | 'system'>;

/** One person of a delegation, as the coordinator who holds its link sees them. */
export interface PersonOfDelegation extends HeldDelegation, ShownMember {}

export interface PersonRequest {
  readonly params: { readonly token: string; readonly member: string };
  readonly language: string;
}

/** Whom a request is about; their link is yet to be looked at. */
export const wantedBy = (sender: Sender): PersonRequest => ({
  params: { token: linkToken(sender), member: sender.params['member'] ?? '' },
  language: sender.language,
});

/**
 * A person of a delegation; where another came in their place, that one, so that a page which was opened before
 * leads to what became of it.
 *
 * @throws ProblemError `link-not-valid`; `not-found`, the same for a line of another delegation and one that is none
 */
export async function personOf(deps: Deps, wanted: PersonRequest): Promise<PersonOfDelegation> {
  const held = await coordinatorOf(deps, wanted.params.token, wanted.language);
  const line = lineIn(held, wanted.params.member);
  const registration = await registrationOf(deps, line);
  const moved = lineMovedTo(line, registration);
  if (moved === undefined) return { ...held, ...shownMember(line, registration) };
  // The list may have been read before the substitution, and the registration after.
  const now = await coordinatorOf(deps, wanted.params.token, wanted.language);
  return { ...now, ...shownMember(lineIn(now, moved), registration) };
}

function lineIn({ roster }: HeldDelegation, wanted: string): Member {
  const line = roster.members.find(({ member }) => member === wanted);
  if (line === undefined) throw new ProblemError('not-found');
  return line;
}

const registrationOf = async (
  { registrations }: Deps,
  { eventId, reference }: Member,
): Promise<Registration | undefined> => (reference === undefined ? undefined : registrations.read(eventId, reference));

/** @throws ProblemError `changed-meanwhile` for whom the coordinator does not see: nothing about them is theirs to change */
export function seen(person: PersonOfDelegation): PersonOfDelegation & RegistrationWithEvent {
  const { registration } = person;
  if (registration === undefined) throw changedMeanwhile();
  return { ...person, registration };
}

export const changedMeanwhile = (): ProblemError => new ProblemError('changed-meanwhile', { status: '' });

/** The page of a person: `/d/{token}/people/{member}`. */
export const pathOf = (token: string, { member }: PersonOfDelegation): string => `/d/${token}/people/${member.member}`;
