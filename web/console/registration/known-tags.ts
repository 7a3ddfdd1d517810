import { useEffect, useState } from 'preact/hooks';
import type { Tag } from '../../../shared/registration/tags/tags.schema.ts';
import { type Desk, useDesk, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import type { Loading } from '../kernel/parts/request.ts';

const LIST = 'GET /api/organiser/events/{eventId}/tags';
export type TagList = AnswerOf<typeof LIST>;

/** Milliseconds for which nobody asks again: pages of people follow one another in seconds. */
const FRESH = 4_000;

interface Kept {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly asked: Promise<TagList>;
  /** The newest that was told; the same list as long as it says the same, for columns are made of it. */
  readonly list: TagList | undefined;
}

/** As long as the console of the event is open. */
const kept = new WeakMap<Desk, Kept>();

/** @param asked what tells of it */
function keep(desk: Desk, list: TagList, asked = Promise.resolve(list)): TagList {
  const before = kept.get(desk)?.list;
  const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(list);
  const now = isSame ? before : list;
  kept.set(desk, { at: desk.now(), asked, list: now });
  return now;
}

function ask(desk: Desk): Promise<TagList> {
  const { api, event, now } = desk;
  const asked: Promise<TagList> = api(LIST, { params: { eventId: event.id } }).then(
    // What was written meanwhile is newer.
    (list) => (kept.get(desk)?.asked === asked ? keep(desk, list, asked) : list),
    (error) => {
      if (kept.get(desk)?.asked === asked) kept.delete(desk);
      throw error;
    },
  );
  kept.set(desk, { at: now(), asked, list: kept.get(desk)?.list });
  return asked;
}

const isFresh = (desk: Desk): boolean => desk.now() - (kept.get(desk)?.at ?? Number.NEGATIVE_INFINITY) < FRESH;

/** The tags of the event as they are now, for who changes them. */
export function useTags(): Loading<TagList> {
  const desk = useDesk();
  const read = useRead(desk.event.id, () => ask(desk));
  return { ...read, show: (list) => read.show(keep(desk, list)) };
}

/** The tags of the event as far as they are known: what was told a moment ago is there at once, and anything older until it is told anew. */
export function useKnownTags(): readonly Tag[] | undefined {
  const desk = useDesk();
  const [before] = useState(() => kept.get(desk)?.list);
  const lately = () => (isFresh(desk) ? kept.get(desk)?.asked : undefined) ?? ask(desk);
  const { loaded, reload } = useRead(desk.event.id, lately, before);
  useEffect(() => {
    if (before !== undefined && !isFresh(desk)) void reload();
  }, []);
  return (loaded.state === 'ready' ? loaded.value : before)?.tags;
}

const ID_LENGTH = 8;
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** 40 random bits: what a tag, a note or a saved view is made with. */
export const shortId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(ID_LENGTH))].map((byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('');
