import type { Needs } from '../kernel/parts.store.ts';
import type { Registration } from '../registration/registration.schema.ts';

type Deps = Needs<'certificates'>;

/** The names that are printed; or letters that no font has, without which the certificate would name someone else. */
export type PrintedNames =
  | { readonly name: string; readonly nativeName?: string | undefined }
  | { readonly undrawn: string };

type Drawing = Pick<Deps, 'certificates'>;
type Named = Pick<Registration, 'fullName' | 'nativeName'>;

export async function namesOn(deps: Drawing, registration: Named): Promise<PrintedNames> {
  const { undrawnIn } = await deps.certificates();
  const { fullName } = registration;
  const undrawn = undrawnIn(fullName);
  return undrawn === undefined ? { name: fullName, nativeName: await nativeNameOn(deps, registration) } : { undrawn };
}

/**
 * The name in its own script, where it is printed: one that cannot be is left out, and the other one stands for it. Opens the fonts, some
 * 100 ms of a cold start, only where there is such a name.
 */
export async function nativeNameOn(
  { certificates }: Drawing,
  { fullName, nativeName }: Named,
): Promise<string | undefined> {
  if (nativeName === undefined || nativeName === fullName) return undefined;
  const { undrawnIn } = await certificates();
  return undrawnIn(nativeName) === undefined ? nativeName : undefined;
}
