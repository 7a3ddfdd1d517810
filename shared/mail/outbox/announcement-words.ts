/** What an organiser writes to people. Plain text; an empty line begins a paragraph. */
export interface AnnouncementWords {
  readonly subject: string;
  readonly text: string;
}
