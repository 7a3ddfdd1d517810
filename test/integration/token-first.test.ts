import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CONTENT_TYPE } from '../../shared/kernel/http/body.ts';
import type { Route } from '../../shared/kernel/route.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { type Call, call } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { ISSUER, type Parts, startParts } from '../support/parts.ts';

/*
 * A caller without a token learns that, and nothing of what they sent is looked at: every route that is not for everyone, with
 * everything that can be wrong with a query or a body.
 */

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
});
afterAll(() => parts?.stop());

const EVENT = 'asean-ict-forum';
const BEHIND_TOKENS = Object.entries<Route>(ROUTES).flatMap(([id, route]) =>
  route.auth === 'public' ? [] : [{ id: id as RouteId, route }],
);

/** As broken links are, and as forged ones would be: of a registration, of what has a name by HMAC, of mail. */
const TOKENS = [
  'nonsense',
  'x'.repeat(3000),
  `${EVENT}.7K3M9QX2AB.${'A'.repeat(22)}`,
  `${EVENT}.${'A'.repeat(22)}.${'A'.repeat(22)}`,
  `${EVENT}.r.7K3M9QX2AB.${'A'.repeat(22)}`,
];

const VALUES = ['', 'x', 'x'.repeat(6000)];

/** A query in which each name that can be refused has a value that is. */
function refusedQuery({ query }: Route): Record<string, string> {
  const refused = Object.entries(query?.shape ?? {}).flatMap(([name, schema]) =>
    VALUES.filter((value) => !z.safeParse(schema, value).success).map((value) => [name, value]),
  );
  return Object.fromEntries(refused);
}

/** Requests that a route does not take: by its query, if it can refuse one, and by its body, each refused for another reason. */
const requestsOf = (route: Route): Call[] => [
  { query: refusedQuery(route) },
  ...(route.body === undefined ? [] : bodiesOf(route)),
];

/** Bodies that no route takes: 413, 415, 400 three times, 422 twice. */
function bodiesOf({ bodyFormat = 'json', bodyLimit = 0 }: Route): Call[] {
  const right = { 'content-type': CONTENT_TYPE[bodyFormat] };
  const stranger = bodyFormat === 'json' ? '{"stranger":1}' : 'stranger=1';
  return [
    { headers: right, body: 'x'.repeat(bodyLimit + 1) },
    { headers: { 'content-type': 'text/plain' }, body: '{}' },
    { headers: right, body: Buffer.from([0xff, 0xfe, 0xfd]) },
    { headers: right, body: '{' },
    { headers: right },
    { headers: right, body: stranger },
    { headers: right, body: bodyFormat === 'json' ? '{"__proto__":1}' : '__proto__=1' },
  ];
}

const paramsOf = (token: string): Record<string, string> => ({
  ...{ eventId: EVENT, token, form: 'event', formId: 'event', reference: '7K3M9QX2AB', member: 'A'.repeat(43) },
  ...{ sessionId: 'opening', memberId: 'A'.repeat(43), invitationId: 'A'.repeat(43), quotaId: 'all' },
  ...{
    handOverId: 'H'.repeat(22),
    messageId: 'M'.repeat(22),
    bulkId: 'B'.repeat(22),
    tagId: 'a2345678',
    noteId: 'a2345678',
    viewId: 'a2345678',
    listId: 'event',
    ticket: 'A'.repeat(22),
    deviceId: 'A'.repeat(22),
  },
});

it('finds every kind of token', () => {
  expect(new Set(BEHIND_TOKENS.map(({ route }) => route.auth))).toEqual(
    new Set([
      'registration',
      'guardian',
      'coordinator',
      'unconfirmed',
      'address',
      'mailbox',
      'feedback',
      'device',
      'canary',
      'organiser',
    ]),
  );
});

it('finds the routes whose query can be refused', () => {
  const refusing = BEHIND_TOKENS.filter(({ route }) => Object.keys(refusedQuery(route)).length > 0);
  expect(refusing.map(({ id }) => id).sort()).toEqual([
    'deleteCheckInList',
    'exportAudit',
    'exportHandedOut',
    'exportWhoCame',
    'getRoster',
    'listAlikeReports',
    'listAudit',
    'listBadges',
    'listHandedOut',
    'listRegistrationAudit',
    'listReports',
    'listWhoCame',
    'loadAttendance',
    'loadPeople',
    'nameNotYetHere',
    'projectArrivals',
    'searchPeople',
    'showArrivalBoard',
    'showBulk',
    'showMessage',
    'showPersonPage',
  ]);
});

describe('B1: a bad token is looked at before the query and the body', () => {
  const behindLinks = BEHIND_TOKENS.filter(({ route }) => route.auth !== 'organiser');

  it.each(behindLinks)('by $id, whatever is wrong with the request', async ({ id, route }) => {
    // A form that waits to be confirmed is gone after a day: its link is then the address of nothing.
    const refused = route.auth === 'unconfirmed' ? 404 : 401;
    const inHeader = route.headers?.shape['authorization'] !== undefined;
    for (const token of TOKENS) {
      for (const sent of requestsOf(route)) {
        const headers = { ...sent.headers, ...(inHeader && { authorization: `Bearer ${token}` }) };
        const { statusCode } = await call(id, { ...sent, params: paramsOf(token), headers });
        expect([token.slice(0, 60), String(sent.body).slice(0, 20), statusCode]).toEqual([
          token.slice(0, 60),
          String(sent.body).slice(0, 20),
          refused,
        ]);
      }
    }
    if (!inHeader) return;
    for (const sent of requestsOf(route))
      expect((await call(id, { ...sent, params: paramsOf('') })).statusCode).toBe(401);
  });

  it.each(BEHIND_TOKENS.filter(({ route }) => route.auth === 'organiser'))(
    'by $id, whatever is wrong with the request: who signed in is asked for their roles first',
    async ({ id, route }) => {
      if (route.auth !== 'organiser' || route.ticks === 'signed-in') return;
      for (const sent of requestsOf(route)) {
        const stranger = { issuer: ISSUER, subject: 'nobody' };
        expect((await call(id, { ...sent, params: paramsOf(''), caller: stranger })).statusCode).toBe(403);
      }
    },
  );
});
