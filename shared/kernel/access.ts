/**
 * Who helps to run an event: `organiser` is the secretariat's staff, `focal-point` decides for their own country or
 * organisation only, `safeguarding` looks after children, `care` arranges diets and access.
 */
export const ORGANISER_ROLES = ['organiser', 'focal-point', 'safeguarding', 'care'] as const;
export type OrganiserRole = (typeof ORGANISER_ROLES)[number];

/** Who may pass a route. */
export interface ForRoles {
  /** `signed-in` asks for none of them. */
  readonly roles: readonly OrganiserRole[] | 'signed-in';
  /** Whether deputies pass too. */
  readonly deputies?: true | undefined;
}

/** Who may call: anyone, the holder of the link of one registration, of its guardian, of a delegation, of a form that
 * waits to be confirmed or of mail that can be stopped, one that serves to say that its holder attended and for nothing else, a phone at a
 * door, or who signed in to help run an event. */
export type RouteAccess =
  | {
      readonly auth:
        | 'public'
        | 'registration'
        | 'guardian'
        | 'coordinator'
        | 'unconfirmed'
        | 'mailbox'
        | 'feedback'
        | 'device';
    }
  /** Any of these roles in the event that the path names. */
  | ({ readonly auth: 'organiser' } & ForRoles);
