import type * as z from 'zod';
import type { MESSAGE_ROUTES } from '../../../shared/announcements/messages.routes.ts';
import type { CARE_ROUTES } from '../../../shared/care/care.routes.ts';
import type { CHECK_IN_ROUTES } from '../../../shared/checkin/check-in.routes.ts';
import type { SITE_ROUTES } from '../../../shared/event/site.routes.ts';
import type { FEEDBACK_RESULTS_ROUTES } from '../../../shared/feedback/result/feedback-results.routes.ts';
import type { SAFEGUARDING_ROUTES } from '../../../shared/minors/safeguarding.routes.ts';
import type { ORGANISER_ROUTES } from '../../../shared/organiser-routes.ts';

type Table = typeof ORGANISER_ROUTES &
  typeof MESSAGE_ROUTES &
  typeof CHECK_IN_ROUTES &
  typeof SAFEGUARDING_ROUTES &
  typeof CARE_ROUTES &
  typeof FEEDBACK_RESULTS_ROUTES &
  Pick<typeof SITE_ROUTES, 'getEvent'>;
type KeyOf<Route> = Route extends { readonly method: infer M extends string; readonly path: infer P extends string }
  ? `${M} ${P}`
  : never;

/** Routes by method and path, from the contract's types alone: a path that it does not know does not compile. */
type Routes = { [Id in keyof Table as KeyOf<Table[Id]>]: Table[Id] };
export type RouteKey = keyof Routes;

type Part<Route, Name extends string> = Route extends { readonly [N in Name]: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;

type ParamsOf<Key extends RouteKey> = Part<Routes[Key], 'params'>;
export type QueryOf<Key extends RouteKey> = Part<Routes[Key], 'query'>;
export type BodyOf<Key extends RouteKey> = Unchanged<Part<Routes[Key], 'body'>>;
export type AnswerOf<Key extends RouteKey> = Routes[Key] extends { readonly output: infer Output }
  ? { [Status in keyof Output]: Output[Status] extends z.ZodType ? z.output<Output[Status]> : never }[keyof Output]
  : Blob;

/** What is sent is only read: lists that may not be changed will do. */
type Unchanged<T> = { readonly [Name in keyof T]: Unchanged<T[Name]> };

/** What a call needs beside its route. */
export type RequestOf<Key extends RouteKey> = {
  readonly params: ParamsOf<Key>;
  readonly query?: QueryOf<Key>;
} & (BodyOf<Key> extends undefined ? { readonly body?: undefined } : { readonly body: BodyOf<Key> });
