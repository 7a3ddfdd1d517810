import type { ConsoleConfig } from '../../kernel/console-config.schema.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';

type Deps = Needs<'signIn'>;

export const getConsoleConfig =
  (deps: Deps): Handle<'getConsoleConfig'> =>
  async () =>
    cachedBriefly(json(200, deps.signIn));

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** Where organisers sign in. */
    readonly signIn: ConsoleConfig;
  }
}
