import { readEnvironment } from '../../shared/env.ts';
import { type ChangeStore, changeStore } from '../../shared/registering/change-store.ts';
import { type YoungStore, youngStore } from '../../shared/registering/young-store.ts';
import { documentClient } from '../../shared/store/client.ts';
import { type RegistrationStore, registrationStore } from '../../shared/store/registration-store.ts';
import { realSystem, type System } from '../../shared/system.ts';
import { type JobStore, jobStore } from './store/job-store.ts';
import { type WaitlistStore, waitlistStore } from './store/waitlist-store.ts';

/** Everything outside that this function's jobs touch. */
export interface Deps {
  readonly system: System;
  readonly jobs: JobStore;
  readonly waitlist: WaitlistStore;
  readonly registrations: RegistrationStore;
  readonly changes: ChangeStore;
  readonly young: YoungStore;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment('housekeeping');
  const system = realSystem;
  const tables = { registry: environment.registryTable, outbox: environment.outboxTable, care: environment.careTable };
  return {
    system,
    jobs: jobStore(client, tables.outbox),
    waitlist: waitlistStore(client, tables.registry, system),
    registrations: registrationStore(client, tables.registry, system),
    changes: changeStore(client, tables, system),
    young: youngStore(client, tables, system),
  };
}
