import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JsonMessage } from '../../local/mailbox/inbox.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { COORDINATOR, openDelegation, person } from '../support/delegation.ts';
import { formFields, forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { youngFields, youngSubmission } from '../support/young.ts';

/*
 * AU9: a stranger who names themselves beside the address of another, and reads their own inbox, must not learn from it whether
 * that address is registered.
 */

let parts: Parts;
let sweep: () => Promise<unknown>;

beforeAll(async () => {
  parts = await startParts();
  const { realDeps } = await import('../../functions/outbox/index.ts');
  const outbox = await import('../../shared/mail/outbox/sweep.case.ts');
  sweep = () => outbox.sweep(realDeps());
});
afterAll(() => parts?.stop());

/** Everything is mailed that may leave now. */
async function mailAll(): Promise<void> {
  const { deliver } = await import('../../shared/mail/outbox/deliver.case.ts');
  const { realDeps } = await import('../../functions/outbox/index.ts');
  const outbox = realDeps();
  const pending = await scan(parts, 'outbox', { having: { state: 'pending' } });
  for (const { id, kind } of pending) if (kind !== undefined) await deliver(outbox, String(id));
  await sweep();
}

const inboxOf = async (address: string): Promise<JsonMessage[]> =>
  (await (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json()) as JsonMessage[];

/** What a reader can learn of it, whosever registration its links lead to. */
const read = ({ subject, text, html }: JsonMessage): string[] =>
  [subject, text, html ?? ''].map((each) =>
    each
      .replace(/\/([dgm])\/[\w.-]+/g, '/$1/TOKEN')
      .replace(/\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4}\b/g, 'REFERENCE')
      .replace(/[\w.+-]+@(?=known|unknown)/g, 'SOMEBODY@'),
  );

/** What a request was answered, without what is different each time. */
const answered = ({ statusCode, headers = {}, body = '' }: Awaited<ReturnType<typeof call>>) => ({
  statusCode,
  location: headers['location'],
  body,
});

describe('AU9: whoever names themselves as the guardian of an address', () => {
  /** How an address may stand before. */
  const STANDINGS = ['unknown', 'adult', 'minor', 'unproven'] as const;

  it('is answered the same, and finds nothing in their inbox, however the address stands', async () => {
    const id = 'named-guardian';
    const event = await openEvent(parts, id);
    const young = (standing: string) => `${standing}@known.example.org`;
    const namer = (standing: string) => `namer-of-${standing}@example.org`;
    const other = { name: 'Parent Sample', email: 'parent@example.org', language: 'en' };
    await event.register(young('adult'));
    await beginYoung(parts, id, youngSubmission({ email: young('minor'), guardian: other }));
    await call('postYoungForm', {
      params: { eventId: id },
      ...postForm(youngFields({ email: young('unproven'), 'guardian.email': 'first@example.org' })),
    });
    await mailAll();
    const before = new Map(
      await Promise.all(
        STANDINGS.map(async (each) => [each, (await inboxOf(young(each))).map((mail) => mail.id)] as const),
      ),
    );
    const answers = [];
    for (const each of STANDINGS) {
      const fields = youngFields({ email: young(each), 'guardian.email': namer(each) });
      answers.push(answered(await call('postYoungForm', { params: { eventId: id }, ...postForm(fields) })));
    }
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    await mailAll();
    for (const each of STANDINGS) expect(await inboxOf(namer(each)), each).toEqual([]);

    // The mail to the address itself is the same too: who reads along there learns no more.
    const mails = await Promise.all(
      STANDINGS.map(async (each) =>
        (await inboxOf(young(each))).filter((mail) => !before.get(each)?.includes(mail.id)),
      ),
    );
    expect(mails.map((each) => each.length)).toEqual([1, 1, 1, 1]);
    expect(new Set(mails.flat().map((mail) => JSON.stringify(read(mail)))).size).toBe(1);

    // A press there asks the person named where nobody was registered, and tells nobody anything elsewhere.
    for (const each of STANDINGS) {
      const token = await event.tokenOf(young(each));
      const pressed = await call('postAskGuardian', { params: { token }, ...postForm([['action', 'ask']]) });
      expect([each, pressed.statusCode]).toEqual([each, 303]);
    }
    await mailAll();
    const asked = await Promise.all(STANDINGS.map(async (each) => (await inboxOf(namer(each))).length));
    expect(asked).toEqual([1, 0, 0, 0]);
    expect(await event.registrationOf(young('adult'))).toMatchObject({ status: 'confirmed' });
  });
});

describe('AU5: an answer about an address is held back', () => {
  const params = { eventId: 'held-back' };
  const WAYS: Readonly<Record<string, (email: string) => ReturnType<typeof call>>> = {
    'who registers by JSON': (email) =>
      call('submitRegistration', { params, ...postJson(submission({ email, mode: 'online', answers: {} })) }),
    'who registers by the form': (email) =>
      call('postForm', { params, ...postForm(formFields({ email, mode: 'online' })) }),
    'who asks for a link by JSON': (email) => call('recoverLink', { params, ...postJson({ email }) }),
    'who asks for a link': (email) => call('postFind', { params, ...postForm([['email', email]]) }),
    'a minor who registers': (email) =>
      call('postYoungForm', { params, ...postForm(youngFields({ email, 'guardian.email': `of-${email}` })) }),
    'who begins a delegation': (email) =>
      call('postDelegationStart', {
        params,
        ...postForm([
          ['email', email],
          ['language', 'en'],
        ]),
      }),
  };
  beforeAll(() => parts.publish(forum({ id: params.eventId })));
  afterEach(() => vi.restoreAllMocks());

  it.each(Object.entries(WAYS))(
    'for 200 ms from when it was asked, the first time and again: %s',
    async (way, send) => {
      const email = `${way.replaceAll(' ', '-')}@held.example.org`;
      for (const _ of ['unknown', 'known']) {
        const asked = Date.now();
        let answer = (): void => {};
        let isAnswered = false;
        const held = vi
          .spyOn(realSystem, 'answerNotBefore')
          .mockImplementation(() => new Promise((resolve) => (answer = resolve)));
        const sent = send(email).finally(() => (isAnswered = true));
        await vi.waitFor(() => expect(held).toHaveBeenCalledOnce(), { timeout: 10_000 });
        await nextTurn();
        expect(isAnswered).toBe(false);
        const [since, milliseconds] = held.mock.calls[0] ?? [];
        expect(milliseconds).toBe(200);
        expect(since?.getTime()).toBeGreaterThanOrEqual(asked);
        answer();
        expect([202, 303]).toContain((await sent).statusCode);
        held.mockRestore();
      }
    },
  );

  it('for 90 ms for each person of a list, whoever they are', async () => {
    const delegation = await openDelegation(parts, 'held-list');
    await delegation.register('known@held.example.org');
    const held = vi.spyOn(realSystem, 'answerNotBefore');
    const rows = ['known', 'fresh', 'other'].map((name, row) => person(row, { email: `${name}@held.example.org` }));
    expect((await delegation.add(rows)).statusCode).toBe(303);
    expect(held.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([3 * 90]);
    await mailAll();
  });
});

describe('AU9: a coordinator', () => {
  const SEEN = ['known', 'unknown'] as const;

  it('is shown and mailed the same, whether or not those whom they name are registered; nor can they let another come in the place', async () => {
    const pages: string[] = [];
    const inboxes: string[][][] = [];
    const places: unknown[] = [];
    for (const standing of SEEN) {
      const earlier = (await inboxOf(COORDINATOR)).length;
      const delegation = await openDelegation(parts, `coordinator-${standing}`);
      const email = 'person@example.org';
      if (standing === 'known') await delegation.register(email);
      await mailAll();
      const added = await delegation.add([person(1, { email, fullName: 'Person Sample' })]);
      expect(added.statusCode, added.body).toBe(303);
      await mailAll();
      const token = await delegation.token();
      const [{ member } = { member: '' }] = await delegation.members();
      const params = { token, member: String(member) };
      const of = (text = '') =>
        text
          .replaceAll(token, 'TOKEN')
          .replaceAll(String(member), 'MEMBER')
          .replaceAll(`coordinator-${standing}`, 'EVENT')
          .replace(/[\w-]{43}/g, 'HASH');
      pages.push(of((await call('showDelegation', { params: { token } })).body));
      pages.push(of((await call('showPerson', { params })).body));
      const substitute = await call('showSubstitute', { params });
      places.push([substitute.statusCode, of(String(substitute.headers?.['location']))]);
      const press = postForm([
        ['fullName', 'Somebody Else'],
        ['revision', '1'],
      ]);
      const posted = await call('postSubstitute', { params, ...press });
      places.push([posted.statusCode, of(posted.body)]);
      await mailAll();
      const all = await inboxOf(COORDINATOR);
      inboxes.push(all.slice(0, all.length - earlier).map((mail) => read(mail).map(of)));
    }
    const [knownList, knownPerson, unknownList, unknownPerson] = pages;
    expect(knownList).toBe(unknownList);
    expect(knownPerson).toBe(unknownPerson);
    const [known, unknown] = [places.slice(0, 2), places.slice(2)];
    expect(known).toEqual(unknown);
    expect(inboxes[0]?.length).toBeGreaterThan(0);
    expect(inboxes[0]).toEqual(inboxes[1]);
  });
});
