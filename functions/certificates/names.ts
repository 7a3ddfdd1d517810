import type { Registration } from '../../shared/domain/registration.ts';
import type { Deps } from './deps.ts';

/** The names that are printed; or letters that no font has, without which the certificate would name someone else. */
export type PrintedNames =
  | { readonly name: string; readonly nativeName?: string | undefined }
  | { readonly undrawn: string };

/** A name in its own script that cannot be printed is left out: the other one stands for it. */
export async function namesOn(
  { certificates }: Pick<Deps, 'certificates'>,
  { fullName, nativeName }: Pick<Registration, 'fullName' | 'nativeName'>,
): Promise<PrintedNames> {
  const { undrawnIn } = await certificates();
  const undrawn = undrawnIn(fullName);
  if (undrawn !== undefined) return { undrawn };
  const isPrinted = nativeName !== undefined && nativeName !== fullName && undrawnIn(nativeName) === undefined;
  return { name: fullName, ...(isPrinted && { nativeName }) };
}
