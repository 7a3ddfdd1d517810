/** What the page has words for when something does not go as it should. */
export type NoteName = 'no-link' | 'answered' | 'keys-differ' | 'offline' | 'unsure' | 'failed';

/** Why it went no further, as the page says it. */
export class Stopped extends Error {
  readonly note: NoteName;
  constructor(note: NoteName) {
    super(note);
    this.note = note;
  }
}

/** The server's own words of why not, in the language of the page. */
export class Refused extends Error {
  /** `not-attended`: the end of the problem's URN. */
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  constructor(type: string, title: string, detail: string) {
    super(type);
    this.type = type;
    this.title = title;
    this.detail = detail;
  }
}
