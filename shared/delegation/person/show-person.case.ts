import { type PersonPage, personPage } from '../../../web/site/delegation/person-page.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { guarded } from '../../kernel/http/guarded.case.ts';
import type { Guarded } from '../../kernel/http/handler.case.ts';
import { PROBLEMS, type ProblemType } from '../../kernel/http/problem.schema.ts';
import { page, type Reply, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { mayUndo, undoEnd } from '../../registration/cancel/undo.ts';
import type { DELEGATION_ROUTES } from '../delegation.routes.ts';
import { type Person, pathOf, personOf, type Wanted, wantedBy } from './person.case.ts';

type Deps = Needs<'events' | 'registrations' | 'rosters' | 'secrets' | 'system'>;

/** Where one person stands, and what the coordinator may do about them. */
export const showPerson = (deps: Deps): Guarded<typeof DELEGATION_ROUTES.showPerson> =>
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
  deps: Deps,
  wanted: Wanted,
  person: Person,
  act: (person: Person) => Promise<Reply>,
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

function show({ system }: Deps, token: string, person: Person, told: Pick<PersonPage, 'done' | 'isOvertaken'>): string {
  const { event, language, member, state, registration } = person;
  const undoUntil =
    registration && mayUndo(registration, event, system.now()) ? undoEnd(registration, event).toISOString() : undefined;
  const t = siteWords(language);
  const path = pathOf(token, person);
  return personPage({ event, language, t, path, member, state, registration, undoUntil, ...told });
}
