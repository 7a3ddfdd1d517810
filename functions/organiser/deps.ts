import { readEnvironment } from '../../shared/env.ts';
import { documentClient } from '../../shared/store/client.ts';
import { type RoleStore, roleStore } from '../../shared/store/role-store.ts';

/** Everything outside that the use cases of this function touch. */
export interface Deps {
  readonly roles: RoleStore;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment('organiser');
  return { roles: roleStore(client, environment.registryTable) };
}
