import * as z from 'zod';

/** What the buttons of the holder's page do. */
export const ACTIONS = [
  'prove',
  'cancel',
  'undo-cancel',
  'meanwhile-online',
  'give-back-online',
  'send-again',
  'replace-link',
  'resume-mail',
  'chaperone-accept',
  'chaperone-decline',
  'show-coordinator',
  'hide-coordinator',
  'erase',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What a mailbox posts that was told to stop mail (RFC 8058), or which button of the page was pressed. */
export const unsubscribe = z.lazy(() =>
  z.union([
    z.strictObject({ 'List-Unsubscribe': z.tuple([z.literal('One-Click')]) }),
    z.strictObject({ action: z.tuple([z.enum(['stop', 'resume'])]) }),
  ]),
);

/** Which button was pressed; what cannot be undone is confirmed by a box beside it. */
export const pressedAction = z.lazy(() =>
  z.strictObject({ action: z.tuple([z.enum(ACTIONS)]), confirm: z.tuple([z.literal('yes')]).optional() }),
);
