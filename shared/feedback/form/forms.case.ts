import type { EventDefinition } from '../../event/event.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { type Attended, peopleIn } from '../result/attended.case.ts';
import type { MayAnswer } from '../result/feedback-results.schema.ts';
import { type FeedbackForm, formStatus, formsOf } from './form.ts';
import { readFormSettings } from './form-settings.store.ts';

type Deps = Needs<'client' | 'registry' | 'system'>;

/** A form as it is set, and the moment from which nothing opens it any more: epoch milliseconds. */
export interface FormNow extends FeedbackForm<string> {
  readonly lastMoment: number;
}

/** All forms of an event as they stand now, with the settings' revision. */
export async function formsNow(
  { client, registry }: Pick<Deps, 'client' | 'registry'>,
  event: EventDefinition<string>,
) {
  const { settings, revision } = await readFormSettings(client, registry, event.id);
  const planned = new Map(formsOf(event).map(({ id, closesAt }) => [id, closesAt]));
  const forms: FormNow[] = formsOf(event, settings).map((form) => ({
    ...form,
    lastMoment: planned.get(form.id) ?? form.closesAt,
  }));
  return { forms, settings, revision };
}

/** @throws ProblemError `not-found` */
export function formNamed(forms: readonly FormNow[], id: string): FormNow {
  const found = forms.find((form) => form.id === id);
  if (found === undefined) throw new ProblemError('not-found');
  return found;
}

/**
 * How a form stands.
 *
 * @param answers people, as far as they may be shown
 * @param attended who came, where that is known
 * @param mayAnswer absent of the form about the whole event
 */
export function viewOfForm(
  { system }: Pick<Deps, 'system'>,
  event: EventDefinition<string>,
  form: FormNow,
  {
    answers,
    attended,
    mayAnswer,
  }: {
    readonly answers: number;
    readonly attended: Attended | undefined;
    readonly mayAnswer: MayAnswer | undefined;
  },
) {
  const { id, session } = form;
  const instant = (at: number): string => new Date(at).toISOString();
  return {
    id,
    ...(session !== undefined && { session }),
    title: event.sessions.find((each) => each.id === session)?.title ?? event.title,
    standing: formStatus(form, system.now().getTime()),
    opensAt: instant(form.opensAt),
    closesAt: instant(form.closesAt),
    lastMoment: instant(form.lastMoment),
    answers,
    ...(attended && { attended: peopleIn(attended) }),
    ...(mayAnswer && { mayAnswer }),
  };
}

/** Whether a form was ever to be answered: before that nobody is counted who came, for there is nobody to ask yet. */
export const hasBegun = ({ opensAt }: FormNow, now: number): boolean => opensAt <= now;
