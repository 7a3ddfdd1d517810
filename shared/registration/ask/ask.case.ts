import { isEventOver } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleanedAndGiven } from '../../kernel/text/cleaned.ts';
import { isLongerThan } from '../../kernel/text/field-problem.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { requireNotCalledOff } from '../apply/require-open.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { organiserView } from '../list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import { changed } from '../registration-state.store.ts';
import { notAskable, openQuestion, QUESTION_LETTERS } from './asked.ts';

type Deps = Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'system' | 'write'>;

/**
 * Asks an applicant something, of whom a decision is awaited, and mails them that they are asked: what, their page says alone. They go on
 * waiting since when they did. Who cancelled, was decided on or changed meanwhile is asked nothing; nor is anyone of an event that does not
 * take place, since mail that speaks of coming is not sent then.
 */
export const askApplicant =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.askApplicant> =>
  async (request, caller) => {
    const { revision } = request.body;
    const text = checkedQuestion(request.body.text);
    const { registration, event } = await ownRegistration(deps, request, caller);
    requireNotCalledOff(event);
    const after = await changeRegistration(deps, event, registration, caller, ({ before }) => {
      requireReach(caller, before);
      // Pressed twice.
      if (openQuestion(before)?.text === text) return undefined;
      if (before.ageBand !== 'minor' && (before.status !== 'pending-approval' || before.revision !== revision)) {
        throw new ProblemError('changed-meanwhile', { status: before.status });
      }
      const now = deps.system.now();
      const why = isEventOver(event, now) ? 'over' : notAskable(before);
      if (why !== undefined) throw new ProblemError('not-askable', { why });
      const asked = [...(before.asked ?? []), { text, at: now.toISOString() }];
      const after = changed(before, { asked }, now);
      return {
        after,
        messages: [newMessage(deps.system, 'question-asked', after)],
        also: [audited(deps, event, caller, 'ask-applicant', before)],
      };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };

/** @throws InvalidInputError of `text` */
function checkedQuestion(typed: string): string {
  const { least, most } = QUESTION_LETTERS;
  const text = cleanedAndGiven('text', typed, { max: most, lines: true });
  if (isLongerThan(text, least - 1)) return text;
  throw new InvalidInputError([{ path: 'text', code: 'too-short', params: { min: least } }]);
}
