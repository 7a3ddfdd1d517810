import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, it } from 'vitest';
import { decodeBody } from '../../shared/kernel/http/body.ts';
import { ROUTES } from '../../shared/routes.ts';

it('AB1, RE10: half a character in JSON is read as one that can be stored, as in a form', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = String.raw`{"email":"a\ud83d","more":["\udc00 x","\ud83d\ude00"]}`;
  const event = { headers, body } as unknown as APIGatewayProxyEventV2;
  const read = await decodeBody(ROUTES.recoverLink, event);
  expect(read).toEqual({ email: 'a\ufffd', more: ['\ufffd x', '\u{1f600}'] });
});
