import { labelsOf } from '../../shared/domain/feedback/labels.ts';
import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import { attendedForm, bearerOf } from './attendee.ts';
import type { Deps } from './deps.ts';
import { groupOf, keysFor } from './issue.ts';

/** What a browser has to know before it blinds. Nothing is noted of whoever asks: that is not to answer. */
export const makeFeedbackPass =
  (deps: Deps): Handle<'makeFeedbackPass'> =>
  async ({ params: { eventId, form: id }, headers: { authorization }, language }) => {
    const held = await bearerOf(deps, { eventId, authorization }, language);
    const { form, attended } = await attendedForm(deps, held, id);
    const [named, { publicKeys }] = await Promise.all([deps.namedFor(held.event, form), keysFor(deps, held, id)]);
    const group = groupOf(held.registration);
    return json(200, { group, publicKey: publicKeys[group].toString('base64url'), labels: labelsOf(named, attended) });
  };
