import { expect, it, vi } from 'vitest';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { getEvent } from '../../shared/event/page/pages.case.ts';
import { cachedBriefly, json, page, seeOther, table, toResult } from '../../shared/kernel/http/reply.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { forum } from '../support/forum.ts';

const cachingOf = (reply: Parameters<typeof toResult>[0]): unknown => toResult(reply).headers?.['cache-control'];

it('what is the same for everyone is shown at once while it is asked for anew, and for a day or more while functions fail', () => {
  const caching = String(cachingOf(cachedBriefly(page('event'))));
  expect(caching.split(', ')).toEqual(
    expect.arrayContaining([
      'public',
      'max-age=0',
      's-maxage=60',
      expect.stringMatching(/^stale-while-revalidate=\d+$/),
    ]),
  );
  const secondsOf = (name: string): number => Number(new RegExp(`${name}=(\\d+)`).exec(caching)?.[1]);
  expect(secondsOf('stale-if-error')).toBeGreaterThanOrEqual(24 * 3600);
  // Fresh and stale together, so that nobody registers long after it was closed, or reads of a room that has changed.
  expect(secondsOf('s-maxage') + secondsOf('stale-while-revalidate')).toBeLessThanOrEqual(120);
  expect(toResult(cachedBriefly(json(200, {}))).headers).toMatchObject({
    'cache-control': caching,
    vary: 'accept-language',
  });
});

it('AB13: nobody on the way keeps anything else', () => {
  for (const reply of [page('mine'), page('gone', 404), json(200, {}), json(500, {}), table('a', ''), seeOther('/')])
    expect(cachingOf(reply)).toBe('no-store');
});

it('who asks past all caches has the counters of quotas read once in five seconds, and again where that failed', async () => {
  let at = 0;
  const system = { ...realSystem, now: () => new Date(at) };
  const read = vi.fn(async () => new Map());
  read.mockRejectedValueOnce(new Error('throttled'));
  const events = { readEvent: async () => ({ event: splitTexts(forum()).rules, language: 'en' }) };
  const show = getEvent({ counters: { read, readPools: vi.fn() }, events, system });
  const ask = () => show({ params: { eventId: 'forum' }, language: 'en' } as Parameters<typeof show>[0]);
  await expect(ask()).rejects.toThrow('throttled');
  const times = [];
  for (at of [0, 4_999, 5_000]) times.push((await ask()) && read.mock.calls.length);
  expect(times).toEqual([2, 2, 3]);
});
