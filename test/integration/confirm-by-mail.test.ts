import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { MOST_MAIL_TURNS } from '../../shared/kernel/keys/pass.store.ts';
import { hashCode } from '../../shared/registration/hashes.store.ts';
import { toInvitationItem } from '../../shared/registration/invitation/invitation-item.schema.ts';
import { byMail, editionIn } from '../support/by-mail.ts';
import { call, postForm } from '../support/call.ts';
import { CANARY, CARE_ANSWERS, careForum } from '../support/care.ts';
import { COORDINATOR } from '../support/delegation.ts';
import { formFields, forum } from '../support/forum.ts';
import { raiseGuard } from '../support/guard.ts';
import { type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { outboxInserts } from '../support/stream.ts';
import { youngFields } from '../support/young.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Only the clock: whatever waits goes on waiting in real time. */
const later = (milliseconds: number) => vi.useFakeTimers({ now: Date.now() + milliseconds, toFake: ['Date'] });

const who = 'someone@example.org';

/** An event under attack, and what people without scripts do in it. */
async function attacked(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, changes);
  await raiseGuard(parts, id);
  return { ...event, ...byMail(parts, id, event.deps.secrets) };
}

const mailed = async (address: string): Promise<{ subject: string; text: string; html: string }[]> => {
  const { handler } = await import('../../functions/outbox/index.ts');
  await handler(await outboxInserts(parts));
  return (await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json()) as never;
};

describe('AB4: without scripts a form is confirmed by a mailed link', () => {
  it('is asked for by the form that comes back, which any of its buttons then sends', async () => {
    const event = await attacked('asked-for');
    const { statusCode, body = '' } = await call('postForm', {
      params: { eventId: event.id },
      ...postForm(formFields({ email: who })),
    });
    expect(statusCode).toBe(403);
    expect(/<noscript>[\s\S]*<\/noscript>/.exec(body)?.[0]).toContain(
      '<input type="hidden" name="byMail" value="yes">',
    );
    expect(await event.forms()).toEqual([]);
  });

  it('waits without a seat, then registers by the press of a button, and twice is a success twice (AU3)', async () => {
    const event = await attacked('confirmed-by-mail', { quotas: [quota('room', ROOM)] });
    const sent = await event.send(who);
    expect([sent.statusCode, sent.headers?.['location']]).toEqual([
      303,
      '/e/confirmed-by-mail/thanks?lang=en&sent=confirm',
    ]);
    expect((await readRegistry(parts, event.id)).registrations).toEqual([]);
    expect((await readRegistry(parts, event.id)).counters.get('room##0')?.taken ?? 0).toBe(0);

    const token = await event.linkOf(who);
    const page = (await event.open(token)).body ?? '';
    expect(page).toContain('Somchai Sample');
    for (const _ of [1, 2]) {
      const { statusCode, headers } = await event.press(token, editionIn(page));
      expect([statusCode, headers?.['location']]).toEqual([303, `/c/${token}?lang=en`]);
    }
    expect((await event.open(token)).body).toContain('you have confirmed');
    expect(await event.registrationOf(who)).toMatchObject({ status: 'confirmed', fullName: 'Somchai Sample' });
    expect(await event.kindsTo(who)).toEqual(['confirm-registration', 'confirmed']);
    await event.expectExact();
    // Nothing that was typed is left beside the registration.
    expect(JSON.stringify(await event.forms())).not.toMatch(/someone|Somchai/);
  });

  it('keeps a country that the event left out while it waited', async () => {
    const event = await attacked('left-out-meanwhile');
    await event.send(who, { country: 'FR' });
    const token = await event.linkOf(who);
    const { edition } = await event.waiting(who);
    await parts.publish(forum({ id: event.id, version: 2, countries: { leftOut: ['FR'] } }));
    expect((await event.press(token, edition)).statusCode).toBe(303);
    expect(await event.registrationOf(who)).toMatchObject({ status: 'confirmed', country: 'FR' });
  });

  it('two presses at once register once', async () => {
    const event = await attacked('pressed-at-once', { quotas: [quota('room', { ...ROOM, capacity: 5 })] });
    await event.send(who);
    const token = await event.linkOf(who);
    const { edition } = await event.waiting(who);
    const answers = await Promise.all([1, 2, 3].map(() => event.press(token, edition)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    expect((await readRegistry(parts, event.id)).registrations).toHaveLength(1);
    expect(await event.kindsTo(who)).toEqual(['confirm-registration', 'confirmed']);
    await event.expectExact();
  });

  it('AU2: opening the link, a hundred times and by scanners, changes nothing', async () => {
    const event = await attacked('opened');
    await event.send(who);
    const token = await event.linkOf(who);
    const before = await scan(parts, 'registry');
    for (let n = 0; n < 50; n += 1) {
      expect((await event.open(token)).statusCode).toBe(200);
      expect((await call('showConfirm', { params: { token }, method: 'HEAD' })).statusCode).toBe(200);
    }
    expect(await scan(parts, 'registry')).toEqual(before);
  });

  it('AB3: the mail says nothing that was typed, and leads to the page by its link', async () => {
    const event = await attacked('mailed-link');
    await event.send('first-mail@example.org', { fullName: 'Xyzzy Plugh', organisation: 'Frobozz', language: 'km' });
    const [mail, ...others] = await mailed('first-mail@example.org');
    expect(others).toEqual([]);
    expect(JSON.stringify(mail)).not.toMatch(/Xyzzy|Plugh|Frobozz|Policy officer/);
    const token = new RegExp(`${SITE_URL}/c/([\\w.-]+)`).exec(mail?.text ?? '')?.[1];
    expect(token).toBe(await event.linkOf('first-mail@example.org'));
    expect(mail?.text).toContain('សូមបញ្ជាក់');
  });

  it('is needed no more once the attack is over: the form registers at once', async () => {
    const event = await openEvent(parts, 'quiet-again');
    const { send, forms } = byMail(parts, event.id, event.deps.secrets);
    expect((await send(who)).headers?.['location']).toBe('/e/quiet-again/thanks?lang=en');
    expect([(await event.registrationOf(who)).status, await forms()]).toEqual(['confirmed', []]);
  });

  it('refuses fields that have to change first, and keeps nothing of those under 18', async () => {
    const event = await attacked('refused-by-mail');
    expect((await event.send('no address')).statusCode).toBe(422);
    expect((await event.send(who, { ageBand: 'minor' })).headers?.['location']).toContain('/register/young');
    expect((await event.send(who, {}, [['admin', 'yes']])).statusCode).toBe(422);
    expect(await event.forms()).toEqual([]);
  });
});

describe('AB2: nobody’s inbox is filled by it', () => {
  it('an address gets the link once in half an hour, and it leads to what was sent last', async () => {
    const event = await attacked('sent-often');
    await event.send(who, { fullName: 'First Sample' });
    const token = await event.linkOf(who);
    const first = editionIn((await event.open(token)).body);
    for (let n = 0; n < 5; n += 1) expect((await event.send(who, { fullName: `Sample ${n}` })).statusCode).toBe(303);
    expect(await event.kindsTo(who)).toEqual(['confirm-registration']);
    expect(await event.linkOf(who)).toBe(token);

    // What was not looked at is not confirmed: someone else may have sent it.
    const stale = await event.press(token, first);
    expect(stale.statusCode).toBe(409);
    expect(stale.body).toContain('sent once more in the meantime');
    expect(stale.body).toContain('Sample 4');
    expect((await readRegistry(parts, event.id)).registrations).toEqual([]);
    await event.press(token, editionIn(stale.body));
    expect((await event.registrationOf(who)).fullName).toBe('Sample 4');
  });

  it('the same form again is the same form', async () => {
    const event = await attacked('sent-twice');
    await Promise.all([event.send(who), event.send(who)]);
    const { edition } = await event.waiting(who);
    await event.send(who);
    expect((await event.waiting(who)).edition).toBe(edition);
    expect(await event.kindsTo(who)).toEqual(['confirm-registration']);
  });

  it('another spelling of an address has no form of its own', async () => {
    const event = await attacked('spelt');
    await event.send('Someone@Example.org');
    await event.send(who, { fullName: 'Other Sample' });
    expect(await event.forms()).toHaveLength(1);
  });

  it('an event mails a few in a minute, whoever asks; the others get their form back, complete', async () => {
    const event = await attacked('few-turns');
    vi.useFakeTimers({ now: new Date(Math.ceil(Date.now() / MINUTE) * MINUTE), toFake: ['Date'] });
    const answers = await Promise.all(
      Array.from({ length: MOST_MAIL_TURNS + 10 }, (_, n) => event.send(`many-${n}@example.org`, { mode: 'online' })),
    );
    const taken = answers.filter(({ statusCode }) => statusCode === 303);
    const back = answers.filter(({ statusCode }) => statusCode === 403);
    expect([taken.length, back.length]).toEqual([MOST_MAIL_TURNS, 10]);
    expect(back[0]?.body).toContain('Somchai Sample');
    expect(await event.forms()).toHaveLength(MOST_MAIL_TURNS);
    later(MINUTE);
    await raiseGuard(parts, event.id);
    expect((await event.send('next-minute@example.org')).statusCode).toBe(303);
  });
});

describe('AU5: nobody learns who is registered', () => {
  it('a form by mail is answered, and kept, the same for known and unknown addresses', async () => {
    const event = await openEvent(parts, 'known-by-mail');
    await event.register('known@example.org');
    await raiseGuard(parts, event.id);
    const { send, waiting, linkOf, press } = byMail(parts, event.id, event.deps.secrets);
    const answer = async (email: string) => {
      const { cookies: _, ...seen } = await send(email, { fullName: 'Other Sample' });
      return seen;
    };
    expect(await answer('known@example.org')).toEqual(await answer('fresh@example.org'));
    expect(Object.keys(await waiting('known@example.org'))).toEqual(Object.keys(await waiting('fresh@example.org')));

    // The reader of the mailbox is told by mail, as ever, and what they had stays as it was.
    const token = await linkOf('known@example.org');
    expect((await press(token, (await waiting('known@example.org')).edition)).statusCode).toBe(303);
    expect((await event.registrationOf('known@example.org')).fullName).toBe('Somchai Sample');
    expect(await event.kindsTo('known@example.org')).toEqual([
      'confirmed',
      'confirm-registration',
      'already-registered',
    ]);
  });
});

describe('CS11: what should be arranged', () => {
  it('is kept nowhere until someone is registered, and they are told so', async () => {
    const event = await attacked('needs-by-mail', careForum());
    const needs = Object.entries(CARE_ANSWERS).flatMap(([id, value]) =>
      [value].flat().map((each): [string, string] => [`answers.${id}`, each]),
    );
    expect((await event.send(who, {}, needs)).statusCode).toBe(303);
    const token = await event.linkOf(who);
    const page = (await event.open(token)).body ?? '';
    expect(page).toContain('was not kept');
    await event.press(token, editionIn(page));
    expect((await event.registrationOf(who)).status).toBe('confirmed');
    for (const table of ['registry', 'outbox', 'audit', 'care'] as const) {
      const text = JSON.stringify((await scan(parts, table)).filter((item) => item['eventId'] === event.id));
      expect(text).not.toContain(CANARY);
      expect(text).not.toMatch(/vegan|"food"|"help"/);
    }
  });
});

describe('what happens in the meantime', () => {
  it('registration closes: it says so, and nobody is registered', async () => {
    const event = await attacked('closed-meanwhile');
    await event.send(who);
    const token = await event.linkOf(who);
    const { edition } = await event.waiting(who);
    const closed = { opensAt: '2020-01-01T00:00:00+07:00', closesAt: '2020-02-01T00:00:00+07:00' };
    const { version: _, ...definition } = forum({ id: event.id, registration: closed });
    await parts.publish({ ...definition, version: 2 } as EventDefinition);
    for (const answer of [await event.open(token), await event.press(token, edition)]) {
      expect(answer.statusCode).toBe(409);
      expect(answer.body).toContain('Registration is closed');
    }
    expect((await readRegistry(parts, event.id)).registrations).toEqual([]);
  });

  it('the last seat is taken: they wait, as anyone', async () => {
    const event = await attacked('full-meanwhile', { quotas: [quota('room', ROOM)] });
    await event.send(who);
    await event.send('quicker@example.org');
    for (const email of ['quicker@example.org', who]) {
      await event.press(await event.linkOf(email), (await event.waiting(email)).edition);
    }
    expect((await event.registrationOf('quicker@example.org')).status).toBe('confirmed');
    expect((await event.registrationOf(who)).status).toBe('waitlisted');
    await event.expectExact();
  });

  it('an invitation code is used up: the form comes back with all answers; the code itself is stored nowhere', async () => {
    const { categories } = forum();
    const approval = categories.map((each) => (each.id === 'media' ? { ...each, approval: true } : each));
    const event = await attacked('code-meanwhile', { categories: approval });
    await invite(event, 'LAST-ONE-42');
    for (const email of [who, 'quicker@example.org']) {
      const sent = await event.send(email, { category: 'media', invitation: 'last-one-42', mode: 'online' });
      expect(sent.statusCode).toBe(303);
    }
    expect(JSON.stringify(await event.forms())).not.toMatch(/last-one/i);
    const press = async (email: string) => event.press(await event.linkOf(email), (await event.waiting(email)).edition);
    expect((await press('quicker@example.org')).statusCode).toBe(303);
    expect((await event.registrationOf('quicker@example.org')).status).toBe('confirmed');
    const back = await press(who);
    expect(back.statusCode).toBe(422);
    for (const kept of [
      'Somchai Sample',
      who,
      'Policy officer',
      'value="media" checked',
      'action="/e/code-meanwhile/register',
    ])
      expect(back.body).toContain(kept);
    expect(back.body).toMatch(/id="invitation-error"/);
    expect((await event.waiting(who)).application?.email).toBe(who);
  });

  it('24 hours pass: the link says so, and a new form gets a new link', async () => {
    const event = await attacked('out-of-time');
    await event.send(who);
    const token = await event.linkOf(who);
    const { edition } = await event.waiting(who);
    later(24 * HOUR + MINUTE);
    for (const answer of [await event.open(token), await event.press(token, edition)]) {
      expect(answer.statusCode).toBe(404);
      expect(answer.body).toContain('24 hours');
    }
    await raiseGuard(parts, event.id);
    await event.send(who);
    expect(await event.linkOf(who)).not.toBe(token);
    expect((await event.open(token)).statusCode).toBe(404);
    expect((await event.open(await event.linkOf(who))).statusCode).toBe(200);
  });

  it('a link that was confirmed does not open what someone sends later', async () => {
    const event = await attacked('after-confirming');
    await event.send(who);
    const token = await event.linkOf(who);
    await event.press(token, (await event.waiting(who)).edition);
    await event.send(who, { fullName: 'Stranger Sample' });
    expect((await event.open(token)).statusCode).toBe(404);
  });

  it.each(['broken', 'forged', 'of another event'])('a link that is %s opens nothing', async (kind) => {
    const event = await attacked(`link-${kind.replaceAll(' ', '-')}`);
    await event.send(who);
    const token = await event.linkOf(who);
    const wrong = {
      broken: token.slice(0, -2),
      forged: `${token.slice(0, -22)}${'A'.repeat(22)}`,
      'of another event': token.replace(/^[^.]+/, 'asean-ict-forum'),
    }[kind];
    expect((await event.open(wrong ?? '')).statusCode).toBe(404);
    expect((await event.press(wrong ?? '', (await event.waiting(who)).edition)).statusCode).toBe(404);
  });
});

describe('AB4: forms whose effect is a mailed link', () => {
  it('are taken without a proof, a few in a minute, the same for known and unknown addresses (AU5)', async () => {
    const event = await openEvent(parts, 'links-by-mail');
    await event.register('known@example.org');
    await raiseGuard(parts, event.id);
    vi.useFakeTimers({ now: new Date(Math.ceil(Date.now() / MINUTE) * MINUTE), toFake: ['Date'] });
    const params = { eventId: event.id };
    const find = (email: string) =>
      call('postFind', {
        params,
        ...postForm([
          ['email', email],
          ['byMail', 'yes'],
        ]),
      });
    expect(await find('known@example.org')).toEqual(await find('nobody@example.org'));
    expect(await event.kindsTo('known@example.org')).toEqual(['confirmed', 'link']);

    const young = await call('postYoungForm', { params, ...postForm([...youngFields(), ['byMail', 'yes']]) });
    expect(young.headers?.['location']).toContain('sent=young');
    expect(await event.kindsTo('dara.sample@example.org')).toEqual(['pending-guardian']);

    const start = await call('postDelegationStart', {
      params,
      ...postForm([
        ['email', COORDINATOR],
        ['language', 'en'],
        ['byMail', 'yes'],
      ]),
    });
    expect(start.statusCode).toBe(303);
    expect(await event.kindsTo(COORDINATOR)).toEqual(['delegation-link']);

    for (let n = 4; n < MOST_MAIL_TURNS; n += 1) expect((await find('nobody@example.org')).statusCode).toBe(303);
    expect((await find('nobody@example.org')).statusCode).toBe(403);
    expect((await find('known@example.org')).statusCode).toBe(403);
  });
});

async function invite(event: Awaited<ReturnType<typeof attacked>>, code: string): Promise<void> {
  const codeHash = await hashCode(event.deps.secrets, event.id, code);
  const validUntil = '2099-01-01T00:00:00.000Z';
  const invitation = { eventId: event.id, codeHash, label: 'One', uses: 1, used: 0, validUntil, revoked: false };
  await DynamoDBDocumentClient.from(parts.database.client).send(
    new PutCommand({ TableName: parts.database.tables.registry, Item: toInvitationItem(invitation, 4_000_000_000) }),
  );
}
