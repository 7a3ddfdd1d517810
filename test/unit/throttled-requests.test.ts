import { KMSServiceException } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { type Handlers, httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { openApiDocument } from '../../shared/openapi.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { refused } from '../support/aws-errors.ts';
import { callHandler, postJson } from '../support/call.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.stubEnv(ENVIRONMENT.originKeys, JSON.stringify(['before', 'current', 'next'].map((name) => name.padEnd(43, '-'))));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** A function whose routes all fail with an error of AWS. */
async function answerOf(id: RouteId, error: Error) {
  const failing = async () => {
    throw error;
  };
  const handler = httpHandler({ [id]: ROUTES[id] } as never, () => ({ [id]: failing }) as Handlers<never>);
  const answer = await callHandler(handler as never, id, {
    ...postJson({ email: 'someone@example.org' }),
    params: { eventId: 'forum' },
  });
  return { status: answer.statusCode, type: JSON.parse(answer.body ?? '').type, headers: answer.headers };
}

it.each([
  refused('ProvisionedThroughputExceededException'),
  refused('RequestLimitExceeded'),
  refused('ThrottlingException'),
  refused('TransactionConflictException'),
  new KMSServiceException({ name: 'ThrottlingException', message: 'Rate exceeded', $fault: 'client', $metadata: {} }),
])(
  'whoever is told $name by AWS tells that it is busy, when to come again, and its log what happened',
  async (error) => {
    const { status, type, headers } = await answerOf('recoverLink', error);
    expect([status, type]).toEqual([503, 'urn:plenary:problem:busy']);
    expect(headers?.['retry-after']).toBe('2');
    expect(console.error).toHaveBeenCalledOnce();
  },
);

it.each(['InternalServerError', 'ResourceNotFoundException', 'ValidationException'])(
  '%s stays a failure',
  async (name) => {
    expect(await answerOf('recoverLink', refused(name))).toMatchObject({
      status: 500,
      type: 'urn:plenary:problem:internal',
    });
  },
);

it('is so for every route, and the document of each says it', async () => {
  const paths = Object.values(openApiDocument()['paths'] as Record<string, Record<string, { responses: object }>>);
  for (const { responses } of paths.flatMap((methods) => Object.values(methods)))
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['500', '503']));
  for (const id of Object.keys(ROUTES) as RouteId[]) {
    const admit = async () => {
      throw refused('ThrottlingException');
    };
    const handler = httpHandler(
      { [id]: ROUTES[id] } as never,
      () => ({ [id]: { admit } }) as unknown as Handlers<never>,
    );
    const names = [...ROUTES[id].path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const { statusCode, headers } = await callHandler(handler as never, id, {
      params: Object.fromEntries(names.map((name) => [name, 'x'])),
    });
    expect([statusCode, headers?.['retry-after']], id).toEqual([503, '2']);
  }
});
