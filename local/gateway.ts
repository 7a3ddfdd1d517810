import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FunctionName } from '../shared/kernel/manifest.ts';
import type { RunningFunction } from './functions/function.ts';
import { errorAnswer, type GatewayAnswer, toAnswer } from './gateway/answer.ts';
import { assetAnswer, checkinAnswer, consoleAnswer } from './gateway/assets.ts';
import type { Authorize } from './gateway/authorizer.ts';
import { chooseRoute } from './gateway/choose-route.ts';
import { sendThroughEdge, throughDistribution } from './gateway/edge.ts';
import { toEvent } from './gateway/event.ts';
import { BodyTooLarge, type Listening, listen, readBody } from './http.ts';

export interface GatewayOptions {
  readonly functions: Readonly<Record<FunctionName, Pick<RunningFunction, 'invoke'>>>;
  /** Stands before the routes for organisers. */
  readonly authorize: Authorize;
  /** Built static files. */
  readonly assets: string;
  /** Of the organisers' accounts: the one other place that the console talks to. */
  readonly issuer: string;
  /** What functions know requests by that came through here. */
  readonly originKey: string;
  /** 0 for any free one. */
  readonly port: number;
}

/** API Gateway's limits for HTTP APIs: bytes of a request, milliseconds until it stops waiting for a function. */
const BODY_LIMIT = 10 * 1024 * 1024;
const INTEGRATION_TIMEOUT_MS = 30_000;

/**
 * CloudFront, the bucket and API Gateway in one: static files, else the routes that are deployed, each handed to its
 * function.
 *
 * @throws the system's error when the port is taken
 */
export function startGateway({
  functions,
  authorize,
  assets,
  issuer,
  originKey,
  port,
}: GatewayOptions): Promise<Listening> {
  async function answer(request: IncomingMessage): Promise<GatewayAnswer> {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    return (
      (await assetAnswer(assets, path, request.method)) ??
      (await consoleAnswer(assets, path, request.method, issuer)) ??
      (await checkinAnswer(assets, path, request.method)) ??
      callFunction(request, path)
    );
  }

  async function callFunction(request: IncomingMessage, path: string): Promise<GatewayAnswer> {
    throughDistribution(request, originKey);
    const chosen = chooseRoute(request.method ?? 'GET', path);
    if (chosen === undefined) return errorAnswer(404, 'Not Found');
    if (chosen === 'malformed') return errorAnswer(400, 'Bad Request');
    try {
      const asksWho = chosen.route.forOrganisers;
      const claims = asksWho ? await authorize(request.headers.authorization) : undefined;
      if (asksWho && claims === undefined) return errorAnswer(401, 'Unauthorized', [['www-authenticate', 'Bearer']]);
      const body = await readBody(request, BODY_LIMIT);
      const event = toEvent(request, chosen, body, { requestId: randomUUID(), now: new Date(), claims });
      const result = await inTime(functions[chosen.route.function].invoke(event));
      return result === TOO_LATE ? errorAnswer(503, 'Service Unavailable') : toAnswer(result);
    } catch (error) {
      if (error instanceof BodyTooLarge) return errorAnswer(413, 'Request Entity Too Large');
      return errorAnswer(500, 'Internal Server Error');
    }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    sendThroughEdge(request, response, await answer(request));
  };
  return listen((request, response) => {
    handle(request, response).catch(() => response.destroy());
  }, port);
}

const TOO_LATE = Symbol('too late');

function inTime(result: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(TOO_LATE), INTEGRATION_TIMEOUT_MS);
  });
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}
