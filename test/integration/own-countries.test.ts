import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { formFields, forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { readRegistry } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { outboxInserts } from '../support/stream.ts';
import { grantTeam, listed } from '../support/team.ts';

let parts: Parts;
let send: typeof import('../../functions/outbox/index.ts').handler;
beforeAll(async () => {
  parts = await startParts();
  ({ handler: send } = await import('../../functions/outbox/index.ts'));
});
afterAll(() => parts?.stop());

const COUNTRIES: NonNullable<EventDefinition['countries']> = {
  renamed: [{ code: 'KH', title: { en: 'Kingdom of Cambodia', km: 'ព្រះរាជាណាចក្រកម្ពុជា' } }],
  added: [{ code: 'XA', title: { en: 'ASEAN Secretariat', km: 'លេខាធិការដ្ឋានអាស៊ាន' } }],
  leftOut: ['XK'],
};
const LIVES_IN = {
  id: 'livesIn',
  type: 'country',
  required: false,
  title: { en: 'Where do you live?', km: 'តើលោកអ្នករស់នៅឯណា?' },
} as const;

describe('an event with a list of countries of its own', () => {
  const id = 'own-countries';
  const params = { eventId: id };
  let event: Awaited<ReturnType<typeof openEvent>>;
  const pageIn = async (email: string, lang: string) =>
    (await call('showRegistration', { params: { token: await event.tokenOf(email) }, query: { lang } })).body ?? '';
  beforeAll(async () => {
    await grantTeam(parts, id);
    event = await openEvent(parts, id, { countries: COUNTRIES, questions: [LIVES_IN], quotas: [] });
  });

  it('offers it on the form, in the order of its names, in both languages', async () => {
    const english = (await call('showForm', { params })).body ?? '';
    expect(english).toContain('<option value=XA>ASEAN Secretariat');
    expect(english).toContain('<option value=KH>Kingdom of Cambodia');
    expect(english).toContain('<option value=ZZ>Another place');
    expect(english).not.toContain('value=XK');
    const names = [...english.matchAll(/<option value=\w\w>([^<]*)/g)].map(([, name]) => name);
    expect(names.indexOf('ASEAN Secretariat')).toBeLessThan(names.indexOf('Australia'));
    const khmer = (await call('showForm', { params, query: { lang: 'km' } })).body ?? '';
    expect(khmer).toContain('<option value=XA>លេខាធិការដ្ឋានអាស៊ាន');
  });

  it('takes what it adds, in a question too, and says its name on pages and to programs', async () => {
    await event.register('added@example.org', { country: 'XA', answers: { livesIn: 'KH' } });
    const page = await pageIn('added@example.org', 'en');
    expect(page).toContain('<dd>ASEAN Secretariat</dd>');
    expect(page).toContain('<dd>Kingdom of Cambodia</dd>');
    expect(await pageIn('added@example.org', 'km')).toContain('<dd>លេខាធិការដ្ឋានអាស៊ាន</dd>');
    const told = JSON.parse((await call('getEvent', { params })).body ?? '');
    expect(told.countries.added).toEqual([{ code: 'XA', title: 'ASEAN Secretariat' }]);
    expect((await listed('organiser', params.eventId)).map(({ country }) => country)).toContain('XA');
  });

  it('refuses what it leaves out, and what it does not add, as an answer as well', async () => {
    for (const [changes, path] of [
      [{ country: 'XK' }, 'country'],
      [{ country: 'XB' }, 'country'],
      [{ answers: { livesIn: 'XK' } }, 'answers.livesIn'],
    ] as const) {
      const answer = await call('submitRegistration', {
        params,
        ...postJson(submission({ email: 'x@example.org', ...changes })),
      });
      expect([answer.statusCode, JSON.parse(answer.body ?? '').errors?.[0]]).toMatchObject([
        422,
        { path, code: 'unknown-option' },
      ]);
    }
    const form = await call('postForm', { params, ...postForm(formFields({ country: 'XK', email: 'x@example.org' })) });
    expect(form.statusCode).toBe(422);
  });

  it('is that of another event without one', async () => {
    const other = await openEvent(parts, 'usual-countries', { questions: [], quotas: [] });
    await other.register('kosovo@example.org', { country: 'XK' });
    expect(await other.registrationOf('kosovo@example.org')).toMatchObject({ country: 'XK' });
    const refused = await call('submitRegistration', {
      params: { eventId: other.id },
      ...postJson(submission({ email: 'y@example.org', country: 'XA' })),
    });
    expect(refused.statusCode).toBe(422);
  });

  it('names the country of the venue in mails as it calls it', async () => {
    await send(await outboxInserts(parts));
    const [mail] = await (await fetch(`${parts.mailbox.url}/messages?to=added@example.org`)).json();
    expect(mail.text).toContain('Kingdom of Cambodia');
  });

  it('keeps a country that is left out later, with its name, for a person who has it', async () => {
    await event.register('former@example.org', { country: 'FR' });
    const leftOut = ['XK', 'FR', 'XA'];
    await parts.publish(
      forum({ id, version: 2, countries: { ...COUNTRIES, leftOut }, questions: [LIVES_IN], quotas: [] }),
    );
    expect(await pageIn('former@example.org', 'en')).toContain('<dd>France</dd>');
    expect(await pageIn('added@example.org', 'en')).toContain('<dd>ASEAN Secretariat</dd>');
    const form = (await event.page('former@example.org', 'showAmend')).body ?? '';
    expect(form).toContain('<option value=FR selected>France');
    expect(form).not.toContain('value=XK');
    expect((await event.amend('former@example.org', { organisation: 'Another office' })).statusCode).toBe(200);
    expect(await event.registrationOf('former@example.org')).toMatchObject({
      country: 'FR',
      organisation: 'Another office',
    });
    const other = await event.amend('former@example.org', { country: 'XK' });
    expect(other.statusCode).toBe(422);
    const late = await call('submitRegistration', {
      params,
      ...postJson(submission({ email: 'z@example.org', country: 'FR' })),
    });
    expect(late.statusCode).toBe(422);
  });

  it('keeps what it added once, by its name, for a person who has it, and offers it to nobody else', async () => {
    const once = await openEvent(parts, 'once-added', { countries: COUNTRIES, questions: [LIVES_IN], quotas: [] });
    await once.register('once@example.org', { country: 'XA', answers: { livesIn: 'XA' } });
    await parts.publish(forum({ id: once.id, version: 2, questions: [LIVES_IN], quotas: [] }));
    const form = (await once.page('once@example.org', 'showAmend')).body ?? '';
    expect(form.match(/<option value=XA selected>ASEAN Secretariat/g)).toHaveLength(2);
    const own = await call('showRegistration', {
      params: { token: await once.tokenOf('once@example.org') },
      query: { lang: 'km' },
    });
    expect(own.body?.match(/<dd>លេខាធិការដ្ឋានអាស៊ាន<\/dd>/g)).toHaveLength(2);
    const told = JSON.parse((await call('getEvent', { params: { eventId: once.id } })).body ?? '');
    expect(told.countries).toMatchObject({ added: [{ code: 'XA', title: 'ASEAN Secretariat' }], leftOut: ['XA'] });
    expect((await call('showForm', { params: { eventId: once.id } })).body).not.toContain('value=XA');
    const amended = await once.amend('once@example.org', {
      organisation: 'Another office',
      answers: { livesIn: 'XA' },
    });
    expect(amended.statusCode).toBe(200);
    expect(await once.registrationOf('once@example.org')).toMatchObject({
      country: 'XA',
      organisation: 'Another office',
      answers: { livesIn: 'XA' },
    });
    const late = await call('submitRegistration', {
      params: { eventId: once.id },
      ...postJson(submission({ email: 'late@example.org', country: 'XA', answers: {} })),
    });
    expect(late.statusCode).toBe(422);
  });

  it('is what phones at the door are told, by language: in Khmer, which browsers lack', async () => {
    const desk = await openPhone(parts, id, { maySearch: true });
    const countries = (await desk.roster()).setup.event.countries;
    expect(Object.keys(countries).sort()).toEqual(['en', 'km']);
    const khmer = new Map(countries.km);
    expect([khmer.get('KH'), khmer.get('LA'), khmer.get('ZZ')]).toEqual(['ព្រះរាជាណាចក្រកម្ពុជា', 'ឡាវ', 'ទីកន្លែងផ្សេង']);
    expect([khmer.has('XK'), khmer.has('FR')]).toEqual([false, false]);
  });

  it('takes a walk-in from what it adds, also where a phone has not heard yet that it is left out', async () => {
    const desk = await openPhone(parts, id, { maySearch: true });
    const entered = async (country: string) => {
      const ticketId = encodeCrockford(realSystem.random(12));
      const walkIn = {
        ticketId,
        isAdult: true,
        fullName: `Walker ${country}`,
        organisation: 'Office',
        country,
        category: 'ngo',
      };
      await desk.send([sentScan({ ticket: ticketHashOf({ ticketId }), walkIn })]);
      return (await readRegistry(parts, id)).registrations.find(({ fullName }) => fullName === `Walker ${country}`);
    };
    expect(await entered('XA')).toMatchObject({ country: 'XA' });
    expect(await entered('XB')).toBeUndefined();
  });
});
