import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { textKey } from '../../shared/kernel/dynamo/keys.ts';
import { NOTICES } from '../../shared/kernel/i18n/notices.store.ts';
import { SITE } from '../../shared/kernel/i18n/site.store.ts';
import { METRICS } from '../../shared/kernel/metrics.ts';
import type { Route } from '../../shared/kernel/route.ts';
import { ROUTES } from '../../shared/routes.ts';
import { call } from '../support/call.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { ask } from '../support/team.ts';
import { callAs, everyCall, openWholeEvent, type WholeEvent } from '../support/whole-event.ts';

/* EV4: a text that a language lacks is English, and is counted; whoever asks gets their page. */

const ID = 'lacking';
let parts: Parts;
let event: WholeEvent;
let counted: string[];
let named: string[];

beforeAll(async () => {
  parts = await startParts();
  event = await openWholeEvent(parts, ID);
});
afterAll(() => parts?.stop());
beforeEach(() => {
  counted = [];
  named = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void counted.push(line));
  vi.spyOn(console, 'warn').mockImplementation((line) => void named.push(line));
});
afterEach(() => vi.restoreAllMocks());

const lacking = (): { language: string; key: string; event?: string }[] =>
  named.map((line) => JSON.parse(line)).filter(({ message }) => message === 'text missing');

const keyOf = (language: string) => ({
  TableName: parts.database.tables.registry,
  Key: textKey(ID, language),
});

async function wordsIn(language: string): Promise<Record<string, string>> {
  const { Item } = await documentClient().send(new GetCommand(keyOf(language)));
  return JSON.parse(String(Item?.['texts']));
}

async function dropText(language: string, key: string): Promise<void> {
  const { [key]: _, ...rest } = await wordsIn(language);
  await documentClient().send(
    new UpdateCommand({
      ...keyOf(language),
      UpdateExpression: 'SET texts = :texts',
      ExpressionAttributeValues: { ':texts': JSON.stringify(rest) },
    }),
  );
}

describe('a text of the event that Khmer lacks', () => {
  it('is English on its page and in the programme that organisers change, and counted once', async () => {
    await dropText('km', 'title');
    const { title = '' } = await wordsIn('en');
    for (let time = 0; time < 3; time += 1) {
      const { statusCode, body } = await call('showEvent', { params: { eventId: ID }, query: { lang: 'km' } });
      expect(statusCode).toBe(200);
      expect(body).toContain(title);
      expect(body).toContain('<html lang="km"');
    }
    expect(lacking()).toMatchObject([{ message: 'text missing', language: 'km', key: 'title', event: ID }]);
    expect(lacking()).toHaveLength(1);
    expect(counted.map((line) => JSON.parse(line)[METRICS.textMissing])).toEqual([1]);
    const { status, body } = await ask('organiser', 'getProgramme', { params: { eventId: ID } });
    expect([status, body.missing]).toEqual([200, { km: 1 }]);
  });
});

/** As if there were no Khmer files. */
function dropKhmer(): void {
  for (const catalogue of [SITE, NOTICES]) {
    const english = catalogue.in('en');
    vi.spyOn(catalogue, 'in').mockImplementation((language) => (language === 'en' ? english : {}));
  }
}

describe('all words of the site that Khmer lacks', () => {
  const pagesOf = everyCall(({ method, kind }) => method === 'GET' && kind === 'page');

  it('are English on every page, of which none fails, and each is counted once', async () => {
    dropKhmer();
    const seen = new Map<string, number>();
    for (const asked of [...pagesOf, ...pagesOf]) {
      const { statusCode = 0, body = '' } = await callAs(asked, {
        ...event.callOf(asked.id),
        query: { ...event.callOf(asked.id).query, lang: 'km' },
      });
      seen.set(asked.id, statusCode);
      if (statusCode === 200) expect(body).toMatch(/<html lang="(km|en)"/);
    }
    expect([...seen].filter(([, status]) => status >= 500)).toEqual([]);
    expect([...seen.values()].filter((status) => status === 200).length).toBeGreaterThan(20);
    const keys = lacking().map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(150);
    expect(keys).toEqual([...new Set(keys)]);
    expect(counted).toHaveLength(keys.length);
  });

  it('are English in problems of the API too', async () => {
    dropKhmer();
    const route: Route = ROUTES.getEvent;
    expect(route.kind).toBe('json');
    const { statusCode, body = '' } = await call('getEvent', {
      params: { eventId: 'no-such-event' },
      headers: { 'accept-language': 'km' },
    });
    expect([statusCode, JSON.parse(body).title]).toEqual([404, SITE.in('en')['problem.unknown-event.title']]);
  });
});
