import type { Given } from '../../kernel/parts.store.ts';

/** Who waits may have a seat once there are more: that is a job of the outbox. */
export type PublishingDeps = Given<'registry' | 'outbox'>;

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly publishing: PublishingDeps;
  }
}
