import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, it } from 'vitest';
import { readDefinition } from '../../shared/event/definition/check-definition.case.ts';
import { storedEvent } from '../../shared/event/definition/event-definition.schema.ts';
import { decodeBody } from '../../shared/kernel/http/body.ts';
import { ROUTES } from '../../shared/routes.ts';
import { forum } from '../support/forum.ts';

it('AB1, RE10: half a character in JSON is read as one that can be stored, as in a form', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = String.raw`{"email":"a\ud83d","more":["\udc00 x","\ud83d\ude00"]}`;
  const event = { headers, body } as unknown as APIGatewayProxyEventV2;
  const read = await decodeBody(ROUTES.recoverLink, event);
  expect(read).toEqual({ email: 'a\ufffd', more: ['\ufffd x', '\u{1f600}'] });
});

it.each(['0000-01-01', '0002-11-02', '9999-12-31'])('RE10: what is moved to %s is refused', (date) => {
  const instant = `${date}T23:59:59-12:00`;
  const { success: isCopied } = ROUTES.copyEvent.body.safeParse({ id: 'copy', title: { en: 'Copy' }, firstDay: date });
  const { success: isOpened } = ROUTES.changeRegistrationWindow.body.safeParse({ version: 1, closesAt: instant });
  const { registration } = forum();
  const { definition } = readDefinition(forum({ registration: { ...registration, opensAt: instant } }));
  expect([isCopied, isOpened, definition]).toEqual([false, false, undefined]);
  // What was stored before that is read as ever.
  expect(storedEvent.unwrap().shape.registration.shape.opensAt.parse(instant)).toBe(instant);
});
