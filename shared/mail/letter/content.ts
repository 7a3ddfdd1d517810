import type { Block } from './letter.ts';

/** What one kind of message says, and what travels with it. */
export interface Content {
  /** Where it is not the same for each message of its kind. */
  readonly subject?: string;
  readonly title?: string;
  readonly blocks: readonly Block[];
  readonly picture?: Picture;
  /** The first is shown as part of the mail; others are files beside it. */
  readonly calendars?: readonly Calendar[];
}

export interface Calendar {
  readonly method: 'PUBLISH' | 'CANCEL';
  /** An iCalendar object. */
  readonly content: string;
}

export interface Picture {
  /** How the HTML refers to it: `cid:…`. */
  readonly contentId: string;
  readonly png: Buffer;
  /** Width and height in CSS pixels. */
  readonly side: number;
}
