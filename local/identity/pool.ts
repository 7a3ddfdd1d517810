import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http.ts';
import type { Factors } from './factors.ts';
import { addressOf, type SamplePerson } from './people.ts';

/** The id of the one pool. */
export const POOL_ID = 'local_people';

const TARGET = 'AWSCognitoIdentityProviderService.';
/** Bytes of a request. */
const BODY_LIMIT = 16 * 1024;
/** "If your user pool has more users than the limit": Cognito's own for a page. */
const MOST_USERS = 60;

interface Pool {
  readonly people: readonly SamplePerson[];
  readonly factors: Factors;
}

type Input = Readonly<Record<string, unknown>>;
type Operation = (pool: Pool, input: Input) => Promise<unknown>;

/** An error as Cognito answers it. */
class PoolError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export const isForPool = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && String(headers['x-amz-target']).startsWith(TARGET);

/**
 * The three calls of Cognito's user pools that functions make, over its own protocol (AWS JSON 1.1), for the made-up people:
 * as the documents say, nothing more. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/
 */
export async function answerForPool(pool: Pool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  };
  try {
    send(200, await operate(pool, request));
  } catch (error) {
    if (!(error instanceof PoolError)) throw error;
    send(400, { __type: error.name, message: error.message });
  }
}

async function operate(pool: Pool, request: IncomingMessage): Promise<unknown> {
  if (!request.headers.authorization) {
    throw new PoolError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const name = String(request.headers['x-amz-target']).slice(TARGET.length);
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation === undefined) throw new PoolError('UnknownOperationException', `no operation ${name} on this machine`);
  const input: Input = JSON.parse((await readBody(request, BODY_LIMIT)).toString());
  if (input['UserPoolId'] !== POOL_ID) {
    throw new PoolError('ResourceNotFoundException', `User pool ${input['UserPoolId']} does not exist.`);
  }
  return operation(pool, input);
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  /** Filters are exact, and case counts. */
  async ListUsers({ people }, { Filter, AttributesToGet, Limit = MOST_USERS, PaginationToken = '0' }) {
    const [, attribute, value] = /^(sub|email) = "([^"\\]*)"$/.exec(String(Filter)) ?? [];
    if (attribute === undefined) throw new PoolError('InvalidParameterException', 'Error while parsing filter');
    const found = people.filter((person) => attributesOf(person)[attribute as 'sub' | 'email'] === value);
    const [from, to] = [Number(PaginationToken), Number(PaginationToken) + Number(Limit)];
    const wanted = AttributesToGet as readonly string[] | undefined;
    return {
      Users: found.slice(from, to).map((person) => ({
        Username: person.subject,
        Attributes: Object.entries(attributesOf(person))
          .filter(([name]) => wanted === undefined || wanted.includes(name))
          .map(([Name, Value]) => ({ Name, Value })),
        Enabled: true,
        UserStatus: 'CONFIRMED',
      })),
      ...(to < found.length && { PaginationToken: String(to) }),
    };
  },

  async AdminDeleteSoftwareToken(pool, input) {
    if (await pool.factors.remove(userOf(pool, input).subject)) return {};
    throw new PoolError('ResourceNotFoundException', 'User has no software token registration.');
  },

  async AdminUserGlobalSignOut(pool, input) {
    await pool.factors.signOut(userOf(pool, input).subject);
    return {};
  },
};

function userOf({ people }: Pool, { Username }: Input): SamplePerson {
  const found = people.find(({ subject }) => subject === Username);
  if (found === undefined) throw new PoolError('UserNotFoundException', 'User does not exist.');
  return found;
}

const attributesOf = (person: SamplePerson) => ({ sub: person.subject, email: addressOf(person) });
