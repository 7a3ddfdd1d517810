import { eventPath, inLanguage, reportPath } from '../../../web/site/kernel/links.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { type Reply, seeOther } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';

type Deps = Needs<'homeEvent'>;

/** Whoever opens the bare address of the site comes for its event. */
export const showHome =
  (deps: Deps): Handle<'showHome'> =>
  async ({ query }) =>
    onTo(eventPath(deps.homeEvent), query.lang);

/** An address short enough for a poster. */
export const showReportHome =
  (deps: Deps): Handle<'showReportHome'> =>
  async ({ query }) =>
    onTo(reportPath(deps.homeEvent), query.lang);

const onTo = (path: string, language: string | undefined): Reply =>
  seeOther(language === undefined ? path : inLanguage(path, language));

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** The id of the event that the bare address leads to. */
    readonly homeEvent: string;
  }
}
