import type { EventDefinition } from '../../event/event.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { Device } from '../device/check-in-device.schema.ts';

export type Deps = Given<'registry', 'now' | 'backOff'>;

/** Whose roster it is. */
export interface For {
  readonly event: EventDefinition<string>;
  readonly device: Device;
  /** Whether entries of minors say who they are. */
  readonly isVetted: boolean;
}

/** Part of an answer: entries, and how far that goes. */
export interface Part<Reached> {
  readonly entries: Buffer;
  readonly reached: Reached;
}
