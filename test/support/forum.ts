import { loadEvent } from '../../cli/event-file.ts';
import type { EventDefinition } from '../../shared/event/event.ts';

/** Read once in a process, which takes a tenth of a second: files that run there one after another share it. */
globalThis.theForum ??= loadEvent('events/asean-ict-forum.yaml');
const FORUM = structuredClone(globalThis.theForum);

declare global {
  var theForum: EventDefinition | undefined;
}

/** The real forum, changed where a test needs it. */
export const forum = (changes: Partial<EventDefinition> = {}): EventDefinition => ({ ...FORUM, ...changes });

/** A submission that the forum accepts as it is. */
export const submission = (changes: Record<string, unknown> = {}) => ({
  ageBand: 'adult',
  email: 'somchai.sample@example.org',
  honorific: 'Dr',
  fullName: 'Somchai Sample',
  badgeName: 'Somchai',
  position: 'Policy officer',
  organisation: 'Sample Ministry',
  country: 'TH',
  category: 'academia',
  mode: 'in-person',
  days: FORUM.days.map((day) => day.id),
  language: 'en',
  consents: { [codeOfConduct.id]: codeOfConduct.version },
  ...changes,
});

const codeOfConduct = FORUM.consents.find((consent) => consent.required) ?? { id: '', version: '' };

/** The same as the fields of the HTML form. */
export function formFields(changes: Record<string, unknown> = {}): [string, string][] {
  const { days, consents, ...single } = submission(changes) as Record<string, unknown> & {
    days: string[];
    consents: Record<string, string>;
  };
  return [
    ...Object.entries(single).map(([name, value]): [string, string] => [name, String(value)]),
    ...days.map((day): [string, string] => ['days', day]),
    ...Object.entries(consents).map(([id, version]): [string, string] => [`consents.${id}`, version]),
  ];
}
