import { expect } from 'vitest';
import {
  type Delegation,
  fromDelegationItem,
  fromMemberItem,
  type Member,
} from '../../shared/delegation/delegation.schema.ts';
import { delegationToken } from '../../shared/delegation/delegation-link.store.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { call, postForm, postUpload } from './call.ts';
import type { Parts } from './parts.ts';
import { scan } from './registry.ts';
import { openEvent } from './self-service.ts';

export const COORDINATOR = 'coordinator@ministry.test';

/** What is typed for one person. */
export const person = (number: number, changes: Record<string, string> = {}): Record<string, string> => ({
  fullName: `Person ${number}`,
  position: 'Officer',
  email: '',
  ...changes,
});

/** The form that adds people, with what is the same for everyone; `common` changes or, by an empty list, leaves out. */
export function peopleFields(
  rows: readonly Record<string, string>[],
  common: Record<string, readonly string[]> = {},
  press = 'register',
): [string, string][] {
  const shared: Record<string, readonly string[]> = {
    organisation: ['Sample Ministry'],
    country: ['TH'],
    category: ['academia'],
    mode: ['in-person'],
    days: ['day-1', 'day-2'],
    language: ['en'],
    adults: ['yes'],
    'consents.code-of-conduct': ['2027-1'],
    ...common,
  };
  return [
    ...Object.entries(shared).flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
    ...rows.flatMap((cells, row) =>
      Object.entries(cells).map(([column, text]): [string, string] => [`rows.${row}.${column}`, text]),
    ),
    ['press', press],
  ];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
};
const decoded = (text: string): string =>
  text.replace(/&(?:amp|quot|#39|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
const attributeOf = (tag: string, name: string): string | undefined => {
  const [, quoted, bare] = new RegExp(` ${name}(?:="([^"]*)"|=([^ >"]+))`).exec(tag) ?? [];
  return quoted === undefined && bare === undefined ? undefined : decoded(quoted ?? bare ?? '');
};

/** What a browser would send of a form as it was shown, whichever button is pressed. */
export function asShown(html: string): [string, string][] {
  const [, form = ''] = /<form method="post"[^>]*>([\s\S]*?)<\/form>/.exec(html) ?? [];
  const controls = form.matchAll(/<input[^>]*>|<select[^>]*>[\s\S]*?<\/select>|<textarea[^>]*>[\s\S]*?<\/textarea>/g);
  return [...controls].flatMap(([control]): [string, string][] => {
    const [tag = ''] = /<[^>]*>/.exec(control) ?? [];
    const name = attributeOf(tag, 'name') ?? '';
    const type = attributeOf(tag, 'type');
    if (type === 'file' || ((type === 'radio' || type === 'checkbox') && !tag.includes(' checked'))) return [];
    if (tag.startsWith('<input')) return [[name, attributeOf(tag, 'value') ?? '']];
    if (tag.startsWith('<textarea')) return [[name, decoded(control.slice(tag.length + 1, -'</textarea>'.length))]];
    const options = [...control.matchAll(/<option[^>]*>/g)].map(([option]) => option);
    const chosen = options.find((option) => option.includes(' selected')) ?? options[0] ?? '';
    return [[name, attributeOf(chosen, 'value') ?? '']];
  });
}

/** One event with one delegation, and what its coordinator does with the link that was mailed. */
export async function openDelegation(parts: Parts, id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, changes);
  const start = (email = COORDINATOR, language = 'en') =>
    call('postDelegationStart', {
      params: { eventId: id },
      ...postForm([
        ['email', email],
        ['language', language],
      ]),
    });
  const delegations = async (): Promise<Delegation[]> =>
    (await items()).filter(({ sk }) => sk === 'DELEGATION').map(fromDelegationItem);
  const items = () => scan(parts, 'registry', { partitions: [`DELEGATION#${id}#`] });
  expect((await start()).statusCode).toBe(303);
  const token = async (): Promise<string> => {
    const found = (await delegations()).find(({ email }) => email === COORDINATOR);
    if (found === undefined) throw new Error('there is no delegation');
    return delegationToken(found, event.deps.secrets);
  };
  return {
    ...event,
    start,
    delegations,
    token,
    members: async (): Promise<Member[]> => (await items()).filter(({ sk }) => sk !== 'DELEGATION').map(fromMemberItem),
    async add(rows: readonly Record<string, string>[], common?: Record<string, readonly string[]>, press?: string) {
      const sent = await postUpload(peopleFields(rows, common, press));
      return call('postPeople', { params: { token: await token() }, ...sent });
    },
    /** Sends a table, to be looked through. */
    async read(table: Blob | string, common?: Record<string, readonly string[]>) {
      const field: [string, string | Blob] = typeof table === 'string' ? ['pasted', table] : ['file', table];
      const sent = await postUpload([...peopleFields([], common, 'read'), field]);
      return call('postPeople', { params: { token: await token() }, ...sent });
    },
    /** Presses a button of a form that was shown, with some of its fields changed; an empty list leaves one out. */
    async send(shown: string, changes: Record<string, string | readonly string[]> = {}, press = 'register') {
      const kept = asShown(shown).filter(([name]) => !Object.hasOwn(changes, name));
      const changed = Object.entries(changes).flatMap(([name, values]) =>
        [values].flat().map((value): [string, string] => [name, value]),
      );
      const sent = await postUpload([...kept, ...changed, ['press', press]]);
      return call('postPeople', { params: { token: await token() }, ...sent });
    },
    /** A button of the delegation's own page. */
    async pressHome(action: string, more: [string, string][] = [], link?: string) {
      const params = { token: link ?? (await token()) };
      return call('postDelegation', { params, ...postForm([['action', action], ...more]) });
    },
    /** A button beside someone in the list, as a page that was opened before would press it. */
    async pressOn(member: string, action: string, more: [string, string][] = []) {
      const params = { token: await token(), member };
      return call('postPerson', { params, ...postForm([['action', action], ...more]) });
    },
    async substitute(member: string, changes: Record<string, string> = {}) {
      const fields = {
        fullName: 'Dara Sample',
        position: 'Adviser',
        adults: 'yes',
        'consents.code-of-conduct': '2027-1',
        revision: '1',
        ...changes,
      };
      const params = { token: await token(), member };
      return call('postSubstitute', { params, ...postForm(Object.entries(fields)) });
    },
    person: async (member: string) => call('showPerson', { params: { token: await token(), member } }),
    list: async () => (await call('showDelegation', { params: { token: await token() } })).body ?? '',
  };
}
