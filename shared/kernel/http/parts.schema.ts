import * as z from 'zod';
import type { FunctionName } from '../manifest.ts';
import { BODY_LIMIT, type ForTicks, type Route } from '../route.ts';
import { LONGEST_WHY_SENT, WHY_HEADER } from '../why.ts';

/** What several routes take. */
export const eventParams = z.object({ eventId: z.string() });
export const linkParams = z.object({ token: z.string() });
export const languageQuery = z.object({ lang: z.string().optional() });
/** 256 bits, base64url: how members and invitations are named. */
export const hash = z.string().regex(/^[\w-]{43}$/);
export const bearerHeaders = z.object({ authorization: z.string().optional() });

/** Of routes that may show a minor. */
export const whyHeaders = z.object({ [WHY_HEADER]: z.string().max(LONGEST_WHY_SENT).optional() });

/** Of routes that may show a minor, where what they tell is fetched before anyone looks at it: of someone under 18 nothing is then. */
export const shownOnly = z.object({ only: z.literal('adult').optional() });

/** Why an event takes no registrations. */
export const WINDOW = ['registration-closed', 'registration-not-open', 'event-cancelled', 'event-postponed'] as const;
/** Why nothing of a registration can be changed. */
export const CALLED_OFF = ['event-cancelled', 'event-postponed'] as const;

/** What may be wrong with any body. */
export const UNREADABLE = ['too-large', 'unsupported-media-type', 'malformed-body', 'invalid-input'] as const;

/** What may be wrong with a link. */
export const LINK = ['link-not-valid', 'link-replaced'] as const;

/** The fields of a form, each with every value it was sent with. */
export const formFields = z.lazy(() => z.record(z.string(), z.array(z.string())));

/** A form that is one button: what was pressed. */
export const pressed = <const Action extends string>(action: Action) =>
  z.lazy(() => z.strictObject({ action: z.tuple([z.literal(action)]) }));

/** A body of JSON in a row of the contract. */
export const jsonBody = <T extends z.ZodType>(body: T, bodyLimit: number = BODY_LIMIT.json) =>
  ({ body, bodyFormat: 'json', bodyLimit }) as const;

/** What a form of a page sends, in a row of the contract. */
export const formBody = <T extends z.ZodType>(body: T, bodyLimit: number = BODY_LIMIT.form) =>
  ({ body, bodyFormat: 'form', bodyLimit }) as const;

/** What the rows share that a token of the provider opens. */
export const signedInApi = <F extends FunctionName>(name: F) =>
  ({ function: name, kind: 'json', auth: 'organiser', query: languageQuery }) as const;

/** What the rows share by which those who run an event work on it. @param ticks one of them is enough */
export const teamApi = <F extends FunctionName, const T extends ForTicks['ticks']>(name: F, ticks: T) =>
  ({ ...signedInApi(name), params: eventParams, ticks }) as const;

/** The same, of what is saved as a table. */
export const teamTable = <F extends FunctionName, const T extends ForTicks['ticks']>(name: F, ticks: T) =>
  ({ ...teamApi(name, ticks), kind: 'csv' }) as const;

/** What the rows of an event's public pages share. */
export const publicPage = <F extends FunctionName>(name: F) =>
  ({ function: name, kind: 'page', auth: 'public', params: eventParams, query: languageQuery }) as const;

/** What the rows of pages share that a link opens, by whose it is. */
export const linkPage = <F extends FunctionName, A extends Route['auth']>(name: F, auth: A) =>
  ({ function: name, kind: 'page', auth, params: linkParams, query: languageQuery }) as const;
