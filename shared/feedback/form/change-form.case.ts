import { isDeepStrictEqual } from 'node:util';
import { eventOf } from '../../event/event-of.case.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { FEEDBACK_RESULTS_ROUTES } from '../result/feedback-results.routes.ts';
import { overviewReply } from '../result/overview.case.ts';
import { changedForm, type FormRefusal } from './form-change.ts';
import { putFormSettings } from './form-settings.store.ts';
import { formNamed, formsNow } from './forms.case.ts';

type Deps = Needs<
  'attempt' | 'auditTable' | 'client' | 'counts' | 'events' | 'everyone' | 'feedback' | 'registry' | 'system'
>;

/** A form that stands already as it is wanted is a success, whatever was looked at. */
export const changeForm =
  (deps: Deps): Permitted<typeof FEEDBACK_RESULTS_ROUTES.changeForm> =>
  async ({ params: { eventId, formId }, body: { revision: seen, ...change }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const { forms, settings, revision } = await formsNow(deps, event);
    const form = formNamed(forms, formId);
    const before = settings[formId] ?? {};
    const { lastMoment } = form;
    const changed = changedForm(form, before, change, { lastMoment, now: deps.system.now().getTime() });
    if ('refused' in changed) throw refusal(changed.refused, lastMoment);
    const set = { ...settings, [formId]: changed.setting };
    if (isDeepStrictEqual(definite(changed.setting), definite(before))) return overviewReply(deps, event);
    if (revision !== seen) throw new ProblemError('out-of-date');
    const refusals = await deps.attempt([
      putFormSettings(deps.registry, eventId, { settings: set, revision }),
      audited(deps, event, caller, 'change-feedback', formId),
    ]);
    if (refusals.length > 0) throw new ProblemError('out-of-date');
    return overviewReply(deps, event);
  };

/** @param lastMoment epoch milliseconds */
function refusal(refused: FormRefusal, lastMoment: number): Error {
  const unfit = (path: string, problem: string): Error =>
    new InvalidInputError([{ path, code: 'does-not-fit', params: { problem } }]);
  switch (refused) {
    case 'too-late':
      return unfit('at', `answers are taken until ${new Date(lastMoment).toISOString()}`);
    case 'of-no-session':
      return unfit('kind', 'the form about the whole event is for everyone who came');
    case 'feedback-over':
    case 'form-not-open':
      return new ProblemError(refused);
  }
}

/** What is said to be nothing is as good as not said. */
const definite = (setting: object): object =>
  Object.fromEntries(Object.entries(setting).filter(([, value]) => value !== undefined));
