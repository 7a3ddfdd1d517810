/** How often one attendee is given something; `any`: as often as they like. */
export const HOW_OFTEN = ['once', 'daily', 'any'] as const;
