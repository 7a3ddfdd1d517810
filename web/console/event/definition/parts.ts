import {
  type AnswersOf,
  type DefinitionForms,
  type DefinitionPath,
  type FieldShape,
  type GroupShape,
  isGroup,
  namedPlace,
} from '../../../../shared/event/definition/definition-shape.ts';
import { t, wordFor } from '../../words.ts';

const [forms] = Object.values(
  import.meta.glob<DefinitionForms>('../../../../shared/event/definition/event-definition.schema.ts', {
    query: '?shape',
    import: 'default',
    eager: true,
  }),
);

/** What an event's definition is made of. */
export const DEFINITION_SHAPE: GroupShape = forms?.definition ?? { kind: 'group', fields: [] };

/** What answers a type of question has; nothing of one that feedback alone knows. */
export const answersOf = (type: unknown): AnswersOf | undefined => forms?.answers[String(type)];

/** The pages by which it is changed, in their order, each with the fields that it has. Sessions and what became of the event have screens of their own. */
const PART_FIELDS = {
  basics: ['title', 'shortTitle', 'tagline', 'host', 'languages', 'timeZone'],
  days: ['days'],
  venue: ['venue'],
  modes: ['modes'],
  about: ['about'],
  supporters: ['supporters'],
  resources: ['resources'],
  secretariat: ['secretariat'],
  registration: ['registration'],
  approval: ['approval'],
  declineReasons: ['declineReasons'],
  categories: ['categories'],
  countries: ['countries'],
  featuredCountries: ['featuredCountries'],
  questions: ['questions'],
  quotas: ['quotas'],
  consents: ['consents'],
  minors: ['minors'],
  safeguarding: ['safeguarding'],
  feedback: ['feedback'],
  certificate: ['certificate'],
  retention: ['retention'],
} as const;
export type PartName = keyof typeof PART_FIELDS;
export const DEFINITION_PARTS = Object.keys(PART_FIELDS) as readonly PartName[];

export const isPart = (name: string): name is PartName => Object.hasOwn(PART_FIELDS, name);

/** The fields of a part's page. */
export const fieldsOfPart = (part: PartName): readonly FieldShape[] =>
  PART_FIELDS[part].flatMap((name) => DEFINITION_SHAPE.fields.find((field) => field.name === name) ?? []);

/** A place as the API names it: `days.0.date`. */
export const parsePlace = (path: string): DefinitionPath =>
  path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** On which page a place is changed. */
export const partOf = ([name]: DefinitionPath): PartName | undefined =>
  DEFINITION_PARTS.find((part) => (PART_FIELDS[part] as readonly unknown[]).includes(name));

/** What no form has: ids are made of names, groups of questions are those of files, and counters follow from seats. */
const UNSEEN = ['questions.group', 'quotas.shards'];
/** What only who deploys the system changes: who runs an event would choose who reads about them. */
const FIXED = ['safeguarding.email', 'safeguarding.deputy'];

export const isFixed = (path: DefinitionPath): boolean => FIXED.includes(namedPlace(path));

const OF_FEEDBACK = /^feedback\.session\./;
/** What is asked only beside something else, of people's and of feedback's questions alike. */
const ASKED: Readonly<Record<string, (beside: Readonly<Record<string, unknown>>) => boolean>> = {
  'questions.options': ({ type }) => answersOf(type)?.hasOptions === true,
  'questions.max': ({ type }) => answersOf(type)?.isLimited === true,
  'questions.later': ({ care }) => care === true,
  'questions.readers': ({ care }) => care !== true,
};

/** Whether a place is asked for beside what stands next to it. */
export const isAsked = (path: DefinitionPath, beside: unknown): boolean =>
  ASKED[wordsPlace(path).replace(OF_FEEDBACK, 'questions.')]?.(isGroup(beside) ? beside : {}) ?? true;

/** Whether a form has a field. */
export const isFieldShown = ({ name, shape }: FieldShape, path: DefinitionPath, beside: unknown): boolean =>
  !(name === 'id' && shape.kind === 'text') && !UNSEEN.includes(wordsPlace(path)) && isAsked(path, beside);

/** Consents of guardians are called as those of attendees, and questions about the event as those about a session. */
export const wordsPlace = (path: DefinitionPath): string =>
  namedPlace(path)
    .replace(/^minors\.(?=consents\.)/, '')
    .replace(/(?<=^feedback\.)event(?=\.)/, 'session');

/** What a part with several fields is called. */
export const partLabel = (path: DefinitionPath): string =>
  wordFor('definition.part', namedPlace(path)) ?? wordFor('definition.part', wordsPlace(path)) ?? fieldLabel(path);

export function fieldLabel(path: DefinitionPath): string {
  const place = wordsPlace(path);
  const last = place.split('.').at(-1) ?? '';
  return wordFor('definition.field', place) ?? wordFor('definition.usual', last) ?? last;
}

export const fieldHint = (path: DefinitionPath): string | undefined => wordFor('definition.hint', wordsPlace(path));

export const partExplained = (part: PartName): string | undefined => wordFor('definition.explain', part);

/** Of the button that adds one to a list, or makes what is not there. */
export const addLabel = (path: DefinitionPath): string =>
  wordFor('definition.add', namedPlace(path)) ??
  wordFor('definition.add', wordsPlace(path)) ??
  t('definition.addOne', { what: partLabel(path) });

/** What one of several values is called. */
export const valueLabel = (path: DefinitionPath, value: string): string =>
  wordFor(`definition.value.${wordsPlace(path)}`, value) ?? value;

/** A number as it is typed: shares are in per cent. */
export const numberText = (path: DefinitionPath, value: unknown): string =>
  path.at(-1) === 'leastShare' && typeof value === 'number' ? String(Math.round(value * 100)) : String(value ?? '');
