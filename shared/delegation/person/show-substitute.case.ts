import { askedOfDelegations } from '../../../web/site/delegation/columns.ts';
import { substitutePage } from '../../../web/site/delegation/person-page.ts';
import { personPath } from '../../../web/site/kernel/links.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import { guarded } from '../../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../kernel/http/handler.case.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { TOLD_IN_PLACE } from '../../registration/change/substitution.ts';
import type { DELEGATION_ROUTES } from '../delegation.routes.ts';
import { pathOf, personOf, wantedBy } from './person.case.ts';
import { orAsItStands } from './show-person.case.ts';
import { substitute } from './substitute.case.ts';
import { readSubstituteForm } from './substitute-form.case.ts';

type Deps = Needs<'changes' | 'events' | 'registrations' | 'rosters' | 'secrets' | 'system' | 'tables'>;

/** Asks who comes in someone's place, where anyone can. */
export const showSubstitute =
  (deps: Deps): Handle<typeof DELEGATION_ROUTES.showSubstitute> =>
  async ({ params, language: wanted, path }) => {
    const person = await personOf(deps, { params, language: wanted });
    const { event, language, registration, member } = person;
    const canBe = registration !== undefined && TOLD_IN_PLACE[registration.status] !== undefined;
    if (!canBe || member.member !== params.member) return seeOther(`${pathOf(params.token, person)}?lang=${language}`);
    const t = siteWords(language);
    const values = { revision: [String(registration.revision)] };
    return page(substitutePage({ event: askedOfDelegations(event), language, t, path, values, problems: [] }));
  };

/** On to whoever comes, or the form again with what has to change. */
export const postSubstitute = (deps: Deps): Guarded<typeof DELEGATION_ROUTES.postSubstitute> =>
  guarded(
    (sender) => personOf(deps, wantedBy(sender)),
    async ({ params, body: fields, language: wanted, path }, seenFirst) =>
      orAsItStands(deps, { params, language: wanted }, seenFirst, async (person) => {
        const event = askedOfDelegations(person.event);
        const { language } = person;
        const act = async () => {
          const comes = await substitute(deps, person, readSubstituteForm(event, fields));
          return seeOther(`${personPath(`/d/${params.token}`, comes)}?lang=${language}&done=substitute`);
        };
        const localised = async () => ({ event, language });
        return orFormAgain(act, fields, localised, (form) => substitutePage({ ...form, path }));
      }),
  );
