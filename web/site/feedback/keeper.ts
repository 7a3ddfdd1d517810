import { type Html, html } from '../../../shared/html.ts';

/**
 * For the script of every page: it keeps this token for the event, so that its forms find it in this browser. It is never part of an
 * address, which histories and logs would keep.
 *
 * @param token of `feedbackToken`, which opens nothing but the asking for proofs
 */
export const feedbackKeeper = (eventId: string, token: string): Html =>
  html`<div hidden data-event="${eventId}" data-feedback="${token}"></div>
`;
