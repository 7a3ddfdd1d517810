import { type Html, html } from '../../../shared/kernel/html.ts';

/** What a browser keeps of whoever answers in it. */
export interface KeptByBrowser {
  /** Of `feedbackToken`, which opens nothing but the asking for proofs. */
  readonly token: string;
  /** @see nameInBrowser */
  readonly name: string;
  /** From when on nothing is to be answered any more, so that nothing need be kept: epoch milliseconds. */
  readonly until: number;
}

/**
 * For the script of every page: it keeps this for the event, so that its forms find the token in this browser and can say as whom it
 * answers. It is never part of an address, which histories and logs would keep; the name is sent nowhere.
 */
export const feedbackKeeper = (eventId: string, { token, name, until }: KeptByBrowser): Html =>
  html`<div hidden data-event="${eventId}" data-feedback="${token}" data-until="${until}" data-name="${name}"></div>
`;
