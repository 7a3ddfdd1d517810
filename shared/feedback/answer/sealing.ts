import type { FormOf } from '../token/pass.ts';

/** Locks what was answered away, so that a reader of the table learns nothing of it, its length included. */
export interface AnswerSealing {
  /** @param value as JSON @param room bytes that it is filled up to, or to a multiple: all that is sealed with the same room looks alike */
  readonly seal: (value: unknown, of: FormOf, room: number) => Promise<Uint8Array>;
  /** @throws Error where it was sealed for another form, or changed since */
  readonly open: (sealed: Uint8Array, of: FormOf) => Promise<unknown>;
}

/** One that locks and cannot open. */
export type AnswerSeal = Pick<AnswerSealing, 'seal'>;
