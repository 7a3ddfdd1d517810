/** The kinds of mail Plenary sends, one for each step in the life of a registration. */
export const MESSAGE_KINDS = ['confirmed', 'waitlisted', 'already-registered', 'link', 'cancelled'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** `pending → claimed(lease) → sent | failed`; a lease that runs out may be claimed again. */
export type MessageState = 'pending' | 'claimed' | 'sent' | 'failed';

/** A mail to send, written in the same transaction as the change that causes it. */
export interface OutboxMessage {
  /** 128 random bits, base64url. */
  readonly id: string;
  readonly kind: MessageKind;
  readonly eventId: string;
  readonly reference: string;
  /** Present until the message is sent. */
  readonly to?: string;
  readonly language: string;
  readonly state: MessageState;
  /** ISO 8601 instants, UTC. */
  readonly createdAt: string;
  readonly leaseUntil?: string;
  readonly attempts: number;
  /** SES's id, once sent. */
  readonly messageId?: string;
  readonly failure?: string;
}
