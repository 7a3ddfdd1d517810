import {
  AdminDeleteSoftwareTokenCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
  ResourceNotFoundException,
  UserNotFoundException,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { EventDefinition } from '../../event/event.ts';
import { reportEnd, retentionEnd } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { memberId } from '../../kernel/identity.store.ts';
import { logger, watched } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Member } from '../role/role.store.ts';
import { concernsChildren } from './factor-reset.ts';

/** A member's account where they sign in. */
export interface Account {
  /** As Cognito's calls name it. */
  readonly name: string;
  /** What tokens say of whose it is. */
  readonly subject: string;
  /** With which they sign in. */
  readonly email: string | undefined;
}

/** Accounts of our own user pool. */
export interface Accounts {
  /**
   * The account of a member and of nobody else: whatever is looked for, its issuer and subject make the member's id.
   *
   * @throws ProblemError `accounts-unavailable`
   */
  readonly find: (
    memberId: string,
    by: { readonly email: string } | { readonly subject: string },
  ) => Promise<Account | undefined>;
  /**
   * Removes the second factor and ends sessions. Twice is a success twice.
   *
   * @returns whether there still is such an account
   * @throws ProblemError `accounts-unavailable`: it may have happened
   */
  readonly resetFactor: (account: Account) => Promise<boolean>;
}

/**
 * `AdminSetUserMFAPreference` would not do: "This operation doesn't reset an existing TOTP MFA for a user", nor can it turn
 * TOTP off where the pool requires a second factor.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteSoftwareToken.html
 */
export function cognitoAccounts(issuer: string, UserPoolId: string): Accounts {
  const client = watched(new CognitoIdentityProviderClient({}));

  async function search(Filter: string, id: string): Promise<Account | undefined> {
    let PaginationToken: string | undefined;
    do {
      const page = await client.send(
        new ListUsersCommand({ UserPoolId, Filter, AttributesToGet: ['sub', 'email'], PaginationToken }),
      );
      const found = page.Users?.map(accountOf).find(
        (account) => account !== undefined && memberId({ issuer, subject: account.subject }) === id,
      );
      if (found !== undefined) return found;
      ({ PaginationToken } = page);
    } while (PaginationToken !== undefined);
    return undefined;
  }

  return {
    find: (id, by) =>
      available(async () => {
        if ('subject' in by) return search(equals('sub', by.subject), id);
        // Case counts in filters, and does not in signing in.
        const spellings = new Set([by.email, by.email.toLowerCase()]);
        for (const email of spellings) {
          const found = await search(equals('email', email), id);
          if (found !== undefined) return found;
        }
        return undefined;
      }),

    resetFactor: ({ name: Username }) =>
      available(async () => {
        try {
          await client.send(new AdminDeleteSoftwareTokenCommand({ UserPoolId, Username })).catch(ignoreMissing);
          // The finder of a lost phone may be signed in on it: no refresh token of it is taken any more.
          await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
          return true;
        } catch (error) {
          if (error instanceof UserNotFoundException) return false;
          throw error;
        }
      }),
  };
}

/** "Returns a ResourceNotFoundException when the user has no software token registration to delete." The pool was found just before. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof ResourceNotFoundException)) throw error;
}

/** Neither of the two can hold what would end it: addresses are checked before, subjects come from Cognito. */
const equals = (attribute: 'sub' | 'email', value: string): string => `${attribute} = "${value.replace(/["\\]/g, '')}"`;

function accountOf({ Username: name, Attributes = [] }: UserType): Account | undefined {
  const attribute = (wanted: string) => Attributes.find(({ Name }) => Name === wanted)?.Value;
  const subject = attribute('sub');
  return name === undefined || subject === undefined ? undefined : { name, subject, email: attribute('email') };
}

/** Throttled, refused, or not answered: nothing of it is known to the organiser who pressed, and all of it to the log. */
async function available<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    logger.error('accounts unavailable', { error });
    throw new ProblemError('accounts-unavailable');
  }
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** Where organisers sign in, as long as it is ours. */
    readonly accounts: Accounts | undefined;
  }
}

type Deps = Needs<'events' | 'listEvents' | 'roles' | 'system'>;

/** Another event, in which a member answers for children. */
export interface Elsewhere {
  /** In its first language. */
  readonly event: EventDefinition<string>;
  readonly team: readonly Member[];
}

/**
 * An account is the same in all events: where two organisers of one reset it, its owner has an hour to object for the others. One
 * read for each event, and three more for each in which they answer for children.
 */
export async function answersElsewhere(deps: Deps, eventId: string, memberId: string): Promise<readonly Elsewhere[]> {
  const others = (await deps.listEvents()).filter((each) => each !== eventId);
  const now = deps.system.now();
  const found = await Promise.all(
    others.map(async (other): Promise<readonly Elsewhere[]> => {
      const member = await deps.roles.read(other, memberId);
      if (member === undefined || !concernsChildren(member.grants)) return [];
      const event = (await deps.events.readEvent(other, ''))?.event;
      return event === undefined || isOver(event, now) ? [] : [{ event, team: await deps.roles.list(other) }];
    }),
  );
  return found.flat();
}

/** Nothing is left there that concerns children, nor what was reported in the last days on which anything was; a rehearsal counts nowhere. */
const isOver = (event: EventDefinition<string>, now: Date): boolean =>
  event.rehearsal === true || reportEnd(event, new Date(retentionEnd(event) * 1000)) * 1000 <= now.getTime();
