import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { rulesOfUnproven } from '../../seats/unproven-seat.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { joinTexts } from '../event-texts.ts';
import { registrationWindow } from '../registration-window.ts';
import { storedEvent } from './change-definition.case.ts';
import type { PROGRAMME_ROUTES } from './programme.routes.ts';

type Deps = Needs<'publishing' | 'system'>;

export const getProgramme =
  (deps: Deps): Permitted<typeof PROGRAMME_ROUTES.getProgramme> =>
  async ({ params: { eventId } }) => {
    const { version, rules, texts } = await storedEvent(deps, eventId);
    const { languages, timeZone, registration, days, categories, sessions } = joinTexts(rules, texts);
    const { opensAt, closesAt, closed } = registration;
    // By its times alone: that it is closed where the event is called off, the event's status says.
    return json(200, {
      version,
      languages,
      timeZone,
      registration: {
        opensAt,
        closesAt,
        closed,
        state: registrationWindow({ registration }, deps.system.now()),
        ...rulesOfUnproven(registration),
      },
      days: days.map(({ id, title, date }) => ({ id, title, date })),
      categories: categories.map(({ id, title }) => ({ id, title })),
      sessions,
    });
  };
