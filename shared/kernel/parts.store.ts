import type { KMSClient } from '@aws-sdk/client-kms';
import type { DocumentClient } from './dynamo/client.store.ts';
import { type EnvironmentKey, readEnvironment } from './env.ts';
import { realSystem, type System } from './system.store.ts';

/*
 * A use case names the parts that it needs (`Needs`), a store names what it is made of (`Given`), and the entry of a function puts both
 * together (`depsOf`): a part of a table or key that its manifest does not name does not compile, nor does a use case without a part.
 */

/**
 * Everything outside that use cases touch, by the one name that each part has. What defines a part adds it here, beside its definition.
 */
export interface Parts {
  readonly system: System;
  readonly client: DocumentClient;
  /** Physical names of tables. */
  readonly registry: string;
  readonly outboxTable: string;
  readonly auditTable: string;
  readonly careTable: string;
  readonly feedbackTable: string;
  /** Physical names, for what is written along with a registration. */
  readonly tables: Readonly<Record<'registry' | 'outbox' | 'care', string>>;
  /** `https://host`: what links begin with, and where passkeys are made and used. */
  readonly siteUrl: string;
  /** The address mail comes from: what to look for in the inbox. */
  readonly sender: string;
  /** `https://host/path` of the provider where organisers sign in. */
  readonly issuer: string;
}

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

/** What is made of a key. */
export type Keys<Key extends EnvironmentKey> = Readonly<Record<Key, string>> & { readonly kms: KMSClient };

interface Named<Variable extends EnvironmentKey> {
  readonly name: string;
  readonly environment: readonly Variable[];
}

/** Parts that are what a variable says, by its name. */
const PLAIN = {
  ...({ registry: 'registry', outboxTable: 'outbox', auditTable: 'audit', careTable: 'care' } as const),
  ...({ feedbackTable: 'feedback', siteUrl: 'siteUrl', sender: 'mailFrom', issuer: 'oidcIssuer' } as const),
} satisfies Partial<Record<keyof Parts, EnvironmentKey>>;

type Plain<Variable> = {
  readonly [Name in keyof typeof PLAIN as (typeof PLAIN)[Name] extends Variable ? Name : never]: string;
};

/**
 * Makes the parts of a function once, at its cold start, of what its manifest names: what is no more than a name, or a client, is there of itself.
 *
 * @param clients of AWS, each of which only some functions bundle
 * @throws Error that names every variable that is missing
 */
export function depsOf<Variable extends EnvironmentKey, Clients, Made>(
  manifest: Named<Variable>,
  clients: Clients,
  parts: {
    readonly [Name in keyof Made]: (
      given: Readonly<Record<Variable, string>> & Clients & { readonly system: System },
    ) => Made[Name];
  },
): Readonly<Made> & Plain<Variable> & Readonly<Clients> & Needs<'system'> {
  const named = readEnvironment(manifest);
  const given = { ...clients, ...named, system: realSystem };
  const plain = Object.entries(PLAIN).map(([name, variable]) => [name, named[variable as Variable]]);
  const made = Object.entries<(from: typeof given) => unknown>(parts).map(([name, make]) => [name, make(given)]);
  return { ...clients, system: realSystem, ...Object.fromEntries([...plain, ...made]) };
}
