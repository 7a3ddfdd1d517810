import { eventOf } from '../../event/event-of.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { summaryOf } from './summary.case.ts';

type Deps = Needs<'announcements' | 'events'>;

/** All that was written to many. */
export const listMessages =
  (deps: Deps): Permitted<'listMessages'> =>
  async ({ params: { eventId }, language }) => {
    const [{ event }, announcements] = await Promise.all([
      eventOf(deps, eventId, language),
      deps.announcements.list(eventId),
    ]);
    return json(200, { messages: announcements.map((each) => summaryOf(event, each)) });
  };
