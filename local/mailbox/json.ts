import type { Message } from './message.ts';

/** A message for tests: as read, with attachments in base64. */
export function toJson({ attachments, ...message }: Message) {
  return {
    ...message,
    attachments: attachments.map(({ content, ...attachment }) => ({
      ...attachment,
      /** Bytes. */
      size: content.length,
      content: content.toString('base64'),
    })),
  };
}

export type JsonMessage = ReturnType<typeof toJson>;
