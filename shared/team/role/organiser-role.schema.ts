import * as z from 'zod';
import { EVENT_STATUSES } from '../../event/event.ts';
import { once } from '../../kernel/once.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { isCountry, isOwnCode } from '../../kernel/text/countries.ts';
import { CHOSEN_TICKS, mayBeLimited, ORGANISER_ROLES, ROLES_SHOWN, SET_NAMES } from './ticks.ts';

/** As many countries, organisations or categories as one approver may answer for. */
const MOST_REACHES = 50;
/** Characters; what a registration may hold. */
const LONGEST_ORGANISATION = 160;
/** Characters of a label: a member's name, or what they are to the inviter. */
const LONGEST_LABEL = 100;

/** Characters. */
const LONGEST_REASON = 300;
/** Characters of an id in a definition. */
const LONGEST_ID = 64;

/** One role that a person was given for one event, and how far it reaches: as organisers give it, as it is stored and as it is shown. */
export const roleGrant = once(() =>
  z.strictObject({
    /** A set of ticks; of `organiser` and `focal-point`, an owner's and an approver's. */
    role: z.enum(ORGANISER_ROLES),
    /** Of `custom`: what it lets its holder do. */
    ticks: z.array(z.enum(CHOSEN_TICKS)).min(1).max(CHOSEN_TICKS.length).optional(),
    /** ISO 3166-1 alpha-2. Of an approver: whose registrations they decide on, beside those of organisations and categories. */
    countries: z
      .array(z.string().refine((code) => isCountry(code) || isOwnCode(code)))
      .min(1)
      .max(MOST_REACHES)
      .optional(),
    /** However they are written in registrations. */
    organisations: z.array(z.string().trim().min(1).max(LONGEST_ORGANISATION)).min(1).max(MOST_REACHES).optional(),
    /** Ids of the event's categories. */
    categories: z.array(z.string().min(1).max(LONGEST_ID)).min(1).max(MOST_REACHES).optional(),
    /** Until when, that day included, they were vetted to see what concerns children: `2027-12-31`. */
    vettedUntil: z.iso.date().optional(),
    /** From when on it gives nothing any more, ISO 8601; absent where it has no end. */
    endsAt: z.iso.datetime({ offset: true }).optional(),
    /** Of `safeguarding`: it opens reports and nothing else, as a deputy outside the secretariat needs it. */
    deputy: z.literal(true).optional(),
  }),
);
export interface RoleGrant extends Output<typeof roleGrant> {}

/** A grant as every console knows it, and by the name of its set where that came later. */
const shownGrant = once(() =>
  roleGrant().extend({
    role: z.enum(ROLES_SHOWN),
    /** Its set, where that is another one: then `role` opens nothing. */
    set: z.enum(ORGANISER_ROLES).optional(),
  }),
);
export interface ShownGrant extends Output<typeof shownGrant> {}

/** A proposal that an adult counts as vetted, until a second person says so too. */
export const vettingProposal = once(() =>
  z.object({
    /** That day included: `2027-12-31`. */
    vettedUntil: z.string(),
    /** A member. */
    by: z.string(),
    /** ISO 8601. */
    at: z.string(),
  }),
);
export interface VettingProposal extends Output<typeof vettingProposal> {}

/** Who said it, and when. */
export const said = once(() =>
  z.object({
    /** A member. */
    by: z.string(),
    /** ISO 8601. */
    at: z.string(),
  }),
);
export interface Said extends Output<typeof said> {}

/** A proposal to reset a member's second factor; once two people said so, what was done. */
export const resetOfFactor = once(() =>
  said().extend({
    /** In the words of the organiser who proposed it. */
    reason: z.string().optional(),
    /** Other events in which the account answers for children, too, and when the last of them was told. */
    elsewhere: z.object({ events: z.array(z.string()), at: z.string() }).optional(),
    /** The account's holder, as the provider names them; gone once it is done. */
    subject: z.string().optional(),
    /** The second person, and when. */
    done: said().optional(),
  }),
);
export interface FactorReset extends Output<typeof resetOfFactor> {}

/** Why a grant needs a second person: it opens what concerns children, or what people need. */
export const NEEDS = ['children', 'care'] as const;
export type Need = (typeof NEEDS)[number];

/**
 * Who is the second person for what concerns children: a member of safeguarding who is vetted today. While nobody ever
 * was of safeguarding it is another organiser (`first`), and so it is while all vettings are over (`lapsed`).
 */
export const WAYS = ['vetted', 'first', 'lapsed'] as const;
export type Way = (typeof WAYS)[number];

/** A second person's word, and as what they gave it, where it concerns children. */
const acceptance = once(() => said().extend({ way: z.enum(WAYS).optional() }));
export interface Acceptance extends Output<typeof acceptance> {}

/** An offer of roles in an event to the first holder of its token. */
export const storedRoleInvitation = stored(() => ({
  v: field(z.literal(1), 'records', 'week'),
  /** A hash of its token, which is kept nowhere. */
  sk: field(z.string(), 'team', 'week'),
  eventId: field(z.string(), 'team', 'week'),
  grants: field(z.array(roleGrant()), 'team', 'week'),
  /** Of a change of a member's roles: sets that they hold, of which it gives nothing but until when they were vetted, or when it ends. */
  prolongs: field(z.array(z.string()).optional(), 'team', 'week'),
  /** What the inviter calls the person. */
  label: field(z.string().optional(), 'team', 'week'),
  /** The member who invites; absent where the system's operator does. */
  invitedBy: field(z.string().optional(), 'team', 'week'),
  /** Where it was mailed to; the member who accepts it is told there of those who wait for their decision. */
  email: field(z.string().optional(), 'team', 'week'),
  /** Of that mail. */
  language: field(z.string().optional(), 'team', 'week'),
  /** From which its token is made, where it is mailed only once a second person has accepted it. */
  number: field(z.string().optional(), 'team', 'week'),
  /** Why two organisers give what nobody who is vetted can give. */
  reason: field(z.string().optional(), 'team', 'week'),
  /** Who stands for it as the second person; see `role-rule.ts`. */
  accepted: field(
    z
      .object({ children: acceptance().optional(), care: acceptance().optional() } satisfies Record<Need, unknown>)
      .optional(),
    'team',
    'week',
  ),
  /** Rises with each acceptance; absent before the first. */
  revision: field(z.int().optional(), 'team', 'week'),
  /** ISO 8601 instant. */
  createdAt: field(z.string(), 'team', 'week'),
  /** Epoch seconds. */
  expiresAt: field(z.int(), 'team', 'week'),
}));
export interface RoleInvitation extends Omit<Output<typeof storedRoleInvitation>, 'v' | 'sk'> {
  /** Its `sk`. */
  readonly id: string;
}

/** The caller's own place in an event. */
export const myRoles = z.lazy(() =>
  z.strictObject({
    eventId: z.string(),
    /** Empty for a person whom nobody has invited yet. */
    grants: z.array(shownGrant()).readonly(),
  }),
);

/** The events in which the caller has a role: those to come first, the next of them before all, and then those that are over. */
export const ownEvents = z.lazy(() =>
  z.strictObject({
    events: z.array(
      z.strictObject({
        id: z.string(),
        /** In the wanted language, or the event's first; its id where it is not known yet. */
        title: z.string(),
        /** In the event's time zone: `2027-11-02`. */
        firstDay: z.string().optional(),
        lastDay: z.string().optional(),
        status: z.enum(EVENT_STATUSES).optional(),
        rehearsal: z.literal(true).optional(),
        /** What the caller holds in it, by name. */
        sets: z.array(z.enum(SET_NAMES)).readonly(),
        /** When the last of it ends, ISO 8601; absent where it has no end. */
        endsAt: z.string().optional(),
      }),
    ),
  }),
);

/** Invites a person into roles. */
export const newRoleInvitation = z.lazy(() =>
  z.strictObject({
    grants: givenGrants(),
    /** What the inviter calls them. */
    label: z.string().trim().min(1).max(LONGEST_LABEL).optional(),
    /** Where the link is mailed to; without it, the inviter hands it over. An approver is told there of those who wait for them. */
    email: z.string().optional(),
    /** Of the mail; the request's own when absent. */
    language: z.string().optional(),
    /** Why two organisers give what nobody who is vetted can give. */
    reason: z.string().trim().min(1).max(LONGEST_REASON).optional(),
  }),
);

/** What a member is to hold instead; what takes a second person is proposed to their mailbox. */
export const changedRoles = z.lazy(() =>
  z.strictObject({
    grants: givenGrants(),
    /** Of what was looked at. */
    revision: z.int(),
    /** Where the link is mailed to once a second person has accepted it, where that is not where the last one went. */
    email: z.string().optional(),
    /** Why two organisers give what nobody who is vetted can give. */
    reason: z.string().trim().min(1).max(LONGEST_REASON).optional(),
  }),
);

/** What a member may be given at once. */
const givenGrants = once(() =>
  z
    .array(
      roleGrant()
        .refine(namesItsReach, { path: ['countries'] })
        .refine((grant) => mayBeLimited(grant) || !hasReach(grant), { path: ['role'] })
        .refine(({ role, ticks }) => (role === 'custom') === (ticks !== undefined), { path: ['ticks'] })
        .refine(isDeputyOfSafeguarding, { path: ['deputy'] }),
    )
    .min(1)
    .max(ORGANISER_ROLES.length),
);

const hasReach = ({ countries, organisations, categories }: RoleGrant): boolean =>
  [countries, organisations, categories].some((reach) => reach !== undefined);

/** An approver who decides for nobody would only wait for work. */
const namesItsReach = (grant: RoleGrant): boolean => grant.role !== 'focal-point' || hasReach(grant);

const isDeputyOfSafeguarding = ({ role, deputy }: RoleGrant): boolean =>
  deputy === undefined || role === 'safeguarding';

/** The link is shown this once. */
export const madeRoleInvitation = z.lazy(() =>
  z.strictObject({
    id: z.string(),
    link: z.string(),
    /** ISO 8601 instant. */
    expiresAt: z.string(),
  }),
);

/** It waits for a second person, who is to accept it: its link is mailed then, and shown to nobody. */
export const proposedRoleInvitation = z.lazy(() =>
  z.strictObject({
    id: z.string(),
    /** ISO 8601 instant. */
    expiresAt: z.string(),
  }),
);

export const redemption = z.lazy(() =>
  z.strictObject({
    /** The token of the invitation's link. */
    invitation: z.string().regex(/^[\w-]{22}$/),
  }),
);

/** Proposes to reset a lost second factor. */
export const newFactorReset = z.lazy(() =>
  z.strictObject({
    /** With which the member signs in, where that is not the one that their invitation went to. */
    email: z.string().optional(),
    /** Everyone who is told of it reads it. */
    reason: z.string().trim().min(1).max(LONGEST_REASON).optional(),
  }),
);

/** A proposal to reset a member's second factor, while a second organiser is awaited. */
const factorReset = () =>
  z.strictObject({
    /** What the organiser who proposed it is called. */
    by: z.string().optional(),
    /** ISO 8601 instant. */
    at: z.string(),
    reason: z.string().optional(),
    /** When it is over. */
    until: z.string(),
    /** From when on it can be accepted, where that is still to come. */
    opensAt: z.string().optional(),
    /** Whether the caller is the second person. */
    mayAccept: z.boolean(),
    mayTakeBack: z.boolean(),
  });

/** Everyone who runs an event, and who is invited to. */
export const eventRoles = z.lazy(() =>
  z.strictObject({
    members: z.array(
      z.strictObject({
        id: z.string(),
        grants: z.array(shownGrant()).readonly(),
        /** Grants past their end, which give nothing. */
        ended: z.array(shownGrant()).readonly().optional(),
        label: z.string().optional(),
        invitedBy: z.string().optional(),
        createdAt: z.string(),
        /** Rises with each change. */
        revision: z.int(),
        /** Whether this is the caller. */
        isYou: z.boolean(),
        /** A proposal to take their roles back, while a second person is awaited. */
        removal: z
          .strictObject({
            /** What they are called. */
            by: z.string().optional(),
            at: z.string(),
            /** Whether the caller is the second person. */
            mayAccept: z.boolean(),
          })
          .optional(),
        /** Whether the caller takes their roles back, or proposes it. */
        mayRemove: z.boolean(),
        /** A proposal to reset their second factor, while a second organiser is awaited. */
        factorReset: factorReset().optional(),
        /** Their second factor was reset: by whom, and when. */
        factorResetDone: z
          .strictObject({
            /** What the two are called, as far as they are of the team still. */
            by: z.array(z.string()).readonly(),
            at: z.string(),
          })
          .optional(),
        /** Whether the caller changes their roles. */
        mayChange: z.boolean(),
        /** Whether the caller proposes to reset their second factor. */
        mayResetFactor: z.boolean(),
      }),
    ),
    invitations: z.array(
      z.strictObject({
        id: z.string(),
        grants: z.array(shownGrant()).readonly(),
        label: z.string().optional(),
        invitedBy: z.string().optional(),
        createdAt: z.string(),
        expiresAt: z.string(),
        /** The proposal, of one that takes a second person. */
        proposal: z
          .strictObject({
            /** What the member who proposes it is called. */
            by: z.string().optional(),
            /** Where its link is mailed to. */
            email: z.string().optional(),
            reason: z.string().optional(),
            /** For what a second person is awaited still. */
            needs: z.array(z.enum(NEEDS)).readonly(),
            /** How the second person is chosen, where it concerns children. */
            way: z.enum(WAYS).optional(),
            /** Whether that is the caller. */
            mayAccept: z.boolean(),
            /** When it takes effect, where two organisers agreed on it. */
            opensAt: z.string().optional(),
          })
          .optional(),
      }),
    ),
    /** How the second person for what concerns children is chosen at present. */
    way: z.enum(WAYS),
    /** Host of the organisation's own provider, which resets second factors itself; absent where two organisers do. */
    directory: z.string().optional(),
  }),
);

/** Who of the team did something. */
export const actor = () =>
  z.strictObject({
    /** What the team calls them. */
    label: z.string().optional(),
    isYou: z.boolean(),
    /** Still of the team. */
    isMember: z.boolean(),
  });
