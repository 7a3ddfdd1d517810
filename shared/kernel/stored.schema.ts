import * as z from 'zod';
import { once } from './once.ts';
import type { Purpose, Retention, Use } from './purposes.ts';

/** An attribute of what is stored: what it may be, and why and for how long it is kept (CS18). */
interface Field<Schema extends z.core.$ZodType = z.core.$ZodType> {
  readonly schema: Schema;
  readonly use: Use;
}

/** Declares an attribute. `impersonal` is what says nothing of any attendee. */
export const field = <Schema extends z.core.$ZodType>(
  schema: Schema,
  purpose: Purpose | 'impersonal',
  retention: Retention,
): Field<Schema> => ({ schema, use: [purpose, retention] });

type Fields = Readonly<Record<string, Field>>;
type SchemaOf<Of extends Fields> = z.ZodObject<{ [Name in keyof Of]: Of[Name]['schema'] }, z.core.$strip>;

export interface Declared<Of extends Fields = Fields> {
  readonly fields: () => Of;
}

/** A schema of what is stored, which is made at its first use, and the fields that it is made of. */
export interface Stored<Of extends Fields> extends Declared<Of> {
  (): SchemaOf<Of>;
}

/**
 * Declares what is stored, attribute by attribute: one without purpose and retention does not compile. Keys, and the time to forget
 * an item, are kept for what they lead to.
 */
export function stored<Of extends Fields>(make: () => Of): Stored<Of> {
  const fields = once(make);
  const schema = once(
    () =>
      z.object(
        Object.fromEntries(Object.entries(fields()).map(([name, { schema: of }]) => [name, of])),
      ) as unknown as SchemaOf<Of>,
  );
  return Object.assign(schema, { fields });
}

/** What a schema reads, and no code changes. */
export type Output<Schema extends () => z.core.$ZodType> = Immutable<z.output<ReturnType<Schema>>>;

/** What cannot be changed, at any depth. */
export type Immutable<T> = T extends string | number | boolean | undefined | Uint8Array
  ? T
  : T extends readonly (infer Each)[]
    ? readonly Immutable<Each>[]
    : { readonly [Name in keyof T]: Immutable<T[Name]> };
