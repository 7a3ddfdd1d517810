import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { organiserView } from '../../registration/list/registration-view.ts';
import { historyTold, mailTold } from '../../registration/list/registrations.case.ts';
import { notesTold } from '../../registration/notes/notes.case.ts';
import { memberNames } from '../../team/role/member-names.case.ts';
import { reaches } from '../../team/role/organiser-role.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { shownRegistration } from '../../team/role/within-reach.case.ts';
import { greetingTold } from '../greet/greet.case.ts';
import { attendanceTold } from './came-to.case.ts';
import type { PERSON_ROUTES } from './person.routes.ts';

type Deps = Needs<
  | ('announcements' | 'auditTable' | 'client' | 'events' | 'messagesAbout' | 'people')
  | ('registrations' | 'registry' | 'roles' | 'system' | 'write')
>;

/** What is told besides the registration may be of a moment ago: nothing is decided on it. */
const SHOWN = { consistent: false } as const;

/**
 * All that the page of one person shows at once, in one look: the caller's role, the registration and the event are read once, and who may see
 * what of it is decided on these.
 */
export const showPersonPage =
  (deps: Deps): Permitted<typeof PERSON_ROUTES.showPersonPage> =>
  async (request, caller) => {
    const { registration, event } = await shownRegistration(deps, request, caller);
    const seen = organiserView(event, registration, request.language, caller);
    if (registration.ageBand === 'minor') return json(200, { registration: seen });
    const names = memberNames(deps, event.id);
    const [changes, greets] = [['change-people'] as const, ['greet'] as const].map((ticks) =>
      reaches(caller.grants, ticks, registration),
    );
    const [history, mail, attendance, notes, greeting] = await Promise.all([
      historyTold(event, caller, registration, names),
      mailTold(deps, registration),
      attendanceTold(deps, event, caller, registration, SHOWN),
      changes ? notesTold(deps, event, caller, registration, names) : undefined,
      greets ? greetingTold(deps, event, registration) : undefined,
    ]);
    return json(200, { registration: seen, history, mail, attendance, notes, greeting });
  };
