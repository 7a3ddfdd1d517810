import type * as z from 'zod';
import type { ProblemType } from './http/problem.schema.ts';
import type { FunctionName } from './manifest.ts';

/**
 * What a member of a team may do, each of which a grant ticks or does not: `shared/team/role/ticks.ts` says which of them sets hold. A route
 * names those of which it takes one.
 */
export const TICKS = [
  ...(['see-numbers', 'see-feedback', 'read-texts', 'see-people', 'decide', 'change-people', 'cancel-people'] as const),
  ...(['add-people', 'export', 'certificates', 'write-to-many', 'run-check-in', 'seats', 'edit-event'] as const),
  ...(['protocol', 'greet', 'vet', 'see-minors', 'safeguarding', 'care'] as const),
  ...(['manage-team', 'close-event', 'write-tags', 'move-up', 'define-event'] as const),
] as const;
export type Tick = (typeof TICKS)[number];

/** Who may pass a route. */
export interface ForTicks {
  /** One of them is enough; `signed-in` asks for none. */
  readonly ticks: readonly Tick[] | 'signed-in';
  /** Whether deputies pass too. */
  readonly deputies?: true | undefined;
}

/** Who may call: anyone, the holder of the link of one registration, of its guardian, of a delegation, of a form that
 * waits to be confirmed, of a change of address or of mail that can be stopped, one that serves to say that its holder attended and for
 * nothing else, a phone at a door, the canary, or who signed in to help run an event. */
type RouteAccess =
  | {
      readonly auth:
        | 'public'
        | 'registration'
        | 'guardian'
        | 'coordinator'
        | 'unconfirmed'
        | 'address'
        | 'mailbox'
        | 'feedback'
        | 'device'
        | 'canary';
    }
  /** Any of these ticks in the event that the path names; where it names none, who it is alone. */
  | ({ readonly auth: 'organiser' } & ForTicks);

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route answers: JSON or a table for programs; a page of HTML, or a document to keep, for people. */
export type Kind = 'json' | 'csv' | 'page' | 'pdf' | 'workbook' | 'calendar';

/** The media type of a workbook. */
export const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A person who asks for these reads a page where there is nothing to give. */
export const FOR_PEOPLE: readonly Kind[] = ['page', 'pdf', 'workbook', 'calendar'];

/**
 * One route, described once. API Gateway's routes, validation, response parsing, the OpenAPI document
 * and the local gateway all come from it.
 */
export type Route = RouteAccess & Answering;

interface Answering {
  readonly method: Method;
  /** API Gateway's notation: `/e/{eventId}/register`. */
  readonly path: `/${string}`;
  readonly function: FunctionName;
  readonly kind: Kind;
  /** One line for the API document. */
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Headers that are read, by lower-case name. */
  readonly headers?: z.ZodObject;
  /** The body after decoding: JSON, or the fields of a form. */
  readonly body?: z.ZodType;
  /** `form` is `application/x-www-form-urlencoded`, `upload` is `multipart/form-data`. */
  readonly bodyFormat?: 'json' | 'form' | 'upload';
  /** A `form` that may come as an `upload` too: mailboxes that unsubscribe send both. */
  readonly orUpload?: boolean;
  /** Bytes; a larger body is answered with 413. */
  readonly bodyLimit?: number;
  /** Fields of a form, where it may have more than others; a body with more is answered with `too-many-fields`. */
  readonly mostFields?: number;
  /** The statuses with which a page succeeds; 200 where none are named. */
  readonly statuses?: readonly (200 | 303)[];
  /** JSON answers by status; a body that does not fit its schema never leaves. */
  readonly output?: Readonly<Record<number, z.ZodType>>;
  readonly errors: readonly ProblemType[];
}

/** Routes by their ids. */
export type RouteTable = Readonly<Record<string, Route>>;

/** Keeps the literal types of a table of routes while checking its shape. */
export const defineRoutes = <const T extends RouteTable>(routes: T): T => routes;

/** The name of a route in logs: `POST /e/{eventId}/register`. */
export const routeKey = (route: Pick<Route, 'method' | 'path'>, method: string = route.method): string =>
  `${method} ${route.path}`;

/** API Gateway's name of the route that takes whatever fits no other. */
export const DEFAULT_ROUTE = '$default';

/** HTTP APIs do not answer HEAD by themselves: a route that answers GET answers it too. */
export const methodsOf = (route: Pick<Route, 'method'>): readonly string[] =>
  route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];

const KILOBYTE = 1024;

/**
 * Bytes. Khmer percent-encodes to about 18 bytes a letter in forms, hence the larger limit. What was read from an uploaded table comes
 * back in fields: in UTF-8 it is longer by half than in UTF-16, and each field has its own head. Of the largest table that may be, all of it
 * wrong and with the longest names, that were 870 KB as Chromium sends it. A definition has its words in every language.
 */
export const BODY_LIMIT = {
  json: 16 * KILOBYTE,
  form: 64 * KILOBYTE,
  upload: 256 * KILOBYTE,
  fieldsOfUpload: 1_024 * KILOBYTE,
  definition: 1_024 * KILOBYTE,
} as const;
