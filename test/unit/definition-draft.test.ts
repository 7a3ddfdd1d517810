import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadEvent } from '../../cli/event-file.ts';
import { shapeAt, valueAt, withValueAt } from '../../shared/event/definition/definition-shape.ts';
import { differences } from '../../shared/event/definition/differences.ts';
import {
  asSent,
  type Definition,
  newEntry,
  placeIn,
  rebased,
  unpublished,
} from '../../web/console/event/definition/draft.ts';
import { DEFINITION_SHAPE } from '../../web/console/event/definition/parts.ts';

const FORUM = loadEvent('events/asean-ict-forum.yaml') as unknown as Definition;
const put = (definition: Definition, path: string, value: unknown): Definition =>
  withValueAt(definition, placeIn(definition, path.split('.')) ?? [], value) as Definition;
const at = (definition: Definition, path: string): unknown =>
  valueAt(definition, placeIn(definition, path.split('.')) ?? ['none']);
const added = (definition: Definition, list: string, entry: object): Definition => {
  const place = placeIn(definition, list.split('.')) ?? [];
  const shape = shapeAt(DEFINITION_SHAPE, place, definition);
  if (shape?.kind !== 'list') throw new Error(`${list} is no list`);
  const made = newEntry(shape.of, place, definition) as object;
  return withValueAt(definition, place, [
    ...(valueAt(definition, place) as object[]),
    { ...made, ...entry },
  ]) as Definition;
};

describe('what is sent of a draft', () => {
  it('is what was published, where nothing was changed', () => {
    expect(asSent(FORUM)).toEqual(FORUM);
  });

  it('names what was added by its English name, and what refers to it by the same', () => {
    const draft = added(FORUM, 'categories', { title: { en: 'Police & courts', km: 'នគរបាល' } });
    const id = (draft['categories'] as { id: string }[]).at(-1)?.id;
    const sent = asSent(
      put(draft, 'quotas', [{ id: 'room', title: {}, capacity: 1, when: { not: { category: [id] } } }]),
    );
    expect(at(sent, 'categories.police-courts.title.km')).toBe('នគរបាល');
    expect(at(sent, 'quotas.room.when')).toEqual({ not: { category: ['police-courts'] } });
  });

  it('tells two of one name apart, and one without Latin letters, by numbers; questions have no hyphens', () => {
    const twice = ['Need a visa?', 'Need a visa?', 'ទិដ្ឋាការ'].reduce(
      (so, en) => added(so, 'questions', { type: 'yes-no', title: { en, km: en } }),
      FORUM,
    );
    const ids = (asSent(twice)['questions'] as { id: string }[]).slice(-3).map(({ id }) => id);
    expect(ids).toEqual(['needAVisa', 'needAVisa2', 'question']);
    const named = asSent(added(FORUM, 'questions', { type: 'text', title: { en: 'Constructor', km: 'អ្នកសាងសង់' } }));
    expect((named['questions'] as { id: string }[]).at(-1)?.id).toBe('constructor2');
  });

  it('has no words of a language that was dropped; they are there again where it is added again', () => {
    const dropped = put(FORUM, 'languages', ['en']);
    const sent = asSent(dropped);
    expect(JSON.stringify(sent)).not.toContain('"km":');
    expect(sent['title']).toEqual({ en: at(FORUM, 'title.en') });
    expect(unpublished({ version: 1, base: FORUM, typed: dropped }).map(({ path }) => path)).toEqual([['languages']]);
    const { typed } = rebased({ version: 1, base: FORUM, typed: dropped }, 2, FORUM);
    for (const draft of [dropped, typed]) expect(asSent(put(draft, 'languages', FORUM['languages']))).toEqual(FORUM);
  });

  it('leaves out what is not asked any more: answers of what is no choice now', () => {
    const choice = (FORUM['questions'] as { id: string; type: string }[]).find(({ type }) => type === 'choice');
    expect(at(FORUM, `questions.${choice?.id}.options`)).toBeDefined();
    const sent = asSent(put(FORUM, `questions.${choice?.id}.type`, 'yes-no'));
    expect(at(sent, `questions.${choice?.id}.options`)).toBeUndefined();
  });
});

describe('a draft that others were faster than', () => {
  const draftOf = (typed: Definition) => ({ version: 1, base: FORUM, typed });

  it('stands on what they published, with its own changes on top', () => {
    const mine = put(added(FORUM, 'categories', { title: { en: 'Courts', km: 'តុលាការ' } }), 'title.en', 'Mine');
    const theirs = put(put(FORUM, 'title.km', 'របស់គេ'), 'quotas', []);
    const { version, base, typed } = rebased(draftOf(mine), 2, theirs);
    expect([version, base]).toEqual([2, theirs]);
    expect(at(typed, 'title')).toEqual({ en: 'Mine', km: 'របស់គេ' });
    expect(at(typed, 'categories.courts.title.en')).toBe('Courts');
    expect(typed['quotas']).toEqual([]);
  });

  it('keeps an order, and what it took out stays out', () => {
    const days = FORUM['days'] as { id: string }[];
    const mine = put(put(FORUM, 'days', days.toReversed()), 'supporters', []);
    const { typed } = rebased(draftOf(mine), 2, put(FORUM, 'days.day-1.start', '09:00'));
    expect((typed['days'] as { id: string }[]).map(({ id }) => id)).toEqual(days.map(({ id }) => id).toReversed());
    expect(at(typed, 'days.day-1.start')).toBe('09:00');
    expect(typed['supporters']).toEqual([]);
  });

  it('changes nothing in what is gone', () => {
    const theirs = put(FORUM, 'quotas', []);
    const quota = (FORUM['quotas'] as { id: string }[])[0]?.id;
    expect(rebased(draftOf(put(FORUM, `quotas.${quota}.capacity`, 7)), 2, theirs).typed).toEqual(theirs);
  });

  it('has all changes of both, whatever they are, where they are of different places', () => {
    const places = [
      'title.en',
      'tagline.km',
      'days.day-2.end',
      'venue.country',
      'minors.minimumAge',
      'retention.careDays',
    ];
    const values = fc.uniqueArray(fc.constantFrom(...places), { minLength: 1 });
    fc.assert(
      fc.property(values, values, (own, others) => {
        const mine = own.reduce((so, place) => put(so, place, `mine ${place}`), FORUM);
        const theirs = others.reduce((so, place) => put(so, place, `theirs ${place}`), FORUM);
        const { typed } = rebased(draftOf(mine), 2, theirs);
        for (const place of places) expect(at(typed, place)).toEqual(at(own.includes(place) ? mine : theirs, place));
        expect(differences(mine, typed).every(({ path }) => !own.includes(path.join('.')))).toBe(true);
      }),
    );
  });
});
