import * as z from 'zod';

/** What the buttons of the holder's page do. */
export const ACTIONS = [
  'cancel',
  'undo-cancel',
  'meanwhile-online',
  'give-back-online',
  'send-again',
  'replace-link',
  'chaperone-accept',
  'chaperone-decline',
  'show-coordinator',
  'hide-coordinator',
  'erase',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Which button was pressed; what cannot be undone is confirmed by a box beside it. */
export const pressedAction = z.lazy(() =>
  z.strictObject({ action: z.tuple([z.enum(ACTIONS)]), confirm: z.tuple([z.literal('yes')]).optional() }),
);
