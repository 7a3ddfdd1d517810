import type { FunctionName, Manifest, Timer } from '../shared/kernel/manifest.ts';
import { manifest as attendee } from './attendee/function.ts';
import { manifest as attendeeCare } from './attendee-care/function.ts';
import { manifest as audit } from './audit/function.ts';
import { manifest as canary } from './canary/function.ts';
import { manifest as care } from './care/function.ts';
import { manifest as certificates } from './certificates/function.ts';
import { manifest as checkin } from './checkin/function.ts';
import { manifest as delegation } from './delegation/function.ts';
import { manifest as doors } from './doors/function.ts';
import { manifest as feedback } from './feedback/function.ts';
import { manifest as feedbackResults } from './feedback-results/function.ts';
import { manifest as feedbackTokens } from './feedback-tokens/function.ts';
import { manifest as housekeeping } from './housekeeping/function.ts';
import { manifest as mailEvents } from './mail-events/function.ts';
import { manifest as messages } from './messages/function.ts';
import { manifest as organiser } from './organiser/function.ts';
import { manifest as outbox } from './outbox/function.ts';
import { manifest as registration } from './registration/function.ts';
import { manifest as site } from './site/function.ts';
import { manifest as team } from './team/function.ts';

type Manifests = { readonly [Name in FunctionName]: Manifest & { readonly name: Name } };

/** All functions, in the order of the template: last those that timers call. */
export const MANIFESTS: Manifests = {
  site,
  registration,
  attendee,
  'attendee-care': attendeeCare,
  certificates,
  delegation,
  checkin,
  team,
  organiser,
  messages,
  doors,
  'feedback-tokens': feedbackTokens,
  feedback,
  'feedback-results': feedbackResults,
  audit,
  outbox,
  'mail-events': mailEvents,
  housekeeping,
  care,
  canary,
};

export const FUNCTION_NAMES = Object.keys(MANIFESTS) as readonly FunctionName[];

interface NamedTimer extends Timer {
  /** In the template. */
  readonly name: string;
  readonly calls: FunctionName;
}

export const TIMERS: readonly NamedTimer[] = Object.values<Manifest>(MANIFESTS).flatMap(
  ({ name: calls, timers = {} }) => Object.entries(timers).map(([name, timer]) => ({ name, calls, ...timer })),
);
