/** As schema.org names what may become of an event; one that does not say is `scheduled`. */
export const EVENT_STATUSES = ['scheduled', 'postponed', 'cancelled', 'moved-online'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];
