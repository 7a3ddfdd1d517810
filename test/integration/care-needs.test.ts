import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { eventEnd } from '../../shared/event/event-times.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { beginYoung } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { CANARY, CARE_ANSWERS, careForum, needsOf } from '../support/care.ts';
import { formFields, forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { rosterPhone } from '../support/roster-phone.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';
import { completeFields, consentFields, youngSubmission } from '../support/young.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => parts.empty());

/** An event whose form asks for needs at once. */
const open = (id: string, changes: Partial<EventDefinition> = {}) =>
  openEvent(parts, id, { ...careForum(), ...changes });

/** Whose registration says that there is something. */
const flagged = async (id: string) =>
  (await scan(parts, 'registry')).filter(
    ({ pk, hasNeeds }) => String(pk).startsWith(`REGISTRATION#${id}#`) && hasNeeds,
  );

async function expectNowhereElse(): Promise<void> {
  for (const table of ['registry', 'outbox', 'audit'] as const)
    expect(JSON.stringify(await scan(parts, table))).not.toContain(CANARY);
}

describe('CS11: what someone needs', () => {
  it('is written with the registration, to Care and nowhere else, for some weeks after the event', async () => {
    const event = await open('kept');
    await event.register('needs@example.org', { answers: { ...CARE_ANSWERS, interpretation: ['lao'] } });
    const { reference, answers } = await event.registrationOf('needs@example.org');
    expect(answers).toEqual({ interpretation: ['lao'] });
    const [item, ...others] = await needsOf(parts, 'kept');
    expect(others).toEqual([]);
    expect(item).toMatchObject({ pk: `NEEDS#kept#${reference[0]}`, sk: reference, answers: CARE_ANSWERS });
    expect(item?.['arranged']).toBeUndefined();
    expect(Number(item?.['expiresAt']) * 1000 - eventEnd(forum()).getTime()).toBe(30 * 24 * 60 * 60 * 1000);
    await expectNowhereElse();
  });

  it('leaves nothing where nothing is needed', async () => {
    const event = await open('nothing');
    await event.register('none@example.org', { answers: { food: [], note: '  ', help: '' } });
    expect(await needsOf(parts, 'nothing')).toEqual([]);
  });

  it('comes from the form too, without what does not concern the sender', async () => {
    await open('form');
    const fields: [string, string][] = [
      ...formFields({ email: 'form@example.org', mode: 'online' }),
      ['answers.food', 'vegan'],
      ['answers.food', 'halal'],
      ['answers.note', 'of no concern online'],
      ['answers.help', CANARY],
    ];
    const answer = await call('postForm', { params: { eventId: 'form' }, ...postForm(fields) });
    expect(answer.statusCode).toBe(303);
    expect(await needsOf(parts, 'form')).toMatchObject([{ answers: { help: CANARY } }]);
  });

  it.each([
    ['a text that is too long', { help: 'x'.repeat(501) }, 'answers.help', 'too-long'],
    ['an unknown choice', { food: ['vegan', 'nectar'] }, 'answers.food', 'unknown-option'],
    ['an answer of the wrong kind', { food: 'vegan' }, 'answers.food', 'wrong-type'],
    ['a question that is none', { allergy: 'x' }, 'answers.allergy', 'unknown-field'],
  ])('is refused with its field: %s', async (name, answers, path, code) => {
    const id = `refused-${name.length}`;
    await open(id);
    const what = postJson(submission({ email: 'refused@example.org', answers }));
    const answer = await call('submitRegistration', { params: { eventId: id }, ...what });
    expect([answer.statusCode, JSON.parse(answer.body ?? '').errors]).toMatchObject([422, [{ path, code }]]);
    expect(await needsOf(parts, id)).toEqual([]);
  });

  it('is not asked in the form where it is asked later', async () => {
    await openEvent(parts, 'later', { questions: forum().questions.filter(({ later }) => later) });
    const { body = '' } = await call('showForm', { params: { eventId: 'later' } });
    expect(body).not.toContain('answers.diet');
    const what = postJson(submission({ email: 'later@example.org', answers: { diet: ['vegan'] } }));
    const answer = await call('submitRegistration', { params: { eventId: 'later' }, ...what });
    expect(JSON.parse(answer.body ?? '').errors).toMatchObject([{ path: 'answers.diet', code: 'unknown-field' }]);
  });

  it('CS2: of someone under 18 comes with their own answers', async () => {
    const event = await open('young');
    const registration = await beginYoung(parts, 'young', youngSubmission());
    const consent = await consentToken(registration, event.deps.secrets);
    await call('postConsent', { params: { token: consent }, ...postForm(consentFields()) });
    expect(await needsOf(parts, 'young')).toEqual([]);
    const token = await event.tokenOf('dara.sample@example.org');
    const { body = '' } = await call('showComplete', { params: { token } });
    expect(body).toContain('name="answers.help"');
    const refused = completeFields({ 'answers.help': CANARY, 'answers.food': 'nectar' });
    expect((await call('postComplete', { params: { token }, ...postForm(refused) })).statusCode).toBe(422);
    const fields = completeFields({ 'answers.help': CANARY, 'answers.food': 'halal' });
    expect((await call('postComplete', { params: { token }, ...postForm(fields) })).statusCode).toBe(303);
    expect(await needsOf(parts, 'young')).toMatchObject([{ answers: { food: ['halal'], help: CANARY } }]);
    expect(await event.registrationOf('dara.sample@example.org')).toMatchObject({ hasNeeds: true });
    await expectNowhereElse();

    expect((await event.press('dara.sample@example.org', 'cancel')).statusCode).toBe(200);
    expect(await needsOf(parts, 'young')).toEqual([]);
    expect(await flagged('young')).toEqual([]);
  });
});

describe('CS11: what someone needs is deleted with their place', () => {
  it.each(['cancel', 'erase'])('when they press %s', async (action) => {
    const event = await open(`gone-${action}`);
    await event.register('gone@example.org', { answers: CARE_ANSWERS });
    expect(await needsOf(parts, event.id)).toHaveLength(1);
    expect(await event.registrationOf('gone@example.org')).toMatchObject({ hasNeeds: true });
    await event.press('gone@example.org', action, action === 'erase' ? [['confirm', 'yes']] : []);
    expect(await needsOf(parts, event.id)).toEqual([]);
    expect(await flagged(event.id)).toEqual([]);
  });

  it('when they are declined, and not when they are approved', async () => {
    const event = await open('declined', { categories: forum().categories });
    await grantTeam(parts, event.id);
    await event.register('media@example.org', { category: 'media', answers: CARE_ANSWERS });
    const decide = async (decision: string) => {
      const { reference, revision } = await event.registrationOf('media@example.org');
      const what = { params: { eventId: event.id, reference }, body: { decision, revision } };
      expect((await ask('organiser', 'decideRegistration', what)).status).toBe(200);
    };
    await decide('approve');
    expect(await needsOf(parts, event.id)).toHaveLength(1);
    await decide('decline');
    expect(await needsOf(parts, event.id)).toEqual([]);
    expect(await flagged(event.id)).toEqual([]);
  });

  it('when someone else comes in their place', async () => {
    const event = await open('substitute');
    await grantTeam(parts, event.id);
    await event.register('first@example.org', { answers: CARE_ANSWERS });
    const { reference, revision } = await event.registrationOf('first@example.org');
    const person = { fullName: 'Second Sample', email: 'second@example.org', position: 'Officer' };
    const what = { params: { eventId: event.id, reference }, body: { ...person, revision } };
    expect((await ask('organiser', 'substituteRegistration', what)).status).toBe(200);
    expect(await needsOf(parts, event.id)).toEqual([]);
    expect(await flagged(event.id)).toEqual([]);
  });
});

describe('CS11: a door asks what someone needs', () => {
  const only = (...fields: [string, string][]): [string, string][] => [['action', 'keep'], ...fields];

  it('where something is to be arranged for them alone, as they last said, and is told nothing of what', async () => {
    const event = await open('door');
    await event.register('needs@example.org', { answers: CARE_ANSWERS });
    await event.register('eats@example.org', { answers: { food: ['vegan'] } });
    const desk = await openPhone(parts, event.id, { maySearch: true });
    const answers: string[] = [];
    const phone = rosterPhone(event.id, async (since) => {
      const answer = await desk.roster(since);
      answers.push(answer.text);
      return answer;
    });
    const asks = async (email: string) => {
      await phone.pull();
      const registration = await event.registrationOf(email);
      const entry = await phone.open(registration.ticketId);
      const { people } = await desk.search(registration.reference);
      expect(people).toMatchObject([{ name: registration.badgeName }]);
      expect(people[0].askNeeds).toBe(entry?.askNeeds);
      return entry?.askNeeds;
    };
    expect([await asks('needs@example.org'), await asks('eats@example.org')]).toEqual([true, undefined]);

    const say = async (email: string, fields: [string, string][]) => {
      const params = { token: await event.tokenOf(email) };
      expect((await call('postNeeds', { params, ...postForm(fields) })).statusCode).toBe(303);
    };
    await say('needs@example.org', only(['answers.food', 'halal']));
    await say('eats@example.org', only(['answers.help', CANARY]));
    expect([await asks('needs@example.org'), await asks('eats@example.org')]).toEqual([undefined, true]);
    const amended = await event.amend('eats@example.org', { organisation: 'Another office' });
    expect(amended).toMatchObject({ statusCode: 200, body: { organisation: 'Another office' } });
    expect(JSON.stringify(amended.body), 'who holds the link learns nothing (AU4)').not.toMatch(/needs/i);
    expect(await asks('eats@example.org'), 'other answers change nothing').toBe(true);
    await say('eats@example.org', [['action', 'nothing']]);
    expect(await asks('eats@example.org')).toBeUndefined();
    expect(answers.join()).not.toContain(CANARY);
    await expectNowhereElse();
  });

  it('also what was added, and what was said before with it', async () => {
    const event = await open('door-added');
    const asks = async () => (await event.registrationOf('eats@example.org'))['hasNeeds'];
    const add = async (...fields: [string, string][]) => {
      const params = { token: await event.tokenOf('eats@example.org') };
      expect((await call('postNeeds', { params, ...postForm([['action', 'add'], ...fields]) })).statusCode).toBe(303);
    };
    await event.register('eats@example.org', { answers: { food: ['vegan'] } });
    await add(['answers.food', 'halal']);
    expect(await asks()).toBeUndefined();
    await add(['answers.help', 'large print']);
    await add(['answers.food', 'halal']);
    expect(await asks()).toBe(true);
  });
});

describe('AU4, CS11: telling it anew by the link', () => {
  const keep = (help: string): [string, string][] => [
    ['action', 'keep'],
    ['answers.help', help],
  ];

  /** Someone with needs, and what they do with their link. */
  async function withNeeds(id: string) {
    const event = await open(id);
    const email = 'holder@example.org';
    await event.register(email, { answers: CARE_ANSWERS });
    const params = { token: await event.tokenOf(email) };
    const show = () => call('showNeeds', { params });
    const post = (fields: [string, string][]) => call('postNeeds', { params, ...postForm(fields) });
    const put = (answers: unknown) =>
      call('replaceNeeds', postJson({ answers }, { authorization: `Bearer ${params.token}` }));
    return { event, email, params, show, post, put, kept: async () => (await needsOf(parts, id))[0] };
  }

  it('replaces what is kept without showing it, and clears whether it was arranged', async () => {
    const { params, show, post, kept } = await withNeeds('anew');
    const before = await kept();
    const { statusCode, body = '' } = await show();
    expect(statusCode).toBe(200);
    expect(body).toContain('name="answers.food"');
    const pages = [body, (await call('showRegistration', { params })).body];
    for (const each of pages) {
      expect(each).not.toContain(CANARY);
      expect(each).not.toMatch(/<input[^>]* checked/);
    }
    expect(await kept()).toEqual(before);
    const posted = await post(keep('large print'));
    expect([posted.statusCode, posted.headers?.['location']]).toEqual([303, `/m/${params.token}?lang=en&done=care`]);
    expect(await kept()).toMatchObject({ answers: { help: 'large print' } });
    expect((await kept())?.['edition']).not.toBe(before?.['edition']);
    const { body: after } = await call('showRegistration', { params, query: { done: 'care' } });
    expect(after).toContain('We have kept your answer.');
    expect(after).not.toContain('large print');
  });

  it('adds to what is kept, unseen: in sum both hold, and a tick for the former does not', async () => {
    const { event, email, params, show, post, kept } = await withNeeds('more');
    await grantTeam(parts, 'more');
    const { reference } = await event.registrationOf(email);
    const before = await kept();
    const tick = { arranged: true, edition: before?.['edition'] };
    await ask('care', 'arrangeNeed', { params: { eventId: 'more', reference }, body: tick });
    expect((await show()).body).toContain('value="add">Add to it</button>');
    const posted = await post([
      ['action', 'add'],
      ['answers.food', 'halal'],
      ['answers.help', 'large print'],
    ]);
    expect([posted.statusCode, posted.headers?.['location']]).toEqual([303, `/m/${params.token}?lang=en&done=care`]);
    expect(await kept()).toMatchObject({ answers: CARE_ANSWERS, expiresAt: before?.['expiresAt'] });
    const { needs } = (await ask('care', 'listNeeds', { params: { eventId: 'more' } })).body;
    const help = `${CARE_ANSWERS.help}\n\nlarge print`;
    expect(needs).toMatchObject([{ answers: { ...CARE_ANSWERS, food: ['vegan', 'halal'], help } }]);
    expect(needs[0].arranged).toBeUndefined();
    expect((await ask('care', 'arrangeNeed', { params: { eventId: 'more', reference }, body: tick })).status).toBe(409);
    const counts = (await ask('care', 'countNeeds', { params: { eventId: 'more' } })).body;
    expect(counts.questions[0].options.map(({ people }: { people: object }) => people)).toEqual([
      { 'day-1': 1, 'day-2': 1 },
      { 'day-1': 1, 'day-2': 1 },
    ]);
    const { body } = await call('showRegistration', { params });
    expect(body).not.toMatch(/large print|canary/);
    await expectNowhereElse();

    await post(keep('captions only'));
    expect((await ask('care', 'listNeeds', { params: { eventId: 'more' } })).body.needs).toMatchObject([
      { answers: { help: 'captions only' } },
    ]);
    expect(await kept()).not.toHaveProperty('added');
  });

  it('adds where nothing was said before, and to what depends on an answer that is not seen', async () => {
    const { post, kept } = await withNeeds('first-more');
    await post([['action', 'nothing']]);
    const posted = await post([
      ['action', 'add'],
      ['answers.note', 'no peanuts'],
    ]);
    expect(posted.statusCode).toBe(303);
    expect(await kept()).toMatchObject({ v: 1, answers: {}, added: [{ note: 'no peanuts' }] });
  });

  it('loses nothing by a key: a form without a button adds', async () => {
    const { post, kept } = await withNeeds('key');
    expect((await post([['answers.help', 'large print']])).statusCode).toBe(303);
    expect(await kept()).toMatchObject({ answers: CARE_ANSWERS, added: [{ help: 'large print' }] });
  });

  it.each(['cancel', 'erase'])('leaves nothing of what was added after %s', async (action) => {
    const { event, email, post, kept } = await withNeeds(`more-${action}`);
    await post([
      ['action', 'add'],
      ['answers.help', 'soft light'],
    ]);
    expect(await kept()).toHaveProperty('added');
    await event.press(email, action, action === 'erase' ? [['confirm', 'yes']] : []);
    expect(await kept()).toBeUndefined();
    expect(JSON.stringify(await scan(parts, 'care'))).not.toContain('soft light');
  });

  it('says when it was answered, and the same whatever was', async () => {
    const pages: string[] = [];
    const answers: [string, string][][] = [
      [['action', 'nothing']],
      keep('large print'),
      [
        ['action', 'add'],
        ['answers.help', 'large print'],
      ],
    ];
    const withoutMarks = (body = '') => body.replaceAll(/\d/g, '').replaceAll(/<svg.*?<\/svg>|\/m\/[^?"/]+/gs, '');
    for (const [index, fields] of answers.entries()) {
      const { params, post, show } = await withNeeds(`when-${'abc'[index]}`);
      const { headers } = await post(fields);
      expect(headers?.['location']).toContain('&done=care');
      const page = (await call('showRegistration', { params, query: { done: 'care' } })).body ?? '';
      const form = (await show()).body ?? '';
      for (const each of [page, form]) expect(each).toMatch(/You last answered on \w+/);
      const care = page.slice(page.indexOf('<h2>What should we arrange'), page.indexOf('<h2>Your'));
      pages.push(withoutMarks(care) + withoutMarks(form).replaceAll(/when-[abc]/g, ''));
    }
    expect(new Set(pages).size).toBe(1);
  });

  it('counts a form that asked, and was left empty, as an answer; says nothing to whom nobody asked', async () => {
    const event = await open('asked');
    await event.register('empty@example.org', { answers: {} });
    const { body: asked } = await call('showRegistration', {
      params: { token: await event.tokenOf('empty@example.org') },
    });
    expect(asked).toContain('You last answered on');
    const later = await openEvent(parts, 'asked-later', { questions: forum().questions.filter((each) => each.later) });
    await later.register('later@example.org');
    const params = { token: await later.tokenOf('later@example.org') };
    expect((await call('showRegistration', { params })).body).not.toContain('You last answered on');
    expect((await call('showNeeds', { params })).body).toContain('value="add">Save my answers</button>');
  });

  it('takes no more after twenty answers of any kind, and still all of it anew', async () => {
    const { post, put, kept } = await withNeeds('many');
    const add: [string, string][] = [
      ['action', 'add'],
      ['answers.help', 'x'],
    ];
    for (let times = 1; times < 20; times += 1) await put(times % 2 === 0 ? {} : { help: 'y' });
    const refused = await post(add);
    expect([refused.statusCode, refused.body]).toEqual([422, expect.stringContaining('open “Start anew”')]);
    expect((await post(keep('all of it'))).statusCode).toBe(303);
    expect((await post(add)).statusCode).toBe(422);
    expect(await kept()).toMatchObject({ answers: { help: 'all of it' } });
  });

  it('asks only what concerns the holder, by what they answered before', async () => {
    const questions = [
      ...(careForum().questions ?? []),
      { id: 'signs', type: 'yes-no', care: true, required: false, title: { en: 'Signs', km: 'សញ្ញា' } } as const,
    ].map((each) => (each.id === 'signs' ? { ...each, when: { question: 'interpretation', in: ['lao'] } } : each));
    const event = await open('concerns', { questions });
    await event.register('lao@example.org', { mode: 'online', answers: { interpretation: ['lao'] } });
    const params = { token: await event.tokenOf('lao@example.org') };
    const { body = '' } = await call('showNeeds', { params });
    expect(body).not.toContain('answers.food"');
    expect(body).toContain('answers.signs"');
    const fields: [string, string][] = [
      ['action', 'keep'],
      ['answers.food', 'vegan'],
      ['answers.signs', 'yes'],
    ];
    expect((await call('postNeeds', { params, ...postForm(fields) })).statusCode).toBe(303);
    expect(await needsOf(parts, 'concerns')).toMatchObject([{ answers: { signs: true } }]);
  });

  it('deletes it at a press, twice as well as once, and never by an empty form', async () => {
    const { params, post, kept } = await withNeeds('no-more');
    const empty = await post(keep('   '));
    expect([empty.statusCode, empty.body]).toEqual([422, expect.stringContaining('href="#answers-food"')]);
    expect(await kept()).toMatchObject({ answers: CARE_ANSWERS });
    for (const _ of [1, 2]) {
      const answer = await post([['action', 'nothing']]);
      expect(answer.headers?.['location']).toBe(`/m/${params.token}?lang=en&done=care`);
      expect(await kept()).toBeUndefined();
    }
  });

  it('comes back with what was typed and what has to change', async () => {
    const { post, kept } = await withNeeds('too-long');
    const text = 'long '.repeat(120);
    const { statusCode, body = '' } = await post(keep(text));
    expect([statusCode, body]).toEqual([422, expect.stringContaining('answers-help-error')]);
    expect(body).toContain(text);
    expect(body).not.toContain(CANARY);
    expect((await post([...keep('x'), ['fullName', 'Someone']])).statusCode).toBe(422);
    expect(await kept()).toMatchObject({ answers: CARE_ANSWERS });
  });

  it('is there for programs, which learn nothing either', async () => {
    const { params, put, kept } = await withNeeds('programs');
    const answered = async (answers: unknown) => {
      const { statusCode, body = '' } = await put(answers);
      return [statusCode, JSON.parse(body)];
    };
    expect(await answered({ help: 'captions' })).toEqual([200, { status: 'kept' }]);
    expect(await kept()).toMatchObject({ answers: { help: 'captions' } });
    expect(await answered({ help: '' })).toMatchObject([422, { errors: [{ code: 'no-need' }] }]);
    expect(await answered({ organisation: 'x' })).toMatchObject([422, { errors: [{ code: 'unknown-field' }] }]);
    const more = async (answers: unknown) => {
      const { statusCode, body = '' } = await call(
        'addNeeds',
        postJson({ answers }, { authorization: `Bearer ${params.token}` }),
      );
      return [statusCode, JSON.parse(body)];
    };
    expect(await more({ food: ['halal'] })).toEqual([200, { status: 'kept' }]);
    expect(await kept()).toMatchObject({ answers: { help: 'captions' }, added: [{ food: ['halal'] }] });
    expect(await more({})).toMatchObject([422, { errors: [{ code: 'no-need' }] }]);
    expect(await more({ food: 'halal' })).toMatchObject([422, { errors: [{ code: 'wrong-type' }] }]);
    expect(await answered({})).toEqual([200, { status: 'nothing' }]);
    expect(await kept()).toBeUndefined();
  });

  it('is closed where nothing is asked, to links that were replaced, and after a cancellation', async () => {
    const without = await openEvent(parts, 'asks-nothing');
    await without.register('none@example.org');
    expect((await call('showNeeds', { params: { token: await without.tokenOf('none@example.org') } })).statusCode).toBe(
      404,
    );

    const { event, email, params, show, post } = await withNeeds('closed');
    await event.press(email, 'cancel');
    expect([(await show()).statusCode, (await post(keep('x'))).statusCode]).toEqual([409, 409]);
    await event.press(email, 'undo-cancel');
    const { body } = await call('showRegistration', { params, query: { done: 'undo-cancel' } });
    expect(body).toContain('Please tell us once more.');
    expect(await needsOf(parts, 'closed')).toEqual([]);
    await event.press(email, 'replace-link');
    expect([(await show()).statusCode, (await post(keep('x'))).statusCode]).toEqual([401, 401]);
  });

  it('never gives to a substitute what the former person sends at the same moment', async () => {
    const { event, email, params } = await withNeeds('raced');
    const { answerNeeds } = await import('../../shared/care/needs.case.ts');
    const { realDeps } = await import('../../functions/attendee-care/index.ts');
    const held = await event.deps.registrations.readWithEvent(
      'raced',
      (await event.registrationOf(email)).reference,
      'en',
    );
    if (held === undefined) throw new Error('it is gone');
    await grantTeam(parts, 'raced');
    const { reference, revision } = held.registration;
    const person = { fullName: 'Second Sample', email: 'second@example.org', position: 'Officer' };
    await ask('organiser', 'substituteRegistration', {
      params: { eventId: 'raced', reference },
      body: { ...person, revision },
    });
    for (const how of ['add', 'anew', 'nothing'] as const)
      await expect(answerNeeds(realDeps(), held, how, { help: CANARY })).rejects.toMatchObject({
        type: 'link-replaced',
      });
    expect(await needsOf(parts, 'raced')).toEqual([]);
    expect((await call('showNeeds', { params })).statusCode).toBe(401);
  });
});
