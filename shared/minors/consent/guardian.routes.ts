import * as z from 'zod';
import {
  bearerHeaders,
  CALLED_OFF,
  formBody,
  formFields,
  jsonBody,
  LINK,
  languageQuery,
  linkPage,
  pressed,
  publicPage,
  UNREADABLE,
} from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT, defineRoutes } from '../../kernel/route.ts';
import type { Immutable } from '../../kernel/stored.schema.ts';
import { handoverStatement } from '../minors.schema.ts';

const decision = z.lazy(() =>
  z.strictObject({
    action: z.enum(['agree', 'refuse', 'withdraw', 'take-back', 'change-phone', 'say-handover', 'replace-code']),
    /** To agree: consent id to the version that was shown. */
    consents: z.record(z.string(), z.string()).optional(),
    /** To agree, or to replace it: where the guardian can be reached in an emergency, on the days of the event. */
    phone: z.string().optional(),
    /** To say how the minor leaves. */
    handover: handoverStatement().optional(),
    /** To take back: the id of one consent that attendance does not depend on. */
    consent: z.string().optional(),
  }),
);

export interface GuardianDecision extends Omit<Immutable<z.output<typeof decision>>, 'consents'> {
  readonly consents: NonNullable<Immutable<z.output<typeof decision>>['consents']>;
}

const decided = z.lazy(() => z.strictObject({ status: z.enum(['agreed', 'refused', 'withdrawn']) }));

const optionalText = () => z.tuple([z.string()]).optional();

/** What protects children: their guardians' consent, and telling the focal point. */
export const GUARDIAN_ROUTES = defineRoutes({
  postAskGuardian: {
    ...linkPage('care', 'registration'),
    method: 'POST',
    path: '/m/{token}/ask',
    summary: 'Someone under 18 says that the address is theirs, and their guardian is asked: 303 to their registration',
    ...formBody(pressed('ask')),
    statuses: [303],
    errors: [...LINK, ...CALLED_OFF, ...UNREADABLE],
  },
  showConsent: {
    ...linkPage('care', 'guardian'),
    method: 'GET',
    path: '/g/{token}',
    summary: 'What a guardian is asked, or has agreed to',
    errors: ['link-not-valid'],
  },
  postConsent: {
    ...linkPage('care', 'guardian'),
    method: 'POST',
    path: '/g/{token}',
    summary: 'A guardian agrees (303 back to the page), refuses or withdraws (the last page there is), or 422',
    ...formBody(formFields),
    statuses: [200, 303],
    errors: ['link-not-valid', 'not-amendable', ...UNREADABLE],
  },
  giveConsent: {
    method: 'POST',
    path: '/api/consent',
    function: 'care',
    kind: 'json',
    auth: 'guardian',
    summary: 'A guardian agrees, refuses or withdraws',
    query: languageQuery,
    headers: bearerHeaders,
    ...jsonBody(decision),
    output: { 200: decided },
    errors: ['link-not-valid', 'not-amendable', ...UNREADABLE],
  },
  showReport: {
    ...publicPage('care'),
    method: 'GET',
    path: '/e/{eventId}/report',
    summary: 'Tell the safeguarding focal point; once it was sent, the reference of the report',
    query: languageQuery.extend({ sent: z.string().optional() }),
    errors: ['unknown-event'],
  },
  postReport: {
    ...publicPage('care'),
    method: 'POST',
    path: '/e/{eventId}/report',
    summary: 'Send a report, without signing in: 303 back to the page, or 422 with the form again',
    body: z.lazy(() =>
      z.strictObject({
        what: optionalText(),
        contact: optionalText(),
        aboutOrganiser: optionalText(),
        proof: optionalText(),
      }),
    ),
    bodyFormat: 'form',
    // A long report in Khmer takes more than a form.
    bodyLimit: BODY_LIMIT.upload,
    statuses: [303],
    errors: ['unknown-event', ...UNREADABLE],
  },
});
