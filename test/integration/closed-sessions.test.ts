import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';

const event = forum();
const closed = event.sessions.filter(({ audience }) => audience !== undefined);
const params = { eventId: event.id };

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
  await parts.publish({
    ...event,
    categories: event.categories.map((category) => ({ ...category, trustedDomains: ['trusted.example.org'] })),
  });
});
afterAll(() => parts?.stop());

describe('what anyone may read', () => {
  it.each(['getEvent', 'showEvent', 'showForm'] as const)(
    '%s says nothing of closed sessions, nor of whom is trusted',
    async (route) => {
      expect(closed).toHaveLength(1);
      for (const lang of event.languages) {
        const { statusCode, body = '' } = await call(route, { params, query: { lang } });
        expect(statusCode).toBe(200);
        expect(body).not.toContain('trusted.example.org');
        for (const { id, title, abstract, meetingUrl } of closed) {
          for (const words of [id, title[lang], abstract?.[lang], meetingUrl]) expect(body).not.toContain(words);
        }
      }
    },
  );
});
