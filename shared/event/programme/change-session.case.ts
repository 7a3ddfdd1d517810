import { InvalidInputError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/event-id.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { Session } from '../event.ts';
import { changeDefinition } from './change-definition.case.ts';
import type { PROGRAMME_ROUTES } from './programme.routes.ts';

type Deps = Needs<'auditTable' | 'publishing' | 'system'>;

/** Who signed up for a session stays signed up, wherever it moves. */
export const changeSession =
  (deps: Deps): Permitted<typeof PROGRAMME_ROUTES.changeSession> =>
  async ({ params: { eventId, sessionId }, body: { version, session } }, caller) => {
    if (!isId(sessionId)) throw new InvalidInputError([{ path: 'sessionId', code: 'wrong-type' }]);
    const wanted = { id: sessionId, ...session } as Session;
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      action: 'change-session',
      about: sessionId,
      edit: (before) => ({ ...before, sessions: withSession(before.sessions, wanted) }),
      pathOf: ([list, , ...rest]) => (list === 'sessions' ? ['session', ...rest] : [list, ...rest]).join('.'),
    });
    return json(200, { version: changed });
  };

const withSession = (sessions: readonly Session[], wanted: Session): readonly Session[] =>
  sessions.some(({ id }) => id === wanted.id)
    ? sessions.map((each) => (each.id === wanted.id ? wanted : each))
    : [...sessions, wanted];
