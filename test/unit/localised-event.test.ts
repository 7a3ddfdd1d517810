import { resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadEvent } from '../../cli/event-file.ts';
import { eventMemory } from '../../shared/event/event.store.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { toRulesAttributes, toTextAttributes, toVersionAttributes } from '../../shared/event/event-item.store.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { type ItemReader, localiser } from '../../shared/event/localised-event.store.ts';
import { eventKey, type ItemKey, textKey } from '../../shared/kernel/dynamo/keys.ts';

const FORUM = loadEvent(resolve('events/asean-ict-forum.yaml'));
const NEW_CATEGORY = { id: 'parents', title: { en: 'Parents', km: 'មាតាបិតា' } };

type Item = Record<string, unknown>;
/** The items of an event as one publication leaves them, by sort key. */
type Publication = Readonly<Record<string, Item>>;

function publication(version: number, changes: Partial<EventDefinition> = {}): Publication {
  const { rules, texts } = splitTexts({ ...FORUM, version, ...changes });
  const items: Record<string, Item> = {
    RULES: { ...eventKey(FORUM.id), ...toRulesAttributes({ ...rules, version }) },
    VERSION: toVersionAttributes(version, new Date(0)),
  };
  for (const [language, words] of Object.entries(texts)) {
    items[textKey(FORUM.id, language).sk] = { ...toTextAttributes(version, words) };
  }
  return items;
}

const before = publication(1);
const after = publication(2, { categories: [...FORUM.categories, NEW_CATEGORY] });

/** Reads single items from one publication and several at one instant from another, and remembers for what it was asked. */
function readerOf(single: Publication, whole: Publication): ItemReader & { readonly asked: string[][] } {
  const asked: string[][] = [];
  const find = (items: Publication, keys: readonly ItemKey[]) => {
    asked.push(keys.map(({ sk }) => sk));
    return keys.map(({ sk }) => items[sk]);
  };
  return {
    asked,
    read: async (key) => find(single, [key])[0],
    readTogether: async (keys) => find(whole, keys),
  };
}

describe('an event read as it was published', () => {
  it('is read once', async () => {
    const reader = readerOf({}, {});
    const found = await localiser(reader)(before['RULES'], before['TEXT#km'], 'km');
    expect(found).toMatchObject({ language: 'km', event: { title: FORUM.title['km'] } });
    expect(reader.asked).toEqual([]);
  });

  it('shows its first language to whoever wants one that it does not speak', async () => {
    const reader = readerOf(before, {});
    const found = await localiser(reader)(before['RULES'], undefined, 'th');
    expect(found).toMatchObject({ language: 'en', event: { title: FORUM.title['en'] } });
    expect(reader.asked).toEqual([['TEXT#en']]);
  });

  it('is not parsed again while its texts are the same, and shown anew as soon as they change', async () => {
    const localise = localiser(readerOf({}, {}));
    const first = await localise(before['RULES'], before['TEXT#km'], 'km');
    const second = await localise({ ...before['RULES'] }, { ...before['TEXT#km'] }, 'km');
    expect(second?.event).toBe(first?.event);
    const changed = await localise(after['RULES'], after['TEXT#km'], 'km');
    expect(changed?.event.categories.at(-1)).toMatchObject({ id: 'parents', title: NEW_CATEGORY.title.km });
  });

  it('is nothing where there is none', async () => {
    expect(await localiser(readerOf({}, {}))(undefined, undefined, 'en')).toBeUndefined();
  });
});

describe('an event read while it is published', () => {
  const MIXED: Record<string, [rules: Item | undefined, text: Item | undefined]> = {
    'new rules and old words': [after['RULES'], before['TEXT#km']],
    'old rules and new words': [before['RULES'], after['TEXT#km']],
    'new rules and no words yet': [after['RULES'], undefined],
  };

  it.each(Object.entries(MIXED))('is read again, at one instant: %s', async (_, [rules, text]) => {
    const reader = readerOf(before, after);
    const found = await localiser(reader)(rules, text, 'km');
    expect(found?.event.version).toBe(2);
    expect(found?.event.categories.at(-1)).toEqual({ id: 'parents', title: 'មាតាបិតា' });
    expect(reader.asked).toEqual([[eventKey(FORUM.id).sk, 'TEXT#km']]);
  });

  it('is read again where its first language stands in for another', async () => {
    const reader = readerOf(before, after);
    const found = await localiser(reader)(after['RULES'], undefined, 'th');
    expect(found?.event.categories.at(-1)?.title).toBe('Parents');
    expect(reader.asked).toEqual([['TEXT#en'], ['RULES', 'TEXT#en']]);
  });

  it('is shown in its first language where it has just given up the wanted one', async () => {
    const englishOnly = publication(2, { languages: ['en'] });
    const reader = readerOf({}, englishOnly);
    expect(await localiser(reader)(before['RULES'], undefined, 'km')).toMatchObject({ language: 'en' });
    expect(reader.asked).toEqual([
      ['RULES', 'TEXT#km'],
      ['RULES', 'TEXT#en'],
    ]);
  });

  it('is nothing where it has just been taken away', async () => {
    expect(await localiser(readerOf({}, {}))(before['RULES'], undefined, 'km')).toBeUndefined();
  });

  it('is never shown with words that are not its own', async () => {
    const { 'TEXT#km': words, ...rest } = after;
    for (const stored of [{ ...rest, 'TEXT#km': { ...words, version: 1 } }, rest]) {
      const shown = localiser(readerOf(stored, stored))(after['RULES'], before['TEXT#km'], 'km');
      await expect(shown).rejects.toThrow(
        '"asean-ict-forum" is stored without its words in km of version 2: publish it again',
      );
    }
  });
});

describe('EV4: an event that lacks words in a language', () => {
  const lacking = (items: Publication, language: string, ...keys: string[]): Publication => {
    const { sk } = textKey(FORUM.id, language);
    const words = JSON.parse(String(items[sk]?.['texts']));
    for (const key of keys) delete words[key];
    return { ...items, [sk]: { ...items[sk], texts: JSON.stringify(words) } };
  };

  it('has them in English, and each is counted', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const stored = lacking(before, 'km', 'title', 'categories.media.title');
    const reader = readerOf(stored, stored);
    const found = await localiser(reader)(stored['RULES'], stored['TEXT#km'], 'km');
    expect(found?.language).toBe('km');
    expect(found?.event.title).toBe(FORUM.title['en']);
    expect(found?.event.tagline).toBe(FORUM.tagline['km']);
    expect(found?.event.categories.find(({ id }) => id === 'media')?.title).toBe('Media');
    expect(reader.asked).toEqual([['TEXT#en']]);
    expect(warn.mock.calls.map(([line]) => JSON.parse(String(line)).key)).toEqual(['title', 'categories.media.title']);
    expect(log).toHaveBeenCalledTimes(2);
    vi.restoreAllMocks();
  });

  it('has another language’s where English lacks them, and their key where all do', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const stored = lacking(lacking(before, 'km', 'tagline'), 'en', 'title', 'tagline');
    const found = await localiser(readerOf(stored, stored))(stored['RULES'], stored['TEXT#en'], 'en');
    expect(found?.event.title).toBe(FORUM.title['km']);
    expect(found?.event.tagline).toBe('tagline');
    vi.restoreAllMocks();
  });
});

describe('an event that is remembered', () => {
  const of = (items: Publication) => (key: ItemKey) => items[key.sk];
  const namesOf = (keys: readonly ItemKey[]) => keys.map(({ sk }) => sk);

  it('is asked for by its version alone, in the language in which it was read', async () => {
    const reader = readerOf({}, {});
    const events = eventMemory(reader);
    const first = events(FORUM.id, 'km');
    expect(namesOf(first.keys)).toEqual(['VERSION', 'RULES', 'TEXT#km']);
    const found = await first.found(of(before));
    const second = events(FORUM.id, 'km');
    expect(namesOf(second.keys)).toEqual(['VERSION']);
    expect(await second.found(of(before))).toBe(found);
    expect(namesOf(events(FORUM.id, 'en').keys)).toContain('TEXT#en');
    expect(reader.asked).toEqual([]);
  });

  it('is read anew, at one instant, once another version is published, and then is that one', async () => {
    const reader = readerOf({}, after);
    const events = eventMemory(reader);
    await events(FORUM.id, 'km').found(of(before));
    // Both were asked before either heard of the new version.
    const asked = [events(FORUM.id, 'km'), events(FORUM.id, 'km')];
    for (const each of asked) expect((await each.found(of(after)))?.event.version).toBe(2);
    expect(reader.asked).toEqual([
      ['RULES', 'TEXT#km'],
      ['RULES', 'TEXT#km'],
    ]);
    expect((await events(FORUM.id, 'km').found(of(after)))?.event.categories.at(-1)?.id).toBe('parents');
    expect(reader.asked).toHaveLength(2);
  });

  it('is not remembered where its version is not known, or is another one already', async () => {
    const events = eventMemory(readerOf({}, {}));
    const { VERSION: _, ...unversioned } = before;
    expect(await events(FORUM.id, 'km').found(of(unversioned))).toBeDefined();
    expect(
      await events(FORUM.id, 'km').found(of({ ...before, VERSION: toVersionAttributes(2, new Date(0)) })),
    ).toBeDefined();
    expect(namesOf(events(FORUM.id, 'km').keys)).toContain('RULES');
  });

  it('is gone where it is not there any more', async () => {
    const events = eventMemory(readerOf({}, {}));
    await events(FORUM.id, 'km').found(of(before));
    expect(await events(FORUM.id, 'km').found(of({}))).toBeUndefined();
  });
});
