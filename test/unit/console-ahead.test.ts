import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Desk } from '../../web/console/desk.ts';
import { ApiProblem } from '../../web/console/kernel/api.ts';
import type { KnownPerson, People, PeopleMemory } from '../../web/console/registration/people.ts';
import { fetchAhead, joinAhead, type PageOfOne, takeAhead } from '../../web/console/registration/person/ahead.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const MINUTE = 60_000;
const rowOf = (reference: string, revision = 1) => ({ reference, revision }) as KnownPerson;

/** A desk whose list has these people, and whose API answers by these revisions; `asked` is what it was asked. */
function deskOf(rows: readonly KnownPerson[], answers: (reference: string) => number | Error = () => 1) {
  let all = rows;
  const watchers: (() => void)[] = [];
  const asked: string[] = [];
  const people = { now: () => ({ all }) as People, watch: (told: () => void) => watchers.push(told) };
  const api = async (
    route: string,
    { params, query }: { params: { reference: string }; query?: { only?: string } },
  ) => {
    asked.push(`${route.includes('/audit/') ? 'audit' : 'page'} ${params.reference} ${query?.only}`);
    const answer = answers(params.reference);
    if (answer instanceof Error) throw answer;
    return route.includes('/audit/') ? { entries: [] } : { registration: rowOf(params.reference, answer) };
  };
  const desk = { api, event: { id: 'e' }, now: () => Date.now(), people: people as unknown as PeopleMemory };
  return {
    desk: desk as unknown as Desk,
    asked,
    list(next: readonly KnownPerson[]) {
      all = next;
      for (const told of watchers) told();
    },
    async ahead(reference: string) {
      fetchAhead(desk as unknown as Desk, reference);
      await vi.advanceTimersByTimeAsync(1);
    },
  };
}

const revisionOf = (taken: { readonly page: PageOfOne } | undefined) => taken?.page.registration.revision;

it('a page that was fetched ahead is there once, and asks for adults alone', async () => {
  const { desk, asked, ahead } = deskOf([rowOf('A')]);
  await ahead('A');
  await ahead('A');
  expect(asked).toEqual(['page A adult', 'audit A adult']);
  const taken = takeAhead(desk, 'A');
  expect([revisionOf(taken), taken?.isOld]).toEqual([1, false]);
  expect(takeAhead(desk, 'A')).toBeUndefined();
});

it('it is asked for once more after half a minute, and shown no more after a quarter of an hour', async () => {
  const { desk, ahead } = deskOf([rowOf('A')]);
  await ahead('A');
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(takeAhead(desk, 'A')?.isOld).toBe(true);
  await ahead('A');
  await vi.advanceTimersByTimeAsync(15 * MINUTE);
  expect(takeAhead(desk, 'A')).toBeUndefined();
});

it('it is dropped where the list knows a later state, or them no more; and with the list', async () => {
  const { desk, list, ahead } = deskOf([rowOf('A')]);
  await ahead('A');
  list([rowOf('A', 2)]);
  expect(takeAhead(desk, 'A')).toBeUndefined();
  await ahead('A');
  list([rowOf('B')]);
  expect(takeAhead(desk, 'A')).toBeUndefined();
  list([rowOf('A')]);
  await ahead('A');
  // Signed out, refused, or a quarter of an hour without a press.
  list([]);
  list([rowOf('A')]);
  expect(takeAhead(desk, 'A')).toBeUndefined();
});

it('what comes after the list was emptied is not kept; nor is what was refused, which is asked for again', async () => {
  const { desk, asked, list, ahead } = deskOf([rowOf('A'), rowOf('M')], (reference) =>
    reference === 'M' ? new ApiProblem(404, { type: 'urn:plenary:problem:not-found' } as never) : 1,
  );
  fetchAhead(desk, 'A');
  list([]);
  await vi.advanceTimersByTimeAsync(1);
  list([rowOf('A'), rowOf('M')]);
  expect(takeAhead(desk, 'A')).toBeUndefined();
  await ahead('M');
  expect(takeAhead(desk, 'M')).toBeUndefined();
  await ahead('M');
  expect(asked.filter((each) => each === 'page M adult')).toHaveLength(2);
});

it('who is pressed for while their page is on its way has that one, once, by the rules of any other', async () => {
  const { desk, asked, list } = deskOf([rowOf('A'), rowOf('B'), rowOf('M')], (reference) =>
    reference === 'M' ? new ApiProblem(404, { type: 'urn:plenary:problem:not-found' } as never) : 1,
  );
  fetchAhead(desk, 'A');
  expect(takeAhead(desk, 'A'), 'nothing is there yet').toBeUndefined();
  const coming = joinAhead(desk, 'A');
  expect(joinAhead(desk, 'A')).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(revisionOf(await coming)).toBe(1);
  expect(asked).toEqual(['page A adult', 'audit A adult']);
  expect(takeAhead(desk, 'A'), 'it was had once').toBeUndefined();

  fetchAhead(desk, 'M');
  const refused = joinAhead(desk, 'M');
  await vi.advanceTimersByTimeAsync(1);
  expect(await refused, 'who is under 18 by now').toBeUndefined();

  fetchAhead(desk, 'B');
  const older = joinAhead(desk, 'B');
  list([rowOf('B', 2)]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await older).toBeUndefined();
});

it('two are kept: the next person, and who was it before', async () => {
  const { desk, ahead } = deskOf(['A', 'B', 'C'].map((each) => rowOf(each)));
  for (const each of ['A', 'B', 'C']) await ahead(each);
  expect(['A', 'B', 'C'].map((each) => takeAhead(desk, each) !== undefined)).toEqual([false, true, true]);
});
