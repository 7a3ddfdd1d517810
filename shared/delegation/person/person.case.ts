import type { ShownMember } from '../../../web/site/delegation/delegation-page.ts';
import { type PersonPage, personPage } from '../../../web/site/delegation/person-page.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isEventOver, retentionEnd } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Sender } from '../../kernel/http/caller.case.ts';
import { type Guarded, guarded, linkToken } from '../../kernel/http/handler.case.ts';
import { PROBLEMS, type ProblemType } from '../../kernel/http/problem.schema.ts';
import { page, type Reply, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { cancelAdult, undoCancel } from '../../registration/cancel/cancel.case.ts';
import { mayUndo, undoEnd } from '../../registration/cancel/undo.ts';
import { isLinkDue } from '../../registration/link/manage-link.store.ts';
import { sendAgain } from '../../registration/link/send-again.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { coordinatorOf, type HeldDelegation, shownMember } from '../coordinator.case.ts';
import type { DELEGATION_ROUTES } from '../delegation.routes.ts';
import type { Member, PersonAction } from '../delegation.schema.ts';
import { isSeen, lineMovedTo } from '../delegation.ts';

type Deps = Needs<'events' | 'registrations' | 'rosters' | 'secrets' | 'system'>;

/** One person of a delegation, as the coordinator who holds its link sees them. */
export interface PersonOfDelegation extends HeldDelegation, ShownMember {}

interface PersonRequest {
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
  { registrations }: Needs<'registrations'>,
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

type ShowPersonDeps = Needs<'events' | 'registrations' | 'rosters' | 'secrets' | 'system'>;

/** Where one person stands, and what the coordinator may do about them. */
export const showPerson = (deps: ShowPersonDeps): Guarded<typeof DELEGATION_ROUTES.showPerson> =>
  guarded(
    (sender) => personOf(deps, wantedBy(sender)),
    async ({ params, query: { done }, language }, person) => {
      if (person.member.member !== params.member) return seeOther(`${pathOf(params.token, person)}?lang=${language}`);
      return page(show(deps, params.token, person, { done }));
    },
  );

/**
 * Does something about a person, or shows how they stand where it cannot be done any more, since something else was
 * done first.
 *
 * @param person as they were when the request came
 */
export async function orAsItStands(
  deps: ShowPersonDeps,
  wanted: PersonRequest,
  person: PersonOfDelegation,
  act: (person: PersonOfDelegation) => Promise<Reply>,
): Promise<Reply> {
  try {
    return await act(person);
  } catch (error) {
    if (!(error instanceof ProblemError) || !OVERTAKEN.includes(error.type)) throw error;
    const now = await personOf(deps, wanted);
    return page(show(deps, wanted.params.token, now, { isOvertaken: true }), PROBLEMS['changed-meanwhile']);
  }
}

const OVERTAKEN: readonly ProblemType[] = [
  'changed-meanwhile',
  'not-cancellable',
  'not-undoable',
  'registered-anew',
  'not-substitutable',
];

function show(
  { system }: ShowPersonDeps,
  token: string,
  person: PersonOfDelegation,
  told: Pick<PersonPage, 'done' | 'isOvertaken'>,
): string {
  const { event, language, member, state, registration } = person;
  const undoUntil =
    registration && mayUndo(registration, event, system.now()) ? undoEnd(registration, event).toISOString() : undefined;
  const t = siteWords(language);
  const path = pathOf(token, person);
  const isOver = isEventOver(event, system.now());
  return personPage({ event, language, t, path, member, state, registration, undoUntil, hasEnded: isOver, ...told });
}

type PressDeps = Needs<'changes' | 'events' | 'locks' | 'registrations' | 'rosters' | 'secrets' | 'system' | 'tables'>;

/** @param revision of the registration that was looked at */
type Press = (deps: PressDeps, person: PersonOfDelegation, revision: number) => Promise<unknown>;

const PRESSES: Readonly<Record<PersonAction, Press>> = {
  'send-again': sendAgainTo,
  cancel: (deps, person, revision) =>
    cancelAdult(deps, seen(person), 'coordinator', (before) => {
      if (!isSeen(person.member, before) || before.revision !== revision) throw changedMeanwhile();
    }),
  'undo-cancel': (deps, person) => undoCancel(deps, seen(person), 'coordinator'),
};

/** The buttons beside one person. What was pressed on a page that is out of date is not done: the page says how they stand. */
export const postPerson = (deps: PressDeps): Guarded<typeof DELEGATION_ROUTES.postPerson> =>
  guarded(
    (sender) => personOf(deps, wantedBy(sender)),
    async ({ params, body, language }, seenFirst) => {
      const [action] = body.action;
      return orAsItStands(deps, { params, language }, seenFirst, async (person) => {
        await PRESSES[action](deps, person, Number(body.revision?.[0]));
        return seeOther(`${pathOf(params.token, person)}?lang=${person.language}&done=${action}`);
      });
    },
  );

type SendAgainDeps = Needs<'locks' | 'registrations' | 'secrets' | 'system'>;

/** Milliseconds: longer than any way takes, so that the time of the answer tells nothing (AU5). */
const ANSWER_AFTER = 200;

/**
 * Mails a person's ticket or link again, at most once in half an hour. Of whom the coordinator does not see, this is
 * what anyone can do who knows an address: ask for the link that it may have.
 */
async function sendAgainTo(deps: SendAgainDeps, person: PersonOfDelegation): Promise<void> {
  const { registration } = person;
  const startedAt = deps.system.now();
  if (registration === undefined) await mailLink(deps, person);
  else await sendAgain(deps, { ...person, registration });
  await deps.system.answerNotBefore(startedAt, ANSWER_AFTER);
}

async function mailLink(deps: SendAgainDeps, { event, language, member }: PersonOfDelegation): Promise<void> {
  const { eventId, email, member: addressHash } = member;
  if (email === undefined) return;
  const before = await deps.locks.read(eventId, addressHash);
  const now = deps.system.now();
  if (before === undefined) return mailMoved(deps, event, member);
  if (!isLinkDue(before, now)) return;
  await deps.locks.note({
    message: newMessage(deps.system, 'link', { eventId, reference: before.reference, email, language }),
    addressHash,
    before,
    after: { ...before, linkAt: now.toISOString() },
    expiresAt: retentionEnd(event),
  });
}

/** To the address that an attendee has by now, of which the coordinator does not learn. */
async function mailMoved(deps: SendAgainDeps, event: EventDefinition<string>, line: Member): Promise<void> {
  const registration = await registrationOf(deps, line);
  const { id, member } = registration?.delegation ?? {};
  if (registration === undefined || id !== line.delegation || member !== line.member) return;
  await sendAgain(deps, { registration, event, language: registration.language });
}
