import type { Handle } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { attendedForm, bearerOf } from './attendee.case.ts';
import { groupOf, keysFor } from './issue.case.ts';
import { labelsOf } from './labels.ts';

type Deps = Needs<'client' | 'counts' | 'keysOf' | 'namedFor' | 'registrations' | 'registry' | 'secrets' | 'system'>;

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
