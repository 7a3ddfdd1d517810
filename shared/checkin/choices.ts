/** Why a desk marks a person as come without a ticket, to choose from: kept as a scan's reason like what staff type, told in words of the reader. */
export const WITHOUT_TICKET = ['ticket-forgotten', 'phone-empty', 'paper-list'] as const;

/** Characters of a reason that a desk types. */
export const MOST_REASON = 800;

/** How often one attendee is given something; `any`: as often as they like. */
export const HOW_OFTEN = ['once', 'daily', 'any'] as const;
