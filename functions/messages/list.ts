import { eventOf } from '../../shared/event/event-of.case.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import type { Permitted } from '../../shared/team/role/permitted.case.ts';
import type { Deps } from './deps.ts';
import { summaryOf } from './summary.ts';

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
