import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json, table } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { csvOf } from '../../kernel/text/csv.ts';
import { noteRead } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { formNamed, formsNow } from '../form/forms.case.ts';
import { nextStep } from './next-step.case.ts';

type Deps = Needs<'auditTable' | 'client' | 'events' | 'feedback' | 'registry' | 'system' | 'write'>;

/** Bytes of Lambda's answer, in which the table is a JSON string: its limit is 6 MB, and headers take some. */
const LARGEST = 6_000_000;

export const listFeedbackTexts =
  (deps: Deps): Permitted<'listFeedbackTexts'> =>
  async ({ params: { eventId, formId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const questions = await textsOf(deps, event, formId);
    await noteRead(deps, event, caller, 'read-texts', formId);
    return json(200, { questions });
  };

export const exportFeedbackTexts =
  (deps: Deps): Permitted<'exportFeedbackTexts'> =>
  async ({ params: { eventId, formId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const questions = await textsOf(deps, event, formId);
    const rows = questions.flatMap(({ title, texts }) => texts.map((text) => [title, text]));
    const csv = csvOf([['question', 'text'], ...rows]);
    if (Buffer.byteLength(JSON.stringify(csv)) > LARGEST) throw new ProblemError('export-too-large');
    await noteRead(deps, event, caller, 'export', formId);
    return table(`${event.id}-${formId}-texts-${deps.system.now().toISOString().slice(0, 10)}`, csv);
  };

/**
 * What those people wrote who are counted in what is shown, and nobody else: whoever looks twice learns no more of a text than that it is
 * of one of five. Each question's texts are in an order of their own, so that nothing tells which belong together.
 *
 * @throws ProblemError `not-found`
 */
async function textsOf(deps: Deps, event: EventDefinition<string>, formId: string) {
  const { forms } = await formsNow(deps, event);
  const asked = formNamed(forms, formId).questions.filter(({ type }) => type === 'text');
  await nextStep(deps, event, formId);
  const written = await deps.feedback.words({ eventId: event.id, form: formId });
  return asked.map(({ id, title }) => ({ id, title, texts: written.flatMap((texts) => texts[id] ?? []).sort() }));
}
