/**
 * Work that follows a change, written in the transaction that makes it: `promote` looks for who may leave the waiting list,
 * `lapse` ends a registration whose holder could not be reached, `announce` writes the mails of an announcement, `tell-changes`
 * makes one of what changed in the programme, `keep` has what people sent kept until another time, where the event moved,
 * `unname-check-ins` leaves nothing of whose ticket it was that came in, where everything about an attendee is erased or another person
 * comes, `carry-check-ins` has what a person attended follow them to another ticket, `release-unproven` gives back seats that an organiser
 * released, `clear-unproven` leaves no list of unproven seats behind for a quota that the event does not have any more,
 * `index-people` brings the index of people up to date, and leaves nothing in it of an erased person,
 * `make-people` makes it anew from registrations, and the index of attendance from scans; `do-bulk` goes on with a change of many registrations,
 * `drop-tag` takes a tag that was removed from everyone who has it; `count-results` counts what became of the mails of an announcement.
 */
export const JOB_KINDS = [
  'promote',
  'lapse',
  'announce',
  'tell-changes',
  'keep',
  'unname-check-ins',
  'carry-check-ins',
  'release-unproven',
  'clear-unproven',
  'index-people',
  'make-people',
  'do-bulk',
  'drop-tag',
  'count-results',
] as const;
export type JobKind = (typeof JOB_KINDS)[number];
