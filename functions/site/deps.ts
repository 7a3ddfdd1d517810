import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import type { ConsoleConfig } from '../../shared/kernel/console-config.schema.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { manifest } from './function.ts';

/** Everything outside that this function touches: it only reads. */
export interface Deps {
  readonly system: System;
  readonly events: EventStore;
  /** The id of the event that the bare address leads to. */
  readonly homeEvent: string;
  /** The address mail comes from: what to look for in the inbox. */
  readonly sender: string;
  /** Where organisers sign in. */
  readonly signIn: ConsoleConfig;
}

export function realDeps(): Deps {
  const environment = readEnvironment(manifest);
  const system = realSystem;
  return {
    system,
    events: eventStore({ client: documentClient(), registry: environment.registry, system }),
    homeEvent: environment.homeEvent,
    sender: environment.mailFrom,
    signIn: {
      issuer: environment.oidcIssuer,
      clientId: environment.oidcClientId,
      scope: environment.oidcScope,
    },
  };
}
