import type { EventDefinition } from '../../event/event.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { System } from '../../kernel/system.store.ts';
import type { Device } from '../device/check-in-device.schema.ts';

export interface Deps {
  readonly client: DocumentClient;
  /** Physical name of `Registry`. */
  readonly registry: string;
  readonly system: Pick<System, 'now' | 'backOff'>;
}

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
