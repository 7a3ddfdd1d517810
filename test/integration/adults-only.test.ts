import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../shared/kernel/html.ts';
import type { RouteId } from '../../shared/routes.ts';
import { call } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';

let parts: Parts;
const params = { eventId: 'adults-only' };

beforeAll(async () => {
  parts = await startParts();
  const { minors: _, ...event } = forum({ id: params.eventId });
  // Their descriptions are the organisers' own words.
  const categories = event.categories.map(({ minors: __, hint: ___, ...category }) => category);
  await parts.publish({ ...event, categories });
});
afterAll(() => parts?.stop());

const OPEN: readonly RouteId[] = [
  'showEvent',
  'showForm',
  'showThanks',
  'showFind',
  'showPrivacy',
  'showDelegationStart',
  'showReport',
  'showAccessibility',
];
const OF_MINORS: readonly RouteId[] = ['showYoungPeople', 'showYoungForm', 'showConsentForm'];

/** What an organiser wrote of the event is theirs: the sample takes people under 18, and says so in its own words. */
function withoutTheirs(body: string, words: RegExp): string {
  const texts = JSON.stringify(forum()).match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  const theirs = texts.map((text): string => JSON.parse(text)).filter((text) => words.test(text));
  const lines = theirs.flatMap((text) => text.split('\n')).filter((line) => line.length > 20);
  return lines.reduce((left, line) => left.replaceAll(line, '').replaceAll(String(html`${line}`), ''), body);
}

describe('EV3: an event without minors', () => {
  it.each(OPEN)('%s has no link, and no promise, about guardians', async (route) => {
    for (const [language, words] of [
      ['en', /guardian|chaperone/i],
      ['km', /អាណាព្យាបាល/],
    ] as const) {
      const { statusCode, body = '' } = await call(route, { params, query: { lang: language } });
      expect(statusCode).toBe(200);
      expect(withoutTheirs(body, words).match(words)).toBeNull();
      expect(body).not.toMatch(/href="[^"]*\/(?:young-people|register\/young|consent-form)/);
    }
  });

  it.each(['showEvent', 'showForm', 'showPrivacy', 'showDelegationStart'] as const)('%s says so', async (route) => {
    const en = await call(route, { params });
    expect(en.body).toMatch(/not for people under 18|this event is for people of 18 and older/);
    const km = await call(route, { params, query: { lang: 'km' } });
    expect(km.body).toMatch(/១៨ ឆ្នាំ/);
  });

  it.each(OF_MINORS)('%s is no page of it, and says why', async (route) => {
    const { statusCode, body = '' } = await call(route, { params });
    expect(statusCode).toBe(403);
    expect(body).toContain('This event is not for people under 18');
    expect(body).not.toMatch(/guardian/i);
  });
});

it('EV3: the privacy page of an event that asks nothing says nothing of answers, needs, consents and feedback', async () => {
  const bare = { eventId: 'asks-nothing' };
  const { minors: _, feedback: __, ...event } = forum({ id: bare.eventId, questions: [], quotas: [], consents: [] });
  await parts.publish({ ...event, categories: event.categories.map(({ minors: ___, ...category }) => category) });
  const headings = async (of: { eventId: string }) =>
    (await call('showPrivacy', { params: of })).body?.match(/(?<=<h3>)[^<]+/g) ?? [];
  const asked = [
    'What you say afterwards of the event',
    'Your answers',
    'What we should arrange for you',
    'What you agreed to',
  ];
  expect(await headings(params)).toEqual(expect.arrayContaining(asked));
  const rest = (await headings(params)).filter((each) => !asked.includes(each));
  expect(await headings(bare)).toEqual(rest);
});
