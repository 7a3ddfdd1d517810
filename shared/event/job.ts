/** Work that follows a change, written in the transaction that makes it; `shared/jobs.ts` does it. */
export const JOB_KINDS = [
  'promote', // Looks for who may leave the waiting list.
  'lapse', // Ends a registration whose holder could not be reached.
  'announce', // Writes the mails of an announcement.
  'tell-changes', // Makes one of what changed in the programme.
  'keep', // Has what people sent kept until another time, where the event moved.
  'unname-check-ins', // Leaves nothing of whose ticket came in, where an attendee is erased or another person comes.
  'carry-check-ins', // Has what a person attended follow them to another ticket.
  'release-unproven', // Gives back seats that an organiser released.
  'clear-unproven', // Leaves no list of unproven seats behind for a quota that the event has no more.
  'index-people', // Brings the index of people up to date, and leaves nothing in it of an erased person.
  'make-people', // Makes it anew from registrations, and the index of attendance from scans.
  'do-bulk', // Goes on with a change of many registrations.
  'drop-tag', // Takes a tag that was removed from everyone who has it.
  'delete-event', // Deletes what is left of an event that was a rehearsal.
  'count-results', // Counts what became of the mails of an announcement.
] as const;
export type JobKind = (typeof JOB_KINDS)[number];
