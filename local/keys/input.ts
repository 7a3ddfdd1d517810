import { KmsError } from './error.ts';

type Input = Readonly<Record<string, unknown>>;

/** A binary value that must be there, 1 to `limit` bytes. */
export function blob(input: Input, name: string, limit: number): Buffer {
  const value = input[name];
  if (typeof value !== 'string') throw invalid(name, 'Member must not be null');
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length < 1 || bytes.length > limit) throw invalid(name, `Member must have length between 1 and ${limit}`);
  return bytes;
}

/** An algorithm that the key can do; KMS calls any other a wrong use of the key. */
export function oneOf(input: Input, name: string, allowed: readonly string[]): void {
  const value = input[name];
  if (value === undefined) throw invalid(name, 'Member must not be null');
  if (!allowed.includes(String(value))) {
    throw new KmsError(
      'InvalidKeyUsageException',
      `Algorithm ${value} is incompatible with this key: ${allowed.join(', ')}`,
    );
  }
}

/** The encryption context in one canonical form: its order does not matter. */
export function context(input: Input): Buffer {
  const pairs = Object.entries((input.EncryptionContext ?? {}) as Record<string, string>);
  return Buffer.from(JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1))));
}

function invalid(name: string, constraint: string): KmsError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return new KmsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
