import type { DocumentClient } from './dynamo/client.store.ts';
import type { EnvironmentKey } from './env.ts';
import type { System } from './system.store.ts';

/*
 * A use case names the parts that it needs (`Needs`), a store names what it is made of (`Given`), and a function puts both together
 * (`depsOf`): what its manifest does not name is not there to make a part of.
 */

/**
 * Everything outside that use cases touch, by the one name that each part has. Whoever defines a part adds it to this interface, beside
 * its definition.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled where parts are defined.
export interface Parts {}

/** What a use case needs of it. */
export type Needs<Name extends keyof Parts> = Pick<Parts, Name>;

/** What a store of some tables is made of: their physical names. */
export type Database<Table extends EnvironmentKey> = Readonly<Record<Table, string>> & {
  readonly client: DocumentClient;
};

/** The same, with time and chance, or what of these it needs. */
export type Given<Variable extends EnvironmentKey, Of extends keyof System = keyof System> = Database<Variable> & {
  readonly system: Pick<System, Of>;
};
