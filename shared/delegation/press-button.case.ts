import { reachedOnlyHere } from '../../web/site/delegation/delegation-page.ts';
import { erasedPage } from '../../web/site/registration/ended-pages.ts';
import type { EventDefinition } from '../event/event.ts';
import { retentionEnd } from '../event/event-times.ts';
import { BusyError, InvalidInputError, ProblemError } from '../kernel/errors.ts';
import { type Guarded, guarded, linkToken } from '../kernel/http/handler.case.ts';
import { page, seeOther } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { newMessage } from '../mail/outbox/new-items.store.ts';
import { isLinkDue } from '../registration/link/manage-link.store.ts';
import { putTombstones, type TombstoneNeeds } from '../registration/tombstone.store.ts';
import { everCoordinatorOf, type HeldDelegation, shownMembers } from './coordinator.case.ts';
import type { DELEGATION_ROUTES } from './delegation.routes.ts';
import type { Delegation } from './delegation.schema.ts';
import type { Roster } from './delegation.store.ts';

type PressButtonDeps = Needs<'events' | 'rosters'> & TombstoneNeeds;

const PRESSES: Readonly<
  Record<'send-again' | 'replace-link' | 'resume-mail', (deps: PressButtonDeps, held: HeldDelegation) => Promise<void>>
> = {
  'send-again': mailLink,
  'replace-link': replaceLink,
  'resume-mail': resumeMail,
};

/** The buttons of a delegation's page. A link that was replaced has one left: to mail the new one to whom it belongs. */
export const postDelegation = (deps: PressButtonDeps): Guarded<typeof DELEGATION_ROUTES.postDelegation> =>
  guarded(
    (sender) => everCoordinatorOf(deps, linkToken(sender), sender.language),
    async ({ body, path }, { held, isCurrent }) => {
      const [action] = body.action;
      if (!isCurrent && action !== 'send-again') throw new ProblemError('link-replaced');
      const { event, language } = held;
      if (action === 'erase') {
        if (body.confirm === undefined) throw new InvalidInputError([{ path: 'confirm', code: 'not-accepted' }]);
        await erase(deps, held);
        return page(erasedPage({ event, language, t: siteWords(language) }, 'delegation'));
      }
      await PRESSES[action](deps, held);
      return seeOther(`${path}?lang=${language}&done=${action}`);
    },
  );

type MailLinkDeps = Needs<'rosters' | 'system'>;

/** Each lost race means that the coordinator pressed something else at the same time. */
const MOST_RACES = 12;

/** Mails the link as it is now, at most once in half an hour: the holder of an old one cannot fill an inbox. */
async function mailLink(deps: MailLinkDeps, { roster: { delegation }, event }: HeldDelegation): Promise<void> {
  // Where it changed meanwhile, the link is on its way, or there is none any more.
  if (isLinkDue(delegation, deps.system.now())) await mailed(deps, event, delegation, delegation.linkVersion);
}

/** Makes the holder's link, and all before it, lead nowhere, and mails a new one to the coordinator. Twice is as good as once. */
async function replaceLink(deps: MailLinkDeps, { roster: { delegation: read }, event }: HeldDelegation): Promise<void> {
  let before: Delegation | undefined = read;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (before === undefined || before.linkVersion > read.linkVersion) return;
    if ((await mailed(deps, event, before, before.linkVersion + 1)) === 'done') return;
    await deps.system.backOff(race);
    before = await deps.rosters.read(read.eventId, read.id);
  }
  throw new BusyError();
}

function mailed(deps: MailLinkDeps, event: EventDefinition<string>, before: Delegation, linkVersion: number) {
  const { eventId, id: reference, email, language } = before;
  return deps.rosters.write({
    before,
    after: { ...before, linkVersion, linkAt: deps.system.now().toISOString() },
    messages: [newMessage(deps.system, 'delegation-link', { eventId, reference, email, language })],
    expiresAt: retentionEnd(event),
  });
}

/** All mail again, also what the coordinator can do without. Twice is as good as once. */
async function resumeMail(
  deps: Needs<'rosters' | 'system'>,
  { roster: { delegation }, event }: HeldDelegation,
): Promise<void> {
  let read: Delegation | undefined = delegation;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (read?.optedOut === undefined) return;
    const { optedOut: _, ...before } = read;
    const after = { ...before, revision: before.revision + 1 };
    const outcome = await deps.rosters.write({ before: read, after, messages: [], expiresAt: retentionEnd(event) });
    if (outcome === 'done') return;
    await deps.system.backOff(race);
    read = await deps.rosters.read(delegation.eventId, delegation.id);
  }
  throw new BusyError();
}

/**
 * Deletes a list and the coordinator's address in it; the people in it keep their registrations. It stays as long as
 * anyone comes who is reached through it alone. What is left is a hash, so that what a restored backup brings back is
 * erased again, and a last mail says so.
 *
 * @throws ProblemError `changed-meanwhile` where it has to stay
 */
async function erase(deps: Needs<'rosters'> & TombstoneNeeds, { roster: read, event }: HeldDelegation): Promise<void> {
  const { eventId, id: reference, email, language } = read.delegation;
  const expiresAt = retentionEnd(event);
  const tombstones = await putTombstones(deps, { eventId, reference }, expiresAt);
  let roster: Roster | undefined = read;
  for (let race = 1; race <= MOST_RACES; race += 1) {
    if (roster === undefined) return;
    if (reachedOnlyHere(await shownMembers(deps, roster)) > 0)
      throw new ProblemError('changed-meanwhile', { status: '' });
    const outcome = await deps.rosters.erase({
      roster,
      tombstones,
      message: newMessage(deps.system, 'delegation-erased', { eventId, reference, email, language }),
      expiresAt,
    });
    if (outcome === 'done') return;
    await deps.system.backOff(race);
    roster = await deps.rosters.readRoster(eventId, reference);
  }
  throw new BusyError();
}
