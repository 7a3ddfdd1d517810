import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import type { MailKind } from '../../shared/mail/kinds.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { HandedInPresses } from '../../shared/registration/link/press-button.case.ts';
import { codeUntil } from '../../shared/registration/mailed-change.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { makeAnnouncement } from '../support/announcement.ts';
import { beginYoung, pressAsk } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { CARE_ANSWERS, careForum } from '../support/care.ts';
import { changeAddress } from '../support/change-address.ts';
import { openDelegation, person } from '../support/delegation.ts';
import { forum } from '../support/forum.ts';
import { bounce } from '../support/mail-events.ts';
import { type Parts, SITE_URL, startParts } from '../support/parts.ts';
import { readRegistry, registrationBy, scan } from '../support/registry.ts';
import { openEvent, quota, ROOM } from '../support/self-service.ts';
import { outboxInserts, recordsOf } from '../support/stream.ts';
import { ask, grantTeam } from '../support/team.ts';
import { consentFields, signedForm, youngSubmission } from '../support/young.ts';

let parts: Parts;
let send: typeof import('../../functions/outbox/index.ts').handler;
let noteMail: typeof import('../../functions/mail-events/index.ts').handler;

beforeAll(async () => {
  parts = await startParts();
  ({ handler: send } = await import('../../functions/outbox/index.ts'));
  ({ handler: noteMail } = await import('../../functions/mail-events/index.ts'));
});
afterAll(() => parts?.stop());
afterEach(async () => {
  vi.useRealTimers();
  await parts.empty();
});

const OTHER_PERSON = { fullName: 'Someone Else', position: 'Officer' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Only the clock: whatever waits goes on waiting in real time. */
const later = (milliseconds: number) => vi.useFakeTimers({ now: Date.now() + milliseconds, toFake: ['Date'] });

interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const mailsTo = async (address: string): Promise<Mail[]> =>
  (await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json()) as never;
const sendAll = async ({ id }: { readonly id: string }) => {
  const { Records } = await outboxInserts(parts);
  const own = Records.filter(({ dynamodb }) => dynamodb?.NewImage?.['eventId']?.S === id);
  expect(await send({ Records: own })).toEqual({ batchItemFailures: [] });
};
/** What a sweep would send, in so many milliseconds: by its own clock, for SES keeps another. */
const sendWaiting = async ({ id: eventId }: { readonly id: string }, kind: MailKind, after = 0) => {
  const { realDeps } = await import('../../functions/outbox/index.ts');
  const { deliver } = await import('../../shared/mail/outbox/deliver.case.ts');
  const waiting = await scan(parts, 'outbox', { having: { eventId, kind } });
  const { system, ...deps } = realDeps();
  const then = { ...system, now: () => new Date(Date.now() + after) };
  for (const { id } of waiting) await deliver({ ...deps, system: then }, String(id));
};
const tokenIn = ({ text }: Mail = { subject: '', text: '', html: '' }): string =>
  new RegExp(`${SITE_URL}/a/([\\w.-]+)`).exec(text)?.[1] ?? '';
const locationOf = ({ headers }: { headers?: Record<string, unknown> }) => headers?.['location'];

/** An event, and somebody of it who has another address by now. */
async function open(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, changes);
  const use = changeAddress(parts, event.deps.secrets);
  const [from, to] = [`old@${id}.example.org`, `new@${id}.example.org`];
  await event.register(from);
  const registered = () => event.registrationOf(from);
  const byReference = async (reference: string): Promise<Registration> => {
    const found = await registrationBy(parts, id, reference);
    if (found === undefined) throw new Error(`${reference} is gone`);
    return found;
  };
  /** Up to the mail to the new address. */
  const asks = async (email = to, of: () => Promise<Registration> = registered): Promise<string> => {
    expect((await use.sendCode(await of())).statusCode).toBe(303);
    const registration = await of();
    const answer = await use.ask(registration, await use.codeOf(registration), email);
    expect([answer.statusCode, answer.body]).toEqual([303, '']);
    return use.confirmToken(await of());
  };
  /** Up to the press there. */
  const moves = async (): Promise<{ readonly undo: string; readonly moved: Registration }> => {
    expect((await use.press(await asks(), 'confirm')).statusCode).toBe(303);
    const moved = await event.registrationOf(to);
    return { undo: await use.undoToken(moved), moved };
  };
  return { ...event, ...use, pressOwn: event.press, from, to, registered, byReference, asks, moves };
}

/** What stays of a person who has another address. */
const kept = ({ reference, status, ticketId, seats, waiting, fullName, submittedAt }: Registration) => ({
  ...{ reference, status, ticketId, seats, waiting, fullName, submittedAt },
});

/** What ends that a change can be undone. */
const OVERTAKEN = {
  'three days are over': async () => later(72 * HOUR + 1000),
  'an organiser corrected the address': async ({ id }: { id: string }, moved: Registration) => {
    const params = { eventId: id, reference: moved.reference };
    const body = { email: `right@${id}.example.org`, revision: moved.revision };
    expect((await ask('organiser', 'correctAddress', { params, body })).status).toBe(200);
  },
  'the place is another person’s': async ({ id }: { id: string }, moved: Registration) => {
    const params = { eventId: id, reference: moved.reference };
    const body = { ...OTHER_PERSON, email: `else@${id}.example.org`, revision: moved.revision };
    expect((await ask('organiser', 'substituteRegistration', { params, body })).status).toBe(200);
  },
  'the place is another person’s, at the same address': async ({ id }: { id: string }, moved: Registration) => {
    const params = { eventId: id, reference: moved.reference };
    const body = { ...OTHER_PERSON, email: moved.email, revision: moved.revision };
    expect((await ask('organiser', 'substituteRegistration', { params, body })).status).toBe(200);
  },
  'everything was erased': async ({ pressOwn }: Awaited<ReturnType<typeof open>>, moved: Registration) => {
    expect((await pressOwn(moved.email, 'erase', [['confirm', 'yes']])).statusCode).toBe(200);
  },
};

describe('AU4: the address of a registration is changed on its page', () => {
  it('by a code mailed to the old one and a press in a mail to the new one, which keeps seat and ticket', async () => {
    const event = await open('moves', { quotas: [quota('room', ROOM)] });
    const { from, to } = event;
    await sendAll(event);
    const before = await event.registered();
    const oldLink = await event.tokenOf(from);
    expect((await event.page(from)).body).toContain(`href="/m/${oldLink}/address?lang=en"`);
    expect((await event.show(before)).body).toContain('value="code"');

    expect(locationOf(await event.sendCode(before))).toBe(`/m/${oldLink}/address?lang=en`);
    await sendAll(event);
    const codeMail = (await mailsTo(from)).find(({ subject }) => subject.startsWith('Your code'));
    const code = /^([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(codeMail?.text ?? '')?.[1] ?? '';
    expect(code).not.toBe('');
    expect((await event.show(await event.registered())).body).toContain('A code comes to you by email.');

    const asked = await event.ask(await event.registered(), code.toLowerCase().replaceAll('-', ' '), to);
    expect([asked.statusCode, locationOf(asked)]).toEqual([303, `/m/${oldLink}/address?lang=en`]);
    const page = (await event.show(await event.registered())).body;
    expect(page).toContain(`<p class="typed">${to.replace('@', '<wbr>@')}</p>`);
    expect(page).toContain('Nothing changes before you press');
    expect(kept(await event.registered())).toEqual(kept(before));
    await sendAll(event);
    const [confirmMail, ...others] = await mailsTo(to);
    expect(others).toEqual([]);
    // AB3: nothing of whom it is, and no way to their page.
    expect(confirmMail?.text).not.toMatch(new RegExp(`${before.fullName}|${from}|/m/`, 'u'));

    const token = tokenIn(confirmMail);
    const shown = await event.open(token);
    expect(shown.body).toContain('value="confirm"');
    expect(shown.body).toContain('<meta name="robots" content="noindex">');
    expect(shown.body).not.toContain(before.fullName);
    const pressed = await event.press(token, 'confirm');
    const after = await event.registrationOf(to);
    expect([pressed.statusCode, locationOf(pressed)]).toEqual([
      303,
      `/m/${await event.tokenOf(to)}?lang=en&done=address`,
    ]);
    expect(kept(after)).toEqual(kept(before));
    expect(after).toMatchObject({ linkVersion: before.linkVersion + 1, proven: { how: 'mail' } });
    expect((await call('showRegistration', { params: { token: oldLink } })).statusCode).toBe(401);
    expect((await event.page(to)).statusCode).toBe(200);
    await event.expectExact();
    expect((await readRegistry(parts, event.id)).locks).toHaveLength(1);

    await sendAll(event);
    const [ticketMail] = (await mailsTo(to)).filter(({ subject }) => subject.startsWith('You are registered'));
    expect(ticketMail?.text).toContain(`${SITE_URL}/m/${await event.tokenOf(to)}`);
    const told = (await mailsTo(from)).find(({ subject }) => subject.startsWith('Your email address was changed'));
    expect(told?.text).not.toContain(to);
    expect(tokenIn(told)).toBe(await event.undoToken(after));
    // The address that was left is free.
    await event.register(from, { mode: 'online' });
    expect((await event.registrationOf(from)).reference).not.toBe(before.reference);
  });

  it('keeps the place of an attendee who waits, who is told so where they are reached now', async () => {
    const event = await open('waits', { quotas: [quota('room', ROOM)] });
    const waiter = 'waiter@waits.example.org';
    await event.register(waiter);
    const before = await event.registrationOf(waiter);
    const token = await event.asks('waiter.new@waits.example.org', () => event.registrationOf(waiter));
    await event.press(token, 'confirm');
    const after = await event.registrationOf('waiter.new@waits.example.org');
    expect(kept(after)).toEqual(kept(before));
    expect(after.status).toBe('waitlisted');
    expect(await event.kindsTo('waiter.new@waits.example.org')).toEqual(['address-confirm', 'waitlisted']);
    await event.expectExact();
    await event.pressOwn(event.from, 'cancel');
    await event.doJobs();
    expect((await event.registrationOf('waiter.new@waits.example.org')).status).toBe('confirmed');
  });

  it('never without the code: wrong, empty, used or too old, it changes and mails nothing, and the form comes back', async () => {
    const event = await open('codes');
    const { from, to } = event;
    expect((await event.ask(await event.registered(), '7K3M-9QX2-4TRB', to)).statusCode).toBe(422);
    await event.sendCode(await event.registered());
    const right = await event.codeOf(await event.registered());
    expect(right).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    const before = await scan(parts, 'registry', { partitions: ['REGISTRATION#codes', 'ADDRESS-CHANGE#codes'] });
    for (const [typed, error] of [
      ['', '“Code from our email” needs an answer.'],
      ['0000-0000-0000', 'This is not the code'],
      [right.slice(0, -1), 'This is not the code'],
      ['ប្អូន', 'This is not the code'],
    ] as const) {
      const { statusCode, body } = await event.ask(await event.registered(), typed, from);
      expect([statusCode, body?.includes('id="code-error"'), body?.includes(error)]).toEqual([422, true, true]);
      // Which address it is now is told with the right code alone.
      expect(body).not.toContain('id="email-error"');
    }
    const own = await event.ask(await event.registered(), right, from.toUpperCase());
    expect([own.statusCode, own.body?.includes('This is the address that we write to already.')]).toEqual([422, true]);
    const broken = await event.ask(await event.registered(), right, 'nobody');
    expect([broken.statusCode, broken.body?.includes('id="email-error"')]).toEqual([422, true]);
    expect(await scan(parts, 'registry', { partitions: ['REGISTRATION#codes', 'ADDRESS-CHANGE#codes'] })).toEqual(
      before,
    );

    // At most one in ten minutes while one is open.
    await event.sendCode(await event.registered());
    expect((await event.kindsTo(from)).filter((kind) => kind === 'address-code')).toHaveLength(1);
    later(11 * MINUTE);
    await event.sendCode(await event.registered());
    expect((await event.kindsTo(from)).filter((kind) => kind === 'address-code')).toHaveLength(2);
    expect((await event.ask(await event.registered(), right, to)).statusCode).toBe(422);
    const next = await event.codeOf(await event.registered());
    later(2 * HOUR);
    expect((await event.ask(await event.registered(), next, to)).statusCode).toBe(422);
    expect((await event.show(await event.registered())).body).not.toContain('name="email"');

    await event.sendCode(await event.registered());
    const last = await event.codeOf(await event.registered());
    const answers = await Promise.all([1, 2, 3].map(async () => event.ask(await event.registered(), last, to)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    expect(await event.kindsTo(to)).toEqual(['address-confirm']);
    expect((await event.ask(await event.registered(), last, `other.${to}`)).statusCode).toBe(422);
    expect(await event.kindsTo(`other.${to}`)).toEqual([]);
  });

  it('asks once whether a mistyped domain is meant, and takes either answer', async () => {
    const event = await open('meant');
    const [typed, meant] = ['dara@gmial.com', 'dara@gmail.com'];
    await event.sendCode(await event.registered());
    const code = await event.codeOf(await event.registered());
    expect((await event.ask(await event.registered(), '0', typed)).statusCode).toBe(422);
    const question = await event.ask(await event.registered(), code, typed);
    expect([question.statusCode, question.body?.includes(`Did you mean ${meant}?`)]).toEqual([200, true]);
    expect(question.body).toContain(`value="${code}"`);
    expect(await event.kindsTo(typed)).toEqual([]);
    expect((await event.ask(await event.registered(), code, typed, [['emailMeant', meant]])).statusCode).toBe(303);
    expect(await event.kindsTo(meant)).toEqual(['address-confirm']);

    // As a keyboard for Chinese types the dot; kept as mail takes it.
    for (const [wide, plain] of [
      [typed, typed],
      ['dara@gmail。con', 'dara@gmail.con'],
    ] as const) {
      await event.sendCode(await event.registered());
      const again = await event.codeOf(await event.registered());
      const doubted = await event.ask(await event.registered(), again, wide);
      expect([doubted.statusCode, doubted.body?.includes(`Did you mean ${meant}?`)]).toEqual([200, true]);
      expect((await event.ask(await event.registered(), again, wide, [['emailMeant', wide]])).statusCode).toBe(303);
      expect(await event.kindsTo(plain)).toEqual(['address-confirm']);
    }
  });

  it('asked for anew, the mail to the address before leads nowhere', async () => {
    const event = await open('anew');
    const first = await event.asks();
    await event.sendCode(await event.registered());
    expect((await event.open(first)).statusCode).toBe(200);
    const registration = await event.registered();
    await event.ask(registration, await event.codeOf(registration), 'right@anew.example.org');
    for (const answer of [await event.open(first), await event.press(first, 'confirm')]) {
      expect([answer.statusCode, answer.body?.includes('This link does not work any more')]).toEqual([401, true]);
    }
    await sendAll(event);
    expect(await mailsTo(event.to)).toEqual([]);
    expect((await mailsTo('right@anew.example.org')).map(tokenIn)).toEqual([
      await event.confirmToken(await event.registered()),
    ]);
  });

  it('not once the link was replaced: what was begun by the one before ends, and its code', async () => {
    const event = await open('replaced');
    await grantTeam(parts, event.id);
    const fresh = async () => {
      const params = { eventId: event.id, reference: (await event.registered()).reference };
      expect((await ask('organiser', 'makeFreshLink', { params })).status).toBe(200);
    };
    const replace = async () => {
      expect((await event.pressOwn(event.from, 'replace-link')).statusCode).toBe(303);
    };
    for (const replaces of [replace, fresh]) {
      const token = await event.asks();
      later(11 * MINUTE);
      await event.sendCode(await event.registered());
      const code = await event.codeOf(await event.registered());
      await replaces();
      expect((await event.press(token, 'confirm')).statusCode).toBe(401);
      const registration = await event.registered();
      expect((await event.show(registration)).body).not.toContain(event.to);
      expect((await event.ask(registration, code, event.to)).statusCode).toBe(422);
    }
    // What was changed can still be undone.
    const { undo } = await event.moves();
    await event.pressOwn(event.to, 'replace-link');
    expect((await event.press(undo, 'undo')).statusCode).toBe(303);
    expect((await event.registered()).email).toBe(event.from);
  });

  it('until a day after, and not once the registration or the event has ended', async () => {
    const event = await open('ends');
    const token = await event.asks();
    later(24 * HOUR + 1000);
    expect([(await event.open(token)).statusCode, (await event.press(token, 'confirm')).statusCode]).toEqual([
      401, 401,
    ]);
    const second = await event.asks();
    await event.pressOwn(event.from, 'cancel');
    const { statusCode, body } = await event.press(second, 'confirm');
    expect([statusCode, body?.includes('cannot be changed any more')]).toEqual([409, true]);
    expect((await event.byReference((await event.registered()).reference)).email).toBe(event.from);
  });
});

describe('AU5: of an address that is registered only its mailbox learns', () => {
  it('the page says the same of it, and nothing of either registration is changed', async () => {
    const event = await open('known');
    const holder = 'holder@known.example.org';
    await event.register(holder);
    const other = 'other@known.example.org';
    await event.register(other);
    const known = await event.registrationOf(holder);
    later(HOUR);
    const heldBack = vi.spyOn(realSystem, 'answerNotBefore');
    const answers: unknown[] = [];
    for (const [who, email] of [
      [event.from, holder],
      [other, 'strange@known.example.org'],
    ] as const) {
      await event.sendCode(await event.registrationOf(who));
      const registration = await event.registrationOf(who);
      const token = await event.tokenOf(who);
      const answer = await event.ask(registration, await event.codeOf(registration), email);
      const page = await event.show(await event.registrationOf(who));
      const plain = (text: unknown) =>
        JSON.stringify(text)
          .replaceAll('<wbr>', '')
          .replaceAll(token, 'TOKEN')
          .replaceAll(email, 'ADDRESS')
          .replaceAll(who, 'OWN');
      answers.push([plain(answer), plain(page).replaceAll(/\d\d:\d\d/g, 'TIME')]);
      const change = await event.changeOf(registration);
      answers.push(Object.keys(change?.asked ?? {}).sort(), Object.keys(change ?? {}).sort());
    }
    expect(answers.slice(0, 3)).toEqual(answers.slice(3));
    expect(heldBack.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([200, 200]);
    heldBack.mockRestore();
    expect(await event.registrationOf(holder)).toEqual(known);
    expect(await event.kindsTo(holder)).toEqual(['confirmed', 'already-registered']);
    expect(await event.kindsTo('strange@known.example.org')).toEqual(['address-confirm']);
    const told = (await scan(parts, 'outbox', { having: { eventId: event.id, to: holder } })).find(
      ({ kind }) => kind === 'already-registered',
    );
    expect(told?.['reference']).toBe(known.reference);

    // At most once an hour, whoever asks.
    await event.sendCode(await event.registrationOf(other));
    const asker = await event.registrationOf(other);
    expect((await event.ask(asker, await event.codeOf(asker), holder)).statusCode).toBe(303);
    expect((await event.kindsTo(holder)).filter((kind) => kind === 'already-registered')).toHaveLength(1);
  });

  it('the holder of the mailbox does, where it was registered between the mail and the press, and can go on', async () => {
    const event = await open('meanwhile');
    const token = await event.asks();
    await event.register(event.to);
    const rival = await event.registrationOf(event.to);
    const refused = await event.press(token, 'confirm');
    expect([refused.statusCode, refused.body?.includes('has a registration of its own')]).toEqual([409, true]);
    expect(refused.body).toContain('value="confirm"');
    expect((await event.registered()).email).toBe(event.from);
    await event.pressOwn(event.to, 'cancel');
    expect((await event.press(token, 'confirm')).statusCode).toBe(303);
    expect((await event.registrationOf(event.to)).reference).not.toBe(rival.reference);
    await event.expectExact();
  });
});

describe('a change of address that is undone', () => {
  it('gives everything back but the links and the ticket, which another may have read', async () => {
    const event = await open('undone', { quotas: [quota('room', ROOM)] });
    const before = await event.registered();
    const { undo, moved } = await event.moves();
    const link = await event.tokenOf(event.to);
    const shown = (await event.open(undo)).body;
    expect(shown).toContain('value="undo"');
    expect(shown).not.toContain(event.to);
    const pressed = await event.press(undo, 'undo');
    const after = await event.registrationOf(event.from);
    expect(locationOf(pressed)).toBe(`/m/${await event.tokenOf(event.from)}?lang=en&done=address-undone`);
    expect({ ...kept(after), ticketId: before.ticketId }).toEqual(kept(before));
    expect(after.ticketId).not.toBe(before.ticketId);
    expect(after.linkVersion).toBe(moved.linkVersion + 1);
    expect((await call('showRegistration', { params: { token: link } })).statusCode).toBe(401);
    expect((await readRegistry(parts, event.id)).locks).toHaveLength(1);
    await event.expectExact();

    expect(locationOf(await event.press(undo, 'undo'))).toBe(`/a/${undo}?lang=en`);
    expect((await event.open(undo)).body).toContain('The change of address is undone');
    expect((await event.registrationOf(event.from)).ticketId).toBe(after.ticketId);
    await sendAll(event);
    const lost = await mailsTo(event.to);
    const told = lost.find(({ subject }) => subject.startsWith('The change of address was undone'));
    expect([told?.text.includes('/a/'), told?.text.includes(event.from)]).toEqual([false, false]);
    // What waited for the address that was left, and for the one that lost it, did not leave.
    expect(lost.some(({ text }) => text.includes('/m/'))).toBe(false);
    const mails = await mailsTo(event.from);
    expect(mails.filter(({ subject }) => subject.startsWith('Your email address was changed'))).toEqual([]);
    expect(mails.at(-1)?.text).toContain(`/m/${await event.tokenOf(event.from)}`);
    expect(await event.asks('third@undone.example.org')).not.toBe('');
  });

  it('is still told as undone while another one begins, to either address', async () => {
    const event = await open('begun-anew');
    const { undo } = await event.moves();
    await makeAnnouncement(parts, event.id);
    await event.doJobs();
    await event.press(undo, 'undo');
    await event.asks('third@begun-anew.example.org');
    expect((await event.open(undo)).body).toContain('The change of address is undone');
    expect(locationOf(await event.press(undo, 'undo'))).toBe(`/a/${undo}?lang=en`);
    await sendWaiting(event, 'organiser-message');
    await sendAll(event);
    const lost = (await mailsTo(event.to)).map(({ subject }) => subject.split(':')[0]);
    expect(lost).toEqual(['The change of address was undone']);
    const announced = (await mailsTo(event.from)).filter(({ subject }) =>
      subject.startsWith('Bring your identity card'),
    );
    expect(announced).toHaveLength(1);
    // For three days: nothing says longer than that which address lost it.
    later(73 * HOUR);
    expect((await event.open(undo)).statusCode).toBe(401);
    const [item] = await scan(parts, 'registry', { partitions: ['ADDRESS-CHANGE#begun-anew'] });
    expect(Number(item?.['expiresAt'])).toBeLessThan(Date.now() / 1000);
  });

  it('leaves no code of before the change that works', async () => {
    const event = await open('old-code');
    const token = await event.asks();
    await event.sendCode(await event.registered());
    const code = await event.codeOf(await event.registered());
    await event.press(token, 'confirm');
    const moved = await event.registrationOf(event.to);
    expect((await event.press(await event.undoToken(moved), 'undo')).statusCode).toBe(303);
    expect((await event.ask(await event.registered(), code, 'third@old-code.example.org')).statusCode).toBe(422);
  });

  it('after it was cancelled too: its page then offers to take that up again', async () => {
    const event = await open('undone-cancelled', { quotas: [quota('room', ROOM)] });
    const { undo, moved } = await event.moves();
    await event.pressOwn(event.to, 'cancel');
    later(30 * HOUR);
    expect((await event.press(undo, 'undo')).statusCode).toBe(303);
    const after = await event.byReference(moved.reference);
    expect([after.email, after.status]).toEqual([event.from, 'cancelled']);
    expect((await readRegistry(parts, event.id)).locks).toEqual([]);
    expect((await event.kindsTo(event.from)).at(-1)).toBe('cancelled');
    expect((await event.page(event.from)).body).toContain('value="undo-cancel"');
    const back = await call('postRegistration', {
      params: { token: await event.tokenOf(event.from) },
      ...postForm([['action', 'undo-cancel']]),
    });
    expect(back.statusCode).toBe(303);
    expect((await event.registrationOf(event.from)).status).toBe('confirmed');
    await event.expectExact();
  });

  it('ends what was registered with the former address meanwhile, which nobody said is theirs', async () => {
    const event = await open('undone-anew');
    const { undo, moved } = await event.moves();
    await event.register(event.from);
    expect((await event.press(undo, 'undo')).statusCode).toBe(303);
    const { registrations } = await readRegistry(parts, event.id);
    const here = registrations.filter(({ email }) => email === event.from);
    expect(here.map(({ reference, status }) => [reference === moved.reference, status]).sort()).toEqual([
      [false, 'cancelled'],
      [true, 'confirmed'],
    ]);
    await event.expectExact();
  });

  it('is not while the former address has another registration of its reader; once that is cancelled, it is', async () => {
    const event = await open('undone-proven');
    const { undo } = await event.moves();
    await event.register(event.from);
    expect((await event.pressOwn(event.from, 'prove')).statusCode).toBe(303);
    const refused = await event.press(undo, 'undo');
    expect([refused.statusCode, refused.body?.includes('has another registration for this event by now')]).toEqual([
      409,
      true,
    ]);
    expect(refused.body).toContain('value="undo"');
    await event.pressOwn(event.from, 'cancel');
    expect((await event.press(undo, 'undo')).statusCode).toBe(303);
    await event.expectExact();
  });

  const ON_PAPER = { name: 'Vanna Sample', onPaper: true };
  const beginsAt = async (eventId: string, email: string, changes: Record<string, unknown> = {}) => {
    const sent = postJson(youngSubmission({ email, ...changes }));
    expect((await call('submitRegistration', { params: { eventId }, ...sent })).statusCode).toBe(202);
    const { registrations } = await readRegistry(parts, eventId);
    const begun = registrations.find((each) => each.email === email && each.ageBand === 'minor');
    if (begun === undefined) throw new Error('nobody under 18 began');
    return begun;
  };
  /** What lies in any table of a minor's registration. */
  const keptOf = async ({ eventId, reference }: Registration) =>
    (
      await Promise.all([
        scan(parts, 'registry', { having: { eventId, reference } }),
        scan(parts, 'care', { having: { eventId, reference } }),
      ])
    ).flat();

  it.each([
    ['mail', {}],
    ['paper', { guardian: ON_PAPER }],
  ])(
    'ends what a minor began at the former address, with a guardian by %s, where nobody pressed yet',
    async (by, how) => {
      const event = await open(`young-begun-${by}`);
      const { undo, moved } = await event.moves();
      const young = await beginsAt(event.id, event.from, how);
      expect(await keptOf(young)).not.toEqual([]);
      expect((await event.press(undo, 'undo')).statusCode).toBe(303);
      expect(await event.registrationOf(event.from)).toMatchObject({ reference: moved.reference, status: 'confirmed' });
      expect(await keptOf(young)).toEqual([]);
      const all = await scan(parts, 'registry', { partitions: ['PENDING-ANSWER'] });
      expect(JSON.stringify(all)).not.toContain(young.reference);
      expect((await readRegistry(parts, event.id)).locks).toHaveLength(1);
      await event.expectExact();
      // The mailbox is told, and nothing that waited is: neither a link to what is gone, nor a guardian.
      await sendAll(event);
      const subjects = (await mailsTo(event.from)).map(({ subject }) => subject.split(':')[0]);
      expect(subjects).toContain('Your registration has ended');
      expect((await mailsTo(event.from)).filter(({ text }) => text.includes(young.reference))).toEqual([]);
      expect(await event.kindsTo('vanna.sample@example.org')).toEqual([]);
    },
  );

  const CLAIMED: Readonly<Record<string, (event: { id: string; from: string }) => Promise<unknown>>> = {
    'the minor pressed in the first mail': ({ id, from }) => beginYoung(parts, id, youngSubmission({ email: from })),
    'the guardian agreed': async ({ id, from }) => {
      const young = await beginYoung(parts, id, youngSubmission({ email: from }));
      const { realDeps } = await import('../../functions/attendee/index.ts');
      const token = await consentToken(young, realDeps().secrets);
      const agreed = await call('postConsent', { params: { token }, ...postForm(consentFields()) });
      expect(agreed.statusCode, agreed.body).toBe(303);
    },
    'a signed form was recorded': async ({ id: eventId, from }) => {
      const { reference, revision } = await beginsAt(eventId, from, { guardian: ON_PAPER });
      const body = { ...signedForm(), revision };
      expect((await ask('safeguarding', 'recordPaper', { params: { eventId, reference }, body })).status).toBe(200);
    },
  };
  it.each(Object.keys(CLAIMED))(
    'loses nothing of a minor at the former address once %s, and says what to do',
    async (what) => {
      const event = await open(`young-claimed-${Object.keys(CLAIMED).indexOf(what)}`);
      await grantTeam(parts, event.id);
      const { undo, moved } = await event.moves();
      await CLAIMED[what]?.(event);
      const young = await event.registrationOf(event.from);
      const before = await keptOf(young);
      expect(young.ageBand).toBe('minor');
      const refused = await event.press(undo, 'undo');
      expect([refused.statusCode, refused.body?.includes('If you cancel it, you can come back here')]).toEqual([
        409,
        true,
      ]);
      expect(refused.body).toMatch(/should both stay\?[^<]*<a href="mailto:/);
      expect(await keptOf(young)).toEqual(before);
      expect((await event.byReference(moved.reference)).email).toBe(event.to);
      await event.pressOwn(event.from, 'cancel');
      expect((await event.press(undo, 'undo')).statusCode).toBe(303);
      expect((await event.registrationOf(event.from)).reference).toBe(moved.reference);
    },
  );

  const REGISTERS_ANEW: Readonly<Record<string, (event: Awaited<ReturnType<typeof open>>) => Promise<unknown>>> = {
    'by the form': (event) => event.register(event.from),
    'as a minor': ({ id, from }) => beginsAt(id, from),
  };
  it.each(Object.keys(REGISTERS_ANEW))(
    'cancelled before, it is taken up again though its address was registered anew %s, which nobody claimed',
    async (how) => {
      const event = await open(`taken-up-${Object.keys(REGISTERS_ANEW).indexOf(how)}`, {
        quotas: [quota('room', ROOM)],
      });
      const before = await event.registered();
      const { undo } = await event.moves();
      await event.pressOwn(event.to, 'cancel');
      await REGISTERS_ANEW[how]?.(event);
      expect((await event.press(undo, 'undo')).statusCode).toBe(303);
      const given = await event.byReference(before.reference);
      expect([given.email, given.status]).toEqual([event.from, 'cancelled']);
      const params = { token: await manageToken(given, event.deps.secrets) };
      const taken = () => call('postRegistration', { params, ...postForm([['action', 'undo-cancel']]) });
      const answers = await Promise.all([taken(), taken()]);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
      const after = await event.byReference(before.reference);
      expect({ ...kept(after), ticketId: before.ticketId }).toEqual(kept(before));
      const { registrations, locks } = await readRegistry(parts, event.id);
      const standing = registrations.filter(({ status }) => status !== 'cancelled');
      expect([standing.map(({ reference }) => reference), locks.length]).toEqual([[before.reference], 1]);
      await event.expectExact();
    },
  );

  it('but not for what its reader claimed there, nor of who registered anew without any change of address', async () => {
    const event = await open('not-taken-up');
    const { undo, moved } = await event.moves();
    await event.pressOwn(event.to, 'cancel');
    await event.press(undo, 'undo');
    const takeUp = async (wanted: string) => {
      const params = { token: await manageToken(await event.byReference(wanted), event.deps.secrets) };
      return call('postRegistration', { params, ...postForm([['action', 'undo-cancel']]) });
    };
    await event.register(event.from);
    await event.pressOwn(event.from, 'prove');
    const own = await event.registrationOf(event.from);
    const refused = await takeUp(moved.reference);
    expect([
      refused.statusCode,
      refused.body?.includes('There is a new registration with your email address.'),
    ]).toEqual([409, true]);
    expect(await event.byReference(own.reference)).toEqual(own);

    const other = 'other@not-taken-up.example.org';
    await event.register(other);
    const { reference } = await event.registrationOf(other);
    await event.pressOwn(other, 'cancel');
    await event.register(other);
    const anew = await event.registrationOf(other);
    expect([anew.unproven, (await takeUp(reference)).statusCode]).toEqual([true, 409]);
    expect(await event.byReference(anew.reference)).toEqual(anew);
  });

  it('and the first press of a minor at the same moment: one of them is done, whole', async () => {
    for (const [index] of [1, 2, 3].entries()) {
      const event = await open(`young-races-${index}`);
      const { undo, moved } = await event.moves();
      const young = await beginsAt(event.id, event.from);
      const [undone, asked] = await Promise.allSettled([
        event.press(undo, 'undo'),
        pressAsk(parts, event.id, event.from),
      ]);
      const status = undone.status === 'fulfilled' ? undone.value.statusCode : undefined;
      expect([303, 409]).toContain(status);
      const after = await event.byReference(moved.reference);
      expect([after.email, asked.status]).toEqual(status === 303 ? [event.from, 'rejected'] : [event.to, 'fulfilled']);
      const kept = await keptOf(young);
      expect(kept.length === 0).toBe(status === 303);
      expect((await readRegistry(parts, event.id)).locks).toHaveLength(status === 303 ? 1 : 2);
    }
  });

  it('is offered at once, though dozens of mails wait for the same inbox under other spellings', async () => {
    const event = await open('crowded');
    for (let n = 1; n <= 12; n += 1) await event.register(`old+${n}@crowded.example.org`, { mode: 'online' });
    await sendAll(event);
    const { undo } = await event.moves();
    await sendAll(event);
    const told = (await mailsTo(event.from)).find(({ text }) => text.includes('/a/'));
    expect(tokenIn(told)).toBe(undo);
  });

  const subjectsTo = async (address: string) => (await mailsTo(address)).map(({ subject }) => subject.split(':')[0]);

  it.each(['before', 'after'])('erased %s that mail left, the former address is told of both', async (when) => {
    const event = await open(`erased-${when}`);
    await event.moves();
    if (when === 'after') await sendAll(event);
    expect((await event.pressOwn(event.to, 'erase', [['confirm', 'yes']])).statusCode).toBe(200);
    await sendAll(event);
    const told = ['Your data has been erased', 'Your email address was changed'];
    expect((await subjectsTo(event.from)).sort()).toEqual(told);
    const changed = (await mailsTo(event.from)).find(({ subject }) => subject.startsWith('Your email'));
    expect(changed?.text.includes('/a/')).toBe(when === 'after');
    expect(changed?.text.includes('can no longer be undone')).toBe(when === 'before');
    expect(await subjectsTo(event.to)).toContain('Your data has been erased');
  });

  it('is not told of an erasure once its time was over', async () => {
    const event = await open('erased-late');
    await event.moves();
    await sendAll(event);
    later(72 * HOUR + 1000);
    await event.pressOwn(event.to, 'erase', [['confirm', 'yes']]);
    expect(await event.kindsTo(event.from)).not.toContain('erased');
  });

  it.each(Object.entries(OVERTAKEN))('is not once %s: it says so', async (why, overtakes) => {
    const id = `overtaken-${Object.keys(OVERTAKEN).indexOf(why)}`;
    const event = await open(id);
    await grantTeam(parts, id);
    const { undo, moved } = await event.moves();
    await sendAll(event);
    await overtakes(event, moved);
    for (const answer of [await event.open(undo), await event.press(undo, 'undo')]) {
      expect([answer.statusCode, answer.body?.includes('This link does not work any more')]).toEqual([401, true]);
    }
    // Nobody keeps the former address any longer than that.
    if (why !== 'three days are over') {
      expect(await scan(parts, 'registry', { partitions: [`ADDRESS-CHANGE#${id}`] })).toEqual([]);
      const all = JSON.stringify(await scan(parts, 'registry', { partitions: [`REGISTRATION#${id}`, `LOCK#${id}`] }));
      expect(all).not.toContain(event.from);
      await sendAll(event);
      const told = (await mailsTo(event.from)).filter(({ text }) =>
        /can no longer be undone|we have erased/.test(text),
      );
      expect([told.length, told[0]?.text.includes('/a/')]).toEqual([1, false]);
    }
  });

  const CORRECTS = OVERTAKEN['an organiser corrected the address'];
  it.each(Object.entries(OVERTAKEN).filter(([why]) => /corrected|another person/.test(why)))(
    'tells the former address once where, before its mail left, %s',
    async (why, overtakes) => {
      const event = await open(`told-once-${Object.keys(OVERTAKEN).indexOf(why)}`);
      await grantTeam(parts, event.id);
      const { moved } = await event.moves();
      await overtakes(event, moved);
      await sendAll(event);
      const mails = await mailsTo(event.from);
      expect(mails.map(({ subject }) => subject.split(':')[0])).toEqual(['Your email address was changed']);
      expect([mails[0]?.text.includes('can no longer be undone'), mails[0]?.text.includes('/a/')]).toEqual([
        true,
        false,
      ]);
    },
  );

  it('tells the address that lost it by that, though an organiser corrected the address before its mail left', async () => {
    const event = await open('told-undone');
    await grantTeam(parts, event.id);
    const { undo } = await event.moves();
    await event.press(undo, 'undo');
    await CORRECTS(event, await event.registrationOf(event.from));
    await sendAll(event);
    expect(await subjectsTo(event.to)).toEqual(['Your email address was changed']);
  });

  it('is open for three days, in which the address is not changed once more, so that no thief is rid of the owner', async () => {
    const event = await open('chain');
    const { undo, moved } = await event.moves();
    const page = (await event.show(moved)).body;
    expect(page).toContain('the former address can undo that');
    expect(page).not.toContain('value="code"');
    const before = await event.kindsTo(event.to);
    expect((await event.sendCode(moved)).statusCode).toBe(303);
    const { codeAt = '' } = (await event.changeOf(moved)) ?? {};
    const code = await event.codeOf(moved);
    expect(codeAt).not.toBe('');
    expect((await event.ask(moved, code, 'third@chain.example.org')).statusCode).toBe(303);
    expect(await event.kindsTo(event.to)).toEqual(before);
    expect(await event.kindsTo('third@chain.example.org')).toEqual([]);
    expect((await event.open(undo)).statusCode).toBe(200);
    later(72 * HOUR + 1000);
    await event.asks('third@chain.example.org', () => event.registrationOf(event.to));
    const item = (await scan(parts, 'registry', { partitions: ['ADDRESS-CHANGE#chain'] }))[0];
    expect(JSON.stringify(item)).not.toContain(event.from);
    expect(Number(item?.['expiresAt'])).toBeLessThanOrEqual(Math.ceil((Date.now() + 24 * HOUR) / 1000));
  });
});

describe('at the same moment', () => {
  const at = async (...presses: (() => Promise<{ statusCode?: number }>)[]) =>
    (await Promise.all(presses.map((press) => press()))).map(({ statusCode }) => statusCode);

  it('two presses are one', async () => {
    const event = await open('twice');
    const token = await event.asks();
    const confirm = () => event.press(token, 'confirm');
    expect(await at(confirm, confirm, confirm)).toEqual([303, 303, 303]);
    expect(await event.kindsTo(event.to)).toEqual(['address-confirm', 'confirmed']);
    expect((await event.open(token)).body).toContain('We now write to this address');
    const undo = await event.undoToken(await event.registrationOf(event.to));
    const back = () => event.press(undo, 'undo');
    expect(await at(back, back)).toEqual([303, 303]);
    expect((await event.registrationOf(event.from)).linkVersion).toBe(3);
    // The link that was pressed first leads nowhere once it is undone.
    expect(await at(confirm)).toEqual([401]);
    await event.expectExact();
  });

  it('two registrations that move to one address: one does', async () => {
    const event = await open('same');
    await event.register('second@same.example.org');
    const one = await event.asks();
    const two = await event.asks(event.to, () => event.registrationOf('second@same.example.org'));
    const answers = await at(
      () => event.press(one, 'confirm'),
      () => event.press(two, 'confirm'),
    );
    expect(answers.sort()).toEqual([303, 409]);
    const { registrations, locks } = await readRegistry(parts, event.id);
    expect(registrations.filter(({ email }) => email === event.to)).toHaveLength(1);
    expect(locks).toHaveLength(2);
  });

  it('a press and a cancellation, in either order, leave no lock and no seat behind', async () => {
    for (const [index] of [1, 2, 3].entries()) {
      const event = await open(`cancels-${index}`, { quotas: [quota('room', ROOM)] });
      const token = await event.asks();
      const { reference } = await event.registered();
      const own = { params: { token: await event.tokenOf(event.from) }, ...postForm([['action', 'cancel']]) };
      const [pressed, cancelled] = await at(
        () => event.press(token, 'confirm'),
        () => call('postRegistration', own),
      );
      expect([303, 409]).toContain(pressed);
      expect([303, 401]).toContain(cancelled);
      const after = await event.byReference(reference);
      expect(after.status === 'cancelled').toBe(cancelled === 303);
      expect(after.email === event.to).toBe(pressed === 303);
      expect((await readRegistry(parts, event.id)).locks).toHaveLength(after.status === 'cancelled' ? 0 : 1);
      await event.expectExact();
    }
  });

  it.each(['the one who held it', 'a coordinator'])(
    'a cancellation that %s takes back while the change is undone leaves no address unheld',
    async (who) => {
      const { postRegistration } = await import('../../shared/registration/link/press-button.case.ts');
      const { undoCancel } = await import('../../shared/registration/cancel/cancel.case.ts');
      const { takeBackCancellation } = await import('../../shared/minors/end-young.case.ts');
      const id = `back-by-${who.split(' ').at(-1)}`;
      const event = await open(id, { quotas: [quota('room', ROOM)] });
      const { undo, moved } = await event.moves();
      await event.pressOwn(event.to, 'cancel');
      const params = { token: await event.tokenOf(event.to) };
      const held = await event.deps.registrations.readWithEvent(id, moved.reference, 'en');
      const presses: Partial<HandedInPresses> = { 'undo-cancel': (of) => takeBackCancellation(event.deps, of) };
      const press = await postRegistration(event.deps, presses as HandedInPresses).admit({
        params,
        language: 'en',
      } as never);
      if (held === undefined) throw new Error('it is gone');
      // It is read by now, and not written.
      expect((await event.press(undo, 'undo')).statusCode).toBe(303);
      const body = { action: ['undo-cancel'] };
      const path = `/m/${params.token}`;
      if (who === 'a coordinator') await undoCancel(event.deps, held, 'coordinator');
      else await expect(press({ params, body, language: 'en', path } as never)).rejects.toThrow('link-replaced');
      const after = await event.byReference(moved.reference);
      expect([after.email, after.status]).toEqual([event.from, who === 'a coordinator' ? 'confirmed' : 'cancelled']);
      // Nobody is registered twice with one address.
      await event.register(event.from, { mode: 'online' });
      const { registrations, locks } = await readRegistry(parts, id);
      const standing = registrations.filter(({ status }) => status !== 'cancelled');
      expect([standing.map(({ email }) => email), locks.length]).toEqual([[event.from], 1]);
      await event.expectExact();
    },
  );

  it('an undo and a cancellation, or an erasure, are exact too', async () => {
    for (const action of ['cancel', 'erase']) {
      const event = await open(`undo-and-${action}`, { quotas: [quota('room', ROOM)] });
      const { undo, moved } = await event.moves();
      const token = await event.tokenOf(event.to);
      const more: [string, string][] = action === 'erase' ? [['confirm', 'yes']] : [];
      await at(
        () => event.press(undo, 'undo'),
        () => call('postRegistration', { params: { token }, ...postForm([['action', action], ...more]) }),
      );
      const { registrations, locks } = await readRegistry(parts, event.id);
      const after = registrations.find(({ reference }) => reference === moved.reference);
      expect(locks).toHaveLength(after === undefined || after.status === 'cancelled' ? 0 : 1);
      const left = await scan(parts, 'registry', { partitions: [`ADDRESS-CHANGE#${event.id}`] });
      expect(left).toHaveLength(after === undefined ? 0 : 1);
      await event.expectExact();
    }
  });
});

describe('in a delegation', () => {
  it('the coordinator sees where a person is reached, once they agreed; unseen, they get mail at their new address', async () => {
    const event = await openDelegation(parts, 'of-delegation');
    const use = changeAddress(parts, event.deps.secrets);
    const [from, to] = ['own@of-delegation.example.org', 'moved@of-delegation.example.org'];
    await event.add([person(1, { email: from })]);
    await use.sendCode(await event.registrationOf(from));
    const asking = await event.registrationOf(from);
    await use.ask(asking, await use.codeOf(asking), to);
    await use.press(await use.confirmToken(asking), 'confirm');
    const sent = async () => (await event.kindsTo(to)).length;
    const before = await sent();
    const [line] = await event.members();
    const at = { params: { token: await event.token(), member: line?.member ?? '' } };
    later(HOUR);
    const again = await call('postPerson', { ...at, ...postForm([['action', 'send-again']]) });
    expect([again.statusCode, await sent()]).toEqual([303, before + 1]);
    await call('postPerson', { ...at, ...postForm([['action', 'send-again']]) });
    expect(await sent()).toBe(before + 1);
    for (const [agreed, shown] of [
      [false, from],
      [true, to],
    ] as const) {
      if (agreed) await event.press(to, 'show-coordinator');
      for (const page of [await call('showPerson', at), await call('showDelegation', at)]) {
        expect([page.body?.includes(from), page.body?.includes(to)]).toEqual([shown === from, shown === to]);
      }
    }
  });

  it('tells the former address once where, before its mail left, a coordinator named someone else', async () => {
    const event = await openDelegation(parts, 'told-by-coordinator');
    const use = changeAddress(parts, event.deps.secrets);
    const [from, to] = ['own@told-by-coordinator.example.org', 'moved@told-by-coordinator.example.org'];
    await event.add([person(1, { email: from })]);
    await use.sendCode(await event.registrationOf(from));
    const asking = await event.registrationOf(from);
    await use.ask(asking, await use.codeOf(asking), to);
    await use.press(await use.confirmToken(asking), 'confirm');
    await event.press(to, 'show-coordinator');
    const [line] = await event.members();
    const { revision } = await event.registrationOf(to);
    expect((await event.substitute(line?.member ?? '', { revision: String(revision) })).statusCode).toBe(303);
    await sendAll(event);
    const told = (await mailsTo(from)).filter(({ subject }) => subject.startsWith('Your email address was changed'));
    expect(told.map(({ text }) => text.includes('can no longer be undone'))).toEqual([true]);
  });
});

describe('in a delegation that names one who has registered', () => {
  it('AU5: the coordinator has no way to the address that they changed to since', async () => {
    const event = await openDelegation(parts, 'before-delegation');
    const use = changeAddress(parts, event.deps.secrets);
    const [from, to] = ['early@before-delegation.example.org', 'moved@before-delegation.example.org'];
    await event.register(from);
    await event.add([person(1, { email: from }), person(2, { email: 'other@before-delegation.example.org' })]);
    await use.sendCode(await event.registrationOf(from));
    const asking = await event.registrationOf(from);
    await use.ask(asking, await use.codeOf(asking), to);
    await use.press(await use.confirmToken(asking), 'confirm');
    expect((await event.registrationOf(to)).delegation).toBeUndefined();
    const kinds = await Promise.all([from, to].map(event.kindsTo));
    later(HOUR);
    const pages: (string | undefined)[] = [];
    for (const { member, email = '', name = '' } of await event.members()) {
      const pressed = await event.pressOn(member, 'send-again');
      expect([pressed.statusCode, String(locationOf(pressed)).endsWith('&done=send-again')]).toEqual([303, true]);
      pages.push(
        (await event.person(member)).body
          ?.replaceAll(member, 'LINE')
          .replaceAll(email, 'ADDRESS')
          .replaceAll(name, 'NAME'),
      );
    }
    // An address named by a stranger causes no mail to another that they do not know; the person asks for it themselves.
    expect(await Promise.all([from, to].map(event.kindsTo))).toEqual(kinds);
    expect(pages[0]).toBe(pages[1]);
    expect(pages[0]).toContain('reached at another address by now');
    expect(pages[0]).toContain('href="/e/before-delegation/find?lang=en"');
    const find = { params: { eventId: event.id }, ...postForm([['email', to]]) };
    expect((await call('postFind', find)).statusCode).toBe(303);
    expect((await event.kindsTo(to)).at(-1)).toBe('link');
  });
});

describe('in a delegation that names an address which was left', () => {
  /** Somebody whose address was changed, and a delegation that names the former one by now. */
  async function named(id: string) {
    const event = await openDelegation(parts, id, {
      ...careForum(),
      quotas: [quota('room', { ...ROOM, capacity: 5 })],
    });
    const use = changeAddress(parts, event.deps.secrets);
    const [from, to] = [`old@${id}.example.org`, `new@${id}.example.org`];
    await event.register(from);
    await use.sendCode(await event.registrationOf(from));
    const asking = await event.registrationOf(from);
    await use.ask(asking, await use.codeOf(asking), to);
    await use.press(await use.confirmToken(asking), 'confirm');
    const { reference } = await event.registrationOf(to);
    await event.add([person(1, { email: from })]);
    const [line] = await event.members();
    const all = async () => (await readRegistry(parts, id)).registrations;
    const byReference = async (wanted: string) => (await all()).find((each) => each.reference === wanted);
    const undo = await use.undoToken(await event.registrationOf(to));
    return { ...event, use, from, to, reference, undo, byReference, line, entered: line?.reference ?? '' };
  }

  it('the undo ends what only its coordinator said is theirs, whose list tells nothing of it, and goes on', async () => {
    const event = await named('thief-delegation');
    const { from, to, line, reference, use } = event;
    const member = line?.member ?? '';
    expect(await event.byReference(event.entered)).toMatchObject({ email: from, proven: { how: 'vouched' } });
    const [list, page] = [await event.list(), (await event.person(member)).body];
    expect((await use.press(event.undo, 'undo')).statusCode).toBe(303);
    expect((await event.byReference(event.entered))?.status).toBe('cancelled');
    expect(await event.byReference(reference)).toMatchObject({ email: from, status: 'confirmed' });
    await event.expectExact();
    // As of any line whose person does not agree to be seen (AU5), also of one who takes themselves out.
    expect([await event.list(), (await event.person(member)).body]).toEqual([list, page]);
    expect(page).toContain('They may also have registered themselves, or have cancelled.');
    expect((await event.add([person(1, { email: from })])).statusCode).toBe(303);
    expect((await event.add([person(2, { email: from })])).statusCode).toBe(422);
    expect(await event.members()).toHaveLength(1);
    later(HOUR);
    // What the coordinator has sent again goes to the registration that is there.
    const sent = await event.kindsTo(from);
    expect((await event.pressOn(member, 'send-again')).statusCode).toBe(303);
    expect((await event.kindsTo(from)).slice(sent.length)).toEqual(['link']);
    const mails = await scan(parts, 'outbox', { having: { eventId: event.id, to: from, kind: 'link' } });
    expect(mails.at(-1)?.['reference']).toBe(reference);
    expect((await event.kindsTo(to)).at(-1)).toBe('address-changed');
  });

  const SAYS: Readonly<Record<string, (event: Awaited<ReturnType<typeof named>>) => Promise<unknown>>> = {
    'agreed to be seen': ({ press, from }) => press(from, 'show-coordinator'),
    'agreed, and took that back': async ({ press, from }) => {
      await press(from, 'show-coordinator');
      await press(from, 'hide-coordinator');
    },
    'had their link replaced': ({ press, from }) => press(from, 'replace-link'),
    'said what they need': async ({ tokenOf, from }) => {
      const params = { token: await tokenOf(from) };
      const needs = Object.entries(CARE_ANSWERS).flatMap(([id, given]) =>
        [given].flat().map((each): [string, string] => [`answers.${id}`, String(each)]),
      );
      const answer = await call('postNeeds', { params, ...postForm([['action', 'anew'], ...needs]) });
      expect(answer.statusCode, answer.body).toBe(303);
    },
    'agreed to be seen, when that proved nothing yet': async ({ id, deps, entered: reference }) => {
      await deps.client.send(
        new UpdateCommand({
          TableName: deps.tables.registry,
          Key: registrationKey(id, reference),
          UpdateExpression: 'SET delegation.shown = :yes',
          ExpressionAttributeValues: { ':yes': true },
        }),
      );
    },
    'was handed a link by an organiser': ({ id: eventId, entered: reference }) =>
      ask('organiser', 'makeFreshLink', { params: { eventId, reference } }),
  };
  it.each(Object.keys(SAYS))('nothing is lost once its reader %s, and the answer says what to do', async (what) => {
    const event = await named(`said-${Object.keys(SAYS).indexOf(what)}`);
    await grantTeam(parts, event.id);
    await SAYS[what]?.(event);
    const before = await event.byReference(event.entered);
    const refused = await event.use.press(event.undo, 'undo');
    expect([refused.statusCode, refused.body?.includes('has another registration for this event by now')]).toEqual([
      409,
      true,
    ]);
    expect(await event.byReference(event.entered)).toEqual(before);
    expect((await event.byReference(event.reference))?.email).toBe(event.to);
    await event.press(event.from, 'cancel');
    expect((await event.use.press(event.undo, 'undo')).statusCode).toBe(303);
    await event.expectExact();
  });

  it('the mailbox that answers proves it from then on, not where an organiser handed the link over', async () => {
    const event = await named('said-by');
    await grantTeam(parts, event.id);
    const proof = async () => (await event.byReference(event.entered))?.proven?.how;
    await ask('organiser', 'makeFreshLink', { params: { eventId: event.id, reference: event.entered } });
    await event.press(event.from, 'show-coordinator');
    expect(await proof()).toBe('vouched');
    const other = await named('said-by-mail');
    await other.press(other.from, 'show-coordinator');
    expect((await other.byReference(other.entered))?.proven?.how).toBe('mail');
  });
});

describe('who has no mailbox of their own to prove it with', () => {
  it('is told the usual, and offered nothing', async () => {
    const event = await openDelegation(parts, 'no-mailbox');
    const use = changeAddress(parts, event.deps.secrets);
    await event.add([person(1), person(2, { email: 'own@no-mailbox.example.org' })]);
    const young = await beginYoung(parts, event.id, youngSubmission({ email: 'young@no-mailbox.example.org' }));
    await event.register('gone@no-mailbox.example.org');
    await event.press('gone@no-mailbox.example.org', 'cancel');
    const all = (await readRegistry(parts, event.id)).registrations;
    const own = all.find(({ email }) => email.startsWith('own@'));
    const others = all.filter(({ email, reference }) => !email.startsWith('own@') && reference !== young.reference);
    for (const each of [young, ...others]) {
      for (const answer of [
        await use.show(each),
        await use.sendCode(each),
        await use.ask(each, '0', 'a@example.org'),
      ]) {
        expect([answer.statusCode, answer.body?.includes('cannot be changed any more')]).toEqual([409, true]);
      }
      expect(
        (await call('showRegistration', { params: { token: await event.tokenOf(each.email) } })).body,
      ).not.toContain('/address?lang');
    }
    expect(others).toHaveLength(2);
    expect((await use.show(own ?? young)).statusCode).toBe(200);
    expect(await scan(parts, 'registry', { partitions: [`ADDRESS-CHANGE#${event.id}`] })).toEqual([]);
  });

  const definitionOf = (id: string) =>
    forum({ id, questions: [], categories: forum().categories.map(({ approval: _, ...each }) => each) });

  it('but of an event that was postponed it is changed, and undone, as news of its dates is still to come', async () => {
    const event = await open('later');
    const before = await event.registered();
    await parts.publish({ ...definitionOf('later'), status: 'postponed' });
    // Also once the days that it had are over: nobody knows the next ones yet. The clock goes on, for mails are told apart by it.
    const goOn = (at: string) =>
      vi.useFakeTimers({ now: Date.parse(at), toFake: ['Date'], shouldAdvanceTime: true, advanceTimeDelta: 1 });
    goOn('2027-11-04T00:00:00Z');
    expect((await event.page(event.from)).body).toContain('/address?lang=en');
    expect((await event.page(event.from, 'showAmend')).statusCode).toBe(409);
    const { undo, moved } = await event.moves();
    expect(kept(moved)).toEqual(kept(before));
    // Nobody is told that they come; the link that holds by now is.
    expect((await event.kindsTo(event.to)).slice(-1)).toEqual(['link']);
    // The mailbox counts what is sent by its own clock, also for the tests that follow.
    vi.useRealTimers();
    await sendWaiting(event, 'link');
    goOn('2027-11-04T01:00:00Z');
    const [mail] = (await mailsTo(event.to)).filter(({ text }) => text.includes('/m/'));
    expect(mail?.text).toContain(await event.tokenOf(event.to));
    expect(mail?.text).not.toContain('You are registered');
    expect((await event.press(undo, 'undo')).statusCode).toBe(303);
    expect({ ...kept(await event.registered()), ticketId: before.ticketId }).toEqual(kept(before));
    expect((await event.kindsTo(event.from)).at(-1)).toBe('link');

    // Cancelled after all, it leads nowhere, and its page offers it no more.
    await parts.publish({ ...definitionOf('later'), version: 3, status: 'cancelled' });
    expect((await event.page(event.from)).body).not.toContain('/address?lang=en');
    expect((await event.sendCode(await event.registered())).statusCode).toBe(409);
  });

  it('nor of an event that was called off, or is over', async () => {
    const event = await open('off');
    const token = await event.asks();
    await parts.publish({ ...definitionOf('off'), status: 'cancelled' });
    expect((await event.show(await event.registered())).statusCode).toBe(409);
    expect((await event.press(token, 'confirm')).statusCode).toBe(409);
    const over = await open('over');
    vi.useFakeTimers({ now: Date.parse('2027-11-04T00:00:00Z'), toFake: ['Date'] });
    expect((await over.show(await over.registered())).statusCode).toBe(409);
  });
});

describe('mail', () => {
  it('that waited for the former address is not sent there, and what is sent later goes to the new one', async () => {
    const event = await open('waited');
    await event.pressOwn(event.from, 'send-again');
    await event.moves();
    await sendAll(event);
    const mails = await mailsTo(event.from);
    expect(mails.map(({ subject }) => subject.split(':')[0])).toEqual(['Your email address was changed']);
    expect((await mailsTo(event.to)).filter(({ text }) => text.includes('/m/'))).toHaveLength(1);
  });

  it('to everyone that waited goes to where the attendee is reached when it leaves, and not to a person in their place', async () => {
    const event = await open('announced');
    await grantTeam(parts, event.id);
    await event.register('given@announced.example.org', { mode: 'online' });
    await makeAnnouncement(parts, event.id);
    await event.doJobs();
    const announcedTo = async (address: string) =>
      (await mailsTo(address)).filter(({ subject }) => subject.startsWith('Bring your identity card')).length;
    const { reference, revision } = await event.registrationOf('given@announced.example.org');
    const body = { ...OTHER_PERSON, email: 'taken@announced.example.org', revision };
    const params = { eventId: event.id, reference };
    expect((await ask('organiser', 'substituteRegistration', { params, body })).status).toBe(200);
    await event.moves();
    await sendWaiting(event, 'organiser-message');
    expect(await Promise.all([event.to, event.from].map(announcedTo))).toEqual([1, 0]);
    expect(await Promise.all(['given', 'taken'].map((name) => announcedTo(`${name}@announced.example.org`)))).toEqual([
      0, 0,
    ]);
  });

  it('AB2: that follows an attendee to a new address counts there: three an hour, wherever it was to go', async () => {
    const event = await open('followed');
    await makeAnnouncement(parts, event.id);
    await event.doJobs();
    await event.moves();
    await sendAll(event);
    for (const action of ['cancel', 'undo-cancel']) {
      expect((await event.pressOwn(event.to, action)).statusCode).toBe(303);
      await sendAll(event);
    }
    const subjects = async () => (await mailsTo(event.to)).map(({ subject }) => subject.split(':')[0]);
    expect(await subjects()).toHaveLength(3);
    await sendWaiting(event, 'organiser-message');
    expect(await subjects()).toHaveLength(3);
    await sendWaiting(event, 'organiser-message', HOUR + MINUTE);
    expect(await subjects()).toHaveLength(4);
    expect(await subjects()).toContain('Bring your identity card');
    expect(await mailsTo(event.from)).toHaveLength(1);
  });

  it('to everyone that waited for an address that lost it goes back with the registration', async () => {
    const event = await open('announced-back');
    const { undo } = await event.moves();
    await makeAnnouncement(parts, event.id);
    await event.doJobs();
    await event.press(undo, 'undo');
    await sendWaiting(event, 'organiser-message');
    const announced = (mails: Mail[]) => mails.filter(({ subject }) => subject.startsWith('Bring your identity card'));
    expect(announced(await mailsTo(event.from))).toHaveLength(1);
    expect(announced(await mailsTo(event.to))).toEqual([]);
  });

  it('that comes back from either address marks nobody, and the mark of the former one is forgotten', async () => {
    const event = await open('bounced');
    const ids = async (kind: string) =>
      (await scan(parts, 'outbox', { having: { eventId: event.id, kind } })).map(({ id }) => String(id));
    const about = { sentAt: new Date().toISOString() };
    await noteMail(bounce({ ...about, outboxId: (await ids('confirmed'))[0] ?? '', to: event.from }) as never);
    expect((await event.registered()).mail?.state).toBe('bounced');
    const token = await event.asks();
    const before = await event.registered();
    await noteMail(bounce({ ...about, outboxId: (await ids('address-confirm'))[0] ?? '', to: event.to }) as never);
    expect(await event.registered()).toEqual(before);
    await event.press(token, 'confirm');
    const after = await event.registrationOf(event.to);
    expect(after.mail).toBeUndefined();
    for (const kind of ['address-confirm', 'address-changed']) {
      for (const to of [event.from, event.to]) {
        await noteMail(bounce({ ...about, outboxId: (await ids(kind))[0] ?? '', to }) as never);
      }
    }
    expect(await event.registrationOf(event.to)).toEqual(after);
  });

  it('is listed for organisers with its readers, the one to the address that was left as to it', async () => {
    const event = await open('listed');
    await grantTeam(parts, event.id);
    await sendAll(event);
    await event.sendCode(await event.registered());
    await sendAll(event);
    const asking = await event.registered();
    await event.ask(asking, await event.codeOf(asking), event.to);
    await sendAll(event);
    await event.press(await event.confirmToken(asking), 'confirm');
    await sendAll(event);
    const params = { eventId: event.id, reference: asking.reference };
    const { body } = await ask('organiser', 'listRegistrationMail', { params });
    const listed = body.messages.map(({ kind, called, to }: Record<string, string>) => `${called ?? kind} to ${to}`);
    expect(listed.sort()).toEqual([
      'address-changed to former-holder',
      'address-code to holder',
      'address-confirm to holder',
      'confirmed to holder',
      'confirmed to holder',
    ]);
    expect(JSON.stringify(body)).not.toContain('example.org');
  });

  it('after undoing a cancellation leaves like any other, within ten seconds, though three superseded ones wait (AB16)', async () => {
    const event = await open('ab16');
    for (const action of ['cancel', 'undo-cancel', 'cancel', 'undo-cancel', 'cancel', 'undo-cancel']) {
      expect((await event.pressOwn(event.from, action)).statusCode).toBe(303);
    }
    const all = await scan(parts, 'outbox', { having: { eventId: event.id, to: event.from } });
    const inOrder = all.sort((a, b) => String(a['createdAt']).localeCompare(String(b['createdAt'])));
    const superseded = inOrder.filter(({ kind }) => kind === 'cancelled');
    const ticket = inOrder.at(-1);
    expect([superseded.length, ticket?.['kind']]).toEqual([3, 'confirmed']);
    const began = Date.now();
    expect(await send(recordsOf([...superseded, ticket ?? {}]))).toEqual({ batchItemFailures: [] });
    const [mail, ...others] = await mailsTo(event.from);
    expect([others, mail?.subject.startsWith('You are registered')]).toEqual([[], true]);
    expect(Date.now() - began).toBeLessThan(10_000);
  });
});

it('AU2: opening both pages, as scanners do, changes nothing', async () => {
  const event = await open('scanned');
  const token = await event.asks();
  const before = await scan(parts, 'registry', { partitions: ['ADDRESS-CHANGE#scanned', 'REGISTRATION#scanned'] });
  for (let n = 0; n < 20; n += 1) {
    expect((await event.open(token)).statusCode).toBe(200);
    expect((await call('showAddressLink', { params: { token }, method: 'HEAD' })).statusCode).toBe(200);
    expect((await event.show(await event.registered())).statusCode).toBe(200);
  }
  const partitions = ['ADDRESS-CHANGE#scanned', 'REGISTRATION#scanned'];
  expect(await scan(parts, 'registry', { partitions })).toEqual(before);
  // No key names an address, in any table.
  for (const { pk, sk } of before) expect(`${pk} ${sk}`).not.toContain('example');
});

// At the end: the stand-in for SES counts by a clock that goes on.
describe('mail that leaves later', () => {
  it('AB2: with a code: the page said that it may, to all alike, and its mail says until when it works', async () => {
    const event = await open('slow');
    const other = 'other@slow.example.net';
    await event.register(other);
    for (const n of [1, 2]) await event.register(`old+${n}@slow.example.org`, { mode: 'online' });
    await sendAll(event);
    const pages: (string | undefined)[] = [];
    for (const email of [event.from, other]) {
      await event.sendCode(await event.registrationOf(email));
      const page = (await event.show(await event.registrationOf(email))).body;
      pages.push(page?.replaceAll(await event.tokenOf(email), 'TOKEN').replaceAll(email, 'ADDRESS'));
    }
    await sendAll(event);
    const codesTo = async (email: string) =>
      (await mailsTo(email)).filter(({ subject }) => subject.startsWith('Your code'));
    expect(await Promise.all([event.from, other].map(async (email) => (await codesTo(email)).length))).toEqual([0, 1]);
    // AU4, AU5: nothing of what went to which mailbox.
    expect(pages[0]).toBe(pages[1]);
    expect(pages[0]).toContain('After several emails from us within an hour, it can take an hour or longer.');
    expect(pages[0]).not.toContain('We have sent');

    later(HOUR + MINUTE);
    await sendWaiting(event, 'address-code');
    const [mail] = await codesTo(event.from);
    const registration = await event.registered();
    const until = codeUntil((await event.changeOf(registration)) ?? { codeAt: '' });
    const clock = new Intl.DateTimeFormat('en', { timeStyle: 'short', hourCycle: 'h23', timeZone: forum().timeZone });
    expect(mail?.text).toMatch(new RegExp(`It works once, until [^\\n]*${clock.format(until)}`));
    expect(mail?.text).not.toContain('two hours');
    expect((await event.ask(registration, await event.codeOf(registration), event.to)).statusCode).toBe(303);
    expect((await event.show(await event.registered())).body).toContain('it can take an hour or longer');
  });

  it('tells the former address once, where another address came when the time to undo was over', async () => {
    const event = await open('told-late');
    await grantTeam(parts, event.id);
    const { moved } = await event.moves();
    later(72 * HOUR + 1000);
    await OVERTAKEN['an organiser corrected the address'](event, moved);
    await sendWaiting(event, 'address-changed');
    expect((await mailsTo(event.from)).filter(({ text }) => text.includes('can no longer be undone'))).toHaveLength(1);
  });
});
