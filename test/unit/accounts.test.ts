import {
  AdminDeleteSoftwareTokenCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
  ListUsersCommand,
  ResourceNotFoundException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { cognitoAccounts } from '../../shared/team/second-factor/accounts.case.ts';

const ISSUER = 'https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_AbCdEfGhI';
const POOL = 'ap-southeast-1_AbCdEfGhI';
const cognito = mockClient(CognitoIdentityProviderClient);
const { find, resetFactor } = cognitoAccounts(ISSUER, POOL);

beforeEach(() => {
  cognito.reset();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const user = (subject: string, email = 'lost@example.org') => ({
  Username: `name-of-${subject}`,
  Attributes: [
    { Name: 'sub', Value: subject },
    { Name: 'email', Value: email },
  ],
});
const theirs = memberId({ issuer: ISSUER, subject: 'theirs' });
const account = { name: 'name-of-theirs', subject: 'theirs', email: 'lost@example.org' };
const fault = (name: string) =>
  new CognitoIdentityProviderServiceException({ name, message: name, $fault: 'client', $metadata: {} });
const missing = (Type: typeof ResourceNotFoundException | typeof UserNotFoundException) =>
  new Type({ message: 'not there', $metadata: {} });

describe('CS25: an account', () => {
  it('is found by its address on any page, and is nobody else of the same address', async () => {
    cognito
      .on(ListUsersCommand)
      .resolvesOnce({ Users: [user('another'), {}], PaginationToken: 'next' })
      .resolvesOnce({ PaginationToken: 'after that' })
      .resolvesOnce({ Users: [user('theirs')] });
    expect(await find(theirs, { email: 'lost@example.org' })).toEqual(account);
    const asked = cognito.commandCalls(ListUsersCommand).map(({ args: [{ input }] }) => input);
    expect(asked.map(({ PaginationToken }) => PaginationToken)).toEqual([undefined, 'next', 'after that']);
    expect(asked[0]).toMatchObject({
      UserPoolId: POOL,
      Filter: 'email = "lost@example.org"',
      AttributesToGet: ['sub', 'email'],
    });
  });

  it('is found as its address is typed, or in small letters', async () => {
    cognito.on(ListUsersCommand, { Filter: 'email = "lost@example.org"' }).resolves({ Users: [user('theirs')] });
    cognito.on(ListUsersCommand, { Filter: 'email = "Lost@example.org"' }).resolves({ Users: [] });
    expect(await find(theirs, { email: 'Lost@example.org' })).toEqual(account);
  });

  it('is not one of another subject, nor of another issuer', async () => {
    cognito.on(ListUsersCommand).resolves({ Users: [user('another'), user('theirs')] });
    const elsewhere = memberId({ issuer: 'https://elsewhere.test', subject: 'theirs' });
    expect(await find(elsewhere, { email: 'lost@example.org' })).toBeUndefined();
    expect(await find(elsewhere, { subject: 'theirs' })).toBeUndefined();
  });
});

describe('CS25: its second factor', () => {
  it('is removed, and sessions end', async () => {
    cognito.onAnyCommand().resolves({});
    expect(await resetFactor(account)).toBe(true);
    const asked = { UserPoolId: POOL, Username: 'name-of-theirs' };
    expect(cognito.calls().map(({ args: [command] }) => [command.constructor.name, command.input])).toEqual([
      ['AdminDeleteSoftwareTokenCommand', asked],
      ['AdminUserGlobalSignOutCommand', asked],
    ]);
  });

  it('may be gone already; an account that is gone is said', async () => {
    cognito.on(AdminDeleteSoftwareTokenCommand).rejects(missing(ResourceNotFoundException));
    cognito.on(AdminUserGlobalSignOutCommand).resolves({});
    expect(await resetFactor(account)).toBe(true);
    cognito.on(AdminDeleteSoftwareTokenCommand).rejects(missing(UserNotFoundException));
    expect(await resetFactor(account)).toBe(false);
  });

  it.each([
    'TooManyRequestsException',
    'AccessDeniedException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
  ])('%s is a clear problem, of which the log knows the name', async (name) => {
    cognito.onAnyCommand().rejects(fault(name));
    for (const ask of [find(theirs, { subject: 'theirs' }), resetFactor(account)]) {
      await expect(ask).rejects.toMatchObject({ type: 'accounts-unavailable' });
    }
    expect(vi.mocked(console.error).mock.calls.map(([line]) => JSON.parse(String(line)).error)).toEqual([name, name]);
  });
});
