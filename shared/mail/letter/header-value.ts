/** Something that would reach a mail header could end it and begin another, or name another recipient. */
export class UnsafeHeaderError extends Error {
  override readonly name = 'UnsafeHeaderError';
  constructor(header: string) {
    super(`${header} holds what no mail header may`);
  }
}

const CONTROL = /[\0-\x1F\x7F-\x9F\u2028\u2029]/u;
const ONE_ADDRESS = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/u;

/** @throws UnsafeHeaderError for CR, LF and any other control character */
export function headerText(header: string, value: string): string {
  if (CONTROL.test(value)) throw new UnsafeHeaderError(header);
  return value;
}

/** @throws UnsafeHeaderError for anything but one bare address */
export function headerAddress(header: string, value: string): string {
  if (CONTROL.test(value) || !ONE_ADDRESS.test(value)) throw new UnsafeHeaderError(header);
  return value;
}
