import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { formsNow, hasBegun, viewOfForm } from '../form/forms.case.ts';
import { attendance } from './attended.case.ts';
import { nextStep } from './next-step.case.ts';

type Deps = Needs<'client' | 'counts' | 'events' | 'everyone' | 'feedback' | 'registry' | 'system'>;

export const listFeedback =
  (deps: Deps): Permitted<'listFeedback'> =>
  async ({ params: { eventId }, language }) =>
    overviewReply(deps, (await eventOf(deps, eventId, language)).event);

/** All forms as they are now, and how many answered each, as far as that may be shown. */
export async function overviewReply(deps: Deps, event: EventDefinition<string>): Promise<Reply> {
  const { id: eventId } = event;
  const [{ forms, revision }, { attendedBy, mayAnswer }] = await Promise.all([
    formsNow(deps, event),
    attendance(deps, event),
  ]);
  const now = deps.system.now().getTime();
  const views = forms.map(async (form) => {
    // Nobody answers a form that is still to open.
    const [{ published }, attended] = hasBegun(form, now)
      ? await Promise.all([nextStep(deps, event, form.id), attendedBy(form)])
      : [await deps.feedback.shown({ eventId, form: form.id }), undefined];
    return viewOfForm(deps, event, form, {
      ...{ answers: published.all.answers, attended, mayAnswer: mayAnswer(form) },
    });
  });
  return json(200, { revision, forms: await Promise.all(views) });
}
