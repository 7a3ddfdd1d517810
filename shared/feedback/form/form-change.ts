import type { AttendedBy, FormSetting } from '../feedback-items.schema.ts';
import { type FeedbackForm, formStatus } from './form.ts';

/**
 * What an organiser does about a form. `open`: answers are taken from now on, also where they were not any more; `open-at`: from that
 * instant on, ISO 8601; `close`: no more are taken; `off`: nobody is asked, and nothing says that anybody could be; `on`: as it was before;
 * `attended-by`: who attended its session, and so may answer; `usual`: as nobody had said anything about it.
 */
export type FormChange =
  | { readonly kind: 'open' | 'close' | 'off' | 'on' }
  | { readonly kind: 'open-at'; readonly at: string }
  | { readonly kind: 'attended-by'; readonly by: AttendedBy | 'usual' };

/**
 * `feedback-over`: it is too late to take answers; `form-not-open`: what is not open cannot be closed; `too-late`: at that time it is;
 * `of-no-session`: an attendee who came to anything may answer what is asked about the whole event.
 */
export type FormRefusal = 'feedback-over' | 'form-not-open' | 'too-late' | 'of-no-session';

/**
 * @param form as it stands
 * @param lastMoment of it, were nothing set: epoch milliseconds. Nothing opens it again from then on, for answers are forgotten with the registrations
 * @param now epoch milliseconds
 * @returns what is to be set of it, the same where it stands so already
 */
export function changedForm(
  form: Pick<FeedbackForm, 'session' | 'isOff' | 'opensAt' | 'closesAt'>,
  before: FormSetting,
  change: FormChange,
  { lastMoment, now }: { readonly lastMoment: number; readonly now: number },
): { readonly setting: FormSetting } | { readonly refused: FormRefusal } {
  const standing = formStatus(form, now);
  const { opensAt, closedAt, by } = before;
  switch (change.kind) {
    case 'open':
      if (standing === 'open') return { setting: before };
      if (now >= lastMoment) return { refused: 'feedback-over' };
      // What has opened before keeps its time.
      return { setting: form.opensAt <= now ? { opensAt, by } : { opensAt: instant(now), by } };
    case 'open-at':
      if (now >= lastMoment) return { refused: 'feedback-over' };
      if (Date.parse(change.at) >= lastMoment) return { refused: 'too-late' };
      return { setting: { opensAt: instant(Date.parse(change.at)), by } };
    case 'close':
      if (standing === 'closed') return { setting: before };
      return standing === 'open' ? { setting: { ...before, closedAt: instant(now) } } : { refused: 'form-not-open' };
    case 'off':
      return { setting: { ...before, isOff: true } };
    case 'on':
      return { setting: { opensAt, closedAt, by } };
    case 'attended-by': {
      const wanted = change.by === 'usual' ? undefined : change.by;
      if (form.session === undefined) return { refused: 'of-no-session' };
      if (wanted === by) return { setting: before };
      return now >= lastMoment ? { refused: 'feedback-over' } : { setting: { ...before, by: wanted } };
    }
  }
}

const instant = (at: number): string => new Date(at).toISOString();
