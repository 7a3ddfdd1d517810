import type { FeedbackQuestion, FeedbackRules } from '../../event/definition/feedback-rules.ts';
import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { eventEnd, eventStart, retentionEnd } from '../../event/event-times.ts';
import { instantOf } from '../../kernel/text/zoned-time.ts';
import type { AttendedBy, FormSettings } from '../feedback-items.schema.ts';

type Programme<Text> = Pick<
  EventDefinition<Text>,
  'days' | 'sessions' | 'timeZone' | 'retention' | 'status' | 'calledOffAt' | 'feedback'
>;

/** One form: that of the event, or that of a session. */
export interface FeedbackForm<Text = unknown> {
  /** `event`, or `session-` and the id of the session. */
  readonly id: string;
  /** The session that it is about. */
  readonly session?: string;
  /** As an organiser says; absent where that follows from whether anybody was scanned at its door. */
  readonly by?: AttendedBy | undefined;
  readonly questions: readonly FeedbackQuestion<Text>[];
  /** Epoch milliseconds: from when on answers are taken, and the first moment that is too late. */
  readonly opensAt: number;
  readonly closesAt: number;
  readonly isOff: boolean;
}

export type FeedbackStatus = 'not-yet' | 'open' | 'closed' | 'off';

export const EVENT_FORM = 'event';
const SESSION_FORM = 'session-';
const DAY = 24 * 60 * 60 * 1000;

export const sessionForm = (session: string): string => `${SESSION_FORM}${session}`;

/** From then on nothing is answered, and answers are forgotten with the registrations: none is taken that would not be kept. Epoch milliseconds. */
export const lastMoment = (event: Programme<unknown>, { openDays }: Pick<FeedbackRules<unknown>, 'openDays'>): number =>
  Math.min(eventEnd(event).getTime() + openDays * DAY, retentionEnd(event) * 1000);

/**
 * The forms of an event: one for each session in the order of the programme, then the one about all of it. Where there is nothing to ask
 * there is no form. What was called off before it began is not asked about, whatever is set: its form is closed.
 */
export function formsOf<Text>(event: Programme<Text>, settings: FormSettings = {}): FeedbackForm<Text>[] {
  const { feedback } = event;
  if (feedback === undefined) return [];
  const end = eventEnd(event).getTime();
  const last = lastMoment(event, feedback);
  const calledOff = isCalledOff(event) && event.calledOffAt !== undefined ? Date.parse(event.calledOffAt) : Infinity;
  const form = (
    about: Pick<FeedbackForm, 'id' | 'session'>,
    questions: readonly FeedbackQuestion<Text>[],
    { begins, ends }: { readonly begins: number; readonly ends: number },
  ) => {
    const latest = calledOff < begins ? Math.min(last, calledOff) : last;
    const { opensAt, closedAt, isOff = false, by } = settings[about.id] ?? {};
    return {
      ...about,
      questions,
      opensAt: opensAt === undefined ? ends : Date.parse(opensAt),
      closesAt: closedAt === undefined ? latest : Math.min(latest, Date.parse(closedAt)),
      ...{ isOff, by },
    };
  };
  const asked = event.sessions.filter(({ id }) => !feedback.unasked.includes(id));
  const whole = { begins: eventStart(event).getTime(), ends: end };
  const sessions = asked.map((session) => {
    const date = event.days.find(({ id }) => id === session.day)?.date;
    const at = (time: string) => instantOf(date ?? '', time, event.timeZone).getTime();
    const times = date === undefined ? whole : { begins: at(session.start), ends: at(session.end) };
    return form({ id: sessionForm(session.id), session: session.id }, feedback.session, times);
  });
  return [...sessions, form({ id: EVENT_FORM }, feedback.event, whole)].filter(({ questions }) => questions.length > 0);
}

/** @param now epoch milliseconds */
export function formStatus(
  { isOff, opensAt, closesAt }: Pick<FeedbackForm, 'isOff' | 'opensAt' | 'closesAt'>,
  now: number,
): FeedbackStatus {
  if (isOff) return 'off';
  if (now >= closesAt) return 'closed';
  return now < opensAt ? 'not-yet' : 'open';
}
