import { describe, expect, it } from 'vitest';
import { inPlaceOf } from '../../shared/registration/change/substitution.ts';
import type { Person } from '../../shared/registration/names.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';

const before = { fullName: 'Sample Person', email: 'one@example.org', certificate: { revoked: true }, linkVersion: 1 };
const inPlace = (changes: Partial<Person>) =>
  inPlaceOf(before as Registration, { fullName: 'Sample Person', email: 'two@example.org', ...changes } as Person);

describe('a place in which somebody else is named', () => {
  it('is nobody else’s under the same name: they have answered, and a certificate that was withdrawn is not valid again', () => {
    const after = inPlace({});
    expect(after).toMatchObject({ email: 'two@example.org', certificate: { revoked: true }, linkVersion: 2 });
    expect(after.formerHolders).toBeUndefined();
  });

  it('is somebody else’s under another name', () => {
    const after = inPlace({ fullName: 'Sample Newcomer' });
    expect(after).toMatchObject({ formerHolders: 1 });
    expect(after.certificate).toBeUndefined();
  });
});
