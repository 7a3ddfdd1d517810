/** One piece of a message. Text and HTML are both rendered from the same pieces, so neither can say what the other omits. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'button'; readonly label: string; readonly url: string }
  /** Where else one may go, less prominent than a button. */
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'mailto'; readonly address: string }
  /** Something to be typed or read out, set so that no character is mistaken. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'picture'; readonly contentId: string; readonly alt: string; readonly side: number };

export interface Fact {
  readonly label: string;
  readonly lines: readonly string[];
}

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

/** What the file is called: letters name it. @param name of the event's files */
export const calendarFile = (name: string, method: Calendar['method']): string =>
  `${name}${method === 'CANCEL' ? '-cancel' : ''}.ics`;

export interface Picture {
  /** How the HTML refers to it: `cid:…`. */
  readonly contentId: string;
  readonly png: Buffer;
  /** Width and height in CSS pixels. */
  readonly side: number;
}

/** What a message says and in which order, before it is text or HTML. */
export interface Layout {
  readonly language: string;
  readonly subject: string;
  /** What inboxes show beside the subject. */
  readonly preview: string;
  /** Above the title: what this is about. */
  readonly context: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Why the recipient gets this message, and whom and what else they should know of. */
  readonly footer: readonly FooterLine[];
}

/** A sentence and where it leads. */
export interface FooterLine {
  readonly text: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** A message in words: everything but from whom, to whom and when. */
export interface Message extends Omit<Content, 'blocks' | 'title'> {
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });
