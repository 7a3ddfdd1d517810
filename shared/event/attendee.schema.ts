import * as z from 'zod';
import { once } from '../kernel/once.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';

/** By the id of the question. */
export const answersGiven = once(() =>
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
);

/** What an attendee chose of an event, and is counted by: once it has been checked against the event's definition. */
export const chosen = stored(() => ({
  organisation: field(z.string(), 'person', 'event'),
  /** ISO 3166-1 alpha-2. */
  country: field(z.string(), 'person', 'event'),
  category: field(z.string(), 'attendance', 'event'),
  mode: field(z.enum(['in-person', 'online']), 'attendance', 'event'),
  /** Ids of the event's days, in the event's order. */
  days: field(z.array(z.string()), 'attendance', 'event'),
  /** Ids of the sessions that were signed up for, in the event's order. */
  sessions: field(z.array(z.string()), 'attendance', 'event'),
  /** Asks for the closed sessions of their category; which these are is shown after approval. */
  closedSessions: field(z.boolean(), 'attendance', 'event'),
  answers: field(answersGiven(), 'answers', 'event'),
  /** Consent id to the version that was agreed to. */
  consents: field(z.record(z.string(), z.string()), 'consents', 'event'),
}));
export interface Choices extends Output<typeof chosen> {}
