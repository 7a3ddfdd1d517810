import { guarded } from '../../kernel/http/guarded.case.ts';
import type { Guarded } from '../../kernel/http/handler.case.ts';
import { seeOther } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cancelAdult } from '../../registration/cancel/cancel-adult.case.ts';
import { undoCancel } from '../../registration/cancel/undo-cancel.case.ts';
import type { PersonAction } from '../delegation.schema.ts';
import { isSeen } from '../delegation.ts';
import { meanwhile, type Person, pathOf, personOf, seen, wantedBy } from './person.case.ts';
import { sendAgainTo } from './send-again.case.ts';
import { orAsItStands } from './show-person.case.ts';

type Deps = Needs<'changes' | 'events' | 'locks' | 'registrations' | 'rosters' | 'secrets' | 'system' | 'tables'>;

/** @param revision of the registration that was looked at */
type Press = (deps: Deps, person: Person, revision: number) => Promise<unknown>;

const PRESSES: Readonly<Record<PersonAction, Press>> = {
  'send-again': sendAgainTo,
  cancel: (deps, person, revision) =>
    cancelAdult(deps, seen(person), (before) => {
      if (!isSeen(person.member, before) || before.revision !== revision) throw meanwhile();
    }),
  'undo-cancel': (deps, person) => undoCancel(deps, seen(person)),
};

/** The buttons beside one person. What was pressed on a page that is out of date is not done: the page says how they stand. */
export const postPerson = (deps: Deps): Guarded<'postPerson'> =>
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
