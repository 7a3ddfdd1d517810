import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../event/attendee.ts';
import { registrationKey } from '../kernel/dynamo/keys.ts';
import { TABLES } from '../kernel/dynamo/tables.ts';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';
import { changesShard } from './list/changes-shard.ts';
import { changePlace } from './list/registration-changes.store.ts';
import { PROOFS } from './proven.ts';
import { type Registration, ROLES } from './registration.ts';

const ITEM_VERSION = 1;

const mailState = () =>
  z.object({ state: z.enum(['bounced', 'refused', 'complained', 'delivered']), at: z.string(), sentAt: z.string() });

export const storedRegistration = once(() =>
  z.object({
    eventId: z.string(),
    reference: z.string(),
    status: z.enum(REGISTRATION_STATUSES),
    role: z.enum(ROLES),
    email: z.string(),
    language: z.string(),
    honorific: z.string().optional(),
    fullName: z.string(),
    badgeName: z.string(),
    nativeName: z.string().optional(),
    position: z.string(),
    organisation: z.string(),
    country: z.string(),
    category: z.string(),
    mode: z.enum(['in-person', 'online']),
    days: z.array(z.string()),
    sessions: z.array(z.string()),
    closedSessions: z.boolean(),
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
    consents: z.record(z.string(), z.string()),
    seats: z.array(
      z.object({
        quota: z.string(),
        group: z.string().optional(),
        shard: z.int(),
        state: z.enum(['taken', 'waiting']),
      }),
    ),
    meanwhile: z.literal('online').optional(),
    waitingSince: z.string().optional(),
    approved: z.boolean().optional(),
    proven: z.object({ how: z.enum(PROOFS), at: z.string() }).optional(),
    unproven: z.literal(true).optional(),
    seatLostAt: z.string().optional(),
    pendingSince: z.string().optional(),
    ageBand: z.literal('minor').optional(),
    delegation: z
      .object({
        id: z.string(),
        member: z.string(),
        throughCoordinator: z.boolean().optional(),
        shown: z.boolean().optional(),
      })
      .optional(),
    walkIn: z.object({ device: z.string(), reason: z.string().optional() }).optional(),
    invitation: z.string().optional(),
    decisionNote: z.string().optional(),
    ticketId: z.string(),
    hadTicket: z.literal(true).optional(),
    guardianConsents: z.record(z.string(), z.string()).optional(),
    consentOnPaper: z.enum(['awaited', 'recorded']).optional(),
    handoverWaiting: z.literal(true).optional(),
    chaperone: z
      .object({
        reference: z.string(),
        acceptedAt: z.string().optional(),
        vettedUntil: z.string().optional(),
        // A tie from before days were kept holds for none: whoever looks after children looks at it again.
        days: z.array(z.string()).default([]),
      })
      .optional(),
    chaperoning: z
      .object({
        askedAt: z.string().optional(),
        acceptedAt: z.string().optional(),
        declinedAt: z.string().optional(),
        vettedUntil: z.string().optional(),
        vouchedBy: z.array(z.string()).optional(),
        proposal: z.object({ vettedUntil: z.string(), by: z.string(), at: z.string() }).optional(),
        minors: z.record(z.string(), z.literal(true)),
      })
      .optional(),
    guardianLinkVersion: z.int().optional(),
    guardianChange: z
      .object({ codeAt: z.string(), request: z.string().optional(), askedAt: z.string().optional() })
      .optional(),
    answerBy: z.string().optional(),
    hasNeeds: z.literal(true).optional(),
    optedOut: z.literal(true).optional(),
    mail: mailState().optional(),
    guardianMail: mailState().optional(),
    formerHolders: z.int().optional(),
    certificateRevoked: z.literal(true).optional(),
    renamedAt: z.string().optional(),
    lapsed: z.literal(true).optional(),
    linkVersion: z.int(),
    revision: z.int(),
    definitionVersion: z.int(),
    submittedAt: z.string(),
    changedAt: z.string(),
  }),
);

export const REGISTRATION_USES = {
  eventId: ['records', 'event'],
  reference: ['ticket', 'event'],
  status: ['place', 'event'],
  role: ['attendance', 'event'],
  email: ['contact', 'event'],
  language: ['contact', 'event'],
  honorific: ['person', 'event'],
  fullName: ['person', 'event'],
  badgeName: ['person', 'event'],
  nativeName: ['person', 'event'],
  position: ['person', 'event'],
  organisation: ['person', 'event'],
  country: ['person', 'event'],
  category: ['attendance', 'event'],
  mode: ['attendance', 'event'],
  days: ['attendance', 'event'],
  sessions: ['attendance', 'event'],
  closedSessions: ['attendance', 'event'],
  answers: ['answers', 'event'],
  consents: ['consents', 'event'],
  seats: ['place', 'event'],
  meanwhile: ['attendance', 'event'],
  waitingSince: ['place', 'event'],
  approved: ['place', 'event'],
  proven: ['place', 'event'],
  unproven: ['place', 'event'],
  seatLostAt: ['place', 'event'],
  pendingSince: ['place', 'event'],
  ageBand: ['guardian', 'event'],
  delegation: ['delegation', 'event'],
  walkIn: ['place', 'event'],
  invitation: ['place', 'event'],
  decisionNote: ['place', 'event'],
  ticketId: ['ticket', 'event'],
  hadTicket: ['ticket', 'event'],
  guardianConsents: ['consents', 'event'],
  consentOnPaper: ['guardian', 'event'],
  handoverWaiting: ['guardian', 'event'],
  chaperone: ['chaperone', 'event'],
  chaperoning: ['chaperone', 'event'],
  guardianLinkVersion: ['guardian', 'event'],
  guardianChange: ['guardian', 'event'],
  answerBy: ['guardian', 'event'],
  hasNeeds: ['care', 'event'],
  optedOut: ['contact', 'event'],
  mail: ['contact', 'event'],
  guardianMail: ['guardian', 'event'],
  formerHolders: ['place', 'event'],
  certificateRevoked: ['attendance', 'event'],
  renamedAt: ['records', 'event'],
  lapsed: ['place', 'event'],
  linkVersion: ['ticket', 'event'],
  revision: ['records', 'event'],
  definitionVersion: ['records', 'event'],
  submittedAt: ['records', 'event'],
  changedAt: ['records', 'event'],
} as const satisfies UsesOf<typeof storedRegistration>;

/** @param expiresAt epoch seconds after which the table forgets the item */
export const toRegistrationItem = (registration: Registration, expiresAt: number) => ({
  ...registrationKey(registration.eventId, registration.reference),
  v: ITEM_VERSION,
  ...registration,
  [TABLES.registry.indexes.changes.partitionKey]: changesShard(registration),
  ...changePlace(registration, registration.changedAt),
  expiresAt,
});

/** @throws ZodError when the table holds something that is not a registration of a known version */
export function fromRegistrationItem(item: Record<string, unknown>): Registration {
  z.object({ v: z.literal(ITEM_VERSION) }).parse(item);
  return storedRegistration().parse(item);
}
