import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type DefinitionPath, isGroup, valueAt } from '../../../../shared/event/definition/definition-shape.ts';
import type { EventDefinition, Question } from '../../../../shared/event/event.ts';
import { signUpSessions } from '../../../../shared/event/sessions.ts';
import { fieldError } from '../../kernel/form/field.tsx';
import { LANGUAGE, t } from '../../words.ts';
import type { Definition } from './draft.ts';
import { fieldHint, fieldLabel } from './parts.ts';

/** What the fields of a definition work with. */
export interface Editing {
  readonly definition: Definition;
  readonly error: unknown;
  /** Whether something is wrong with a place, or with what is in it. */
  readonly isWrong: (path: DefinitionPath) => boolean;
  readonly change: (path: DefinitionPath, value: unknown) => void;
}

export const EditingContext = createContext<Editing | undefined>(undefined);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (editing === undefined) throw new Error('a field outside of a definition');
  return editing;
}

export const languagesOf = ({ languages }: Definition): readonly string[] =>
  Array.isArray(languages) ? languages.map(String) : [];

/** A name as the member reads it: in their language, else in the first of the event that has it. */
export function entryName(definition: Definition, entry: unknown): string {
  const title = valueAt(entry, ['title']);
  if (!isGroup(title)) return '';
  return String([LANGUAGE, ...languagesOf(definition)].map((language) => title[language]).find(Boolean) ?? '');
}

/** What a definition has of something, by id, to choose from; of sessions, those that are chosen in the form. */
export const choicesIn = (definition: Definition, list: string): readonly (readonly [string, string])[] => {
  const entries = list === 'signUps' ? signUpSessions(definition as unknown as EventDefinition) : definition[list];
  return (Array.isArray(entries) ? entries : []).map((each) => {
    const id = String(valueAt(each, ['id']));
    return [id, entryName(definition, each) || id] as const;
  });
};

/** What an answer that a condition names is called. */
export function answerName(definition: Definition, question: Question | undefined, answer: string): string {
  const option = question?.options?.find(({ id }) => id === answer);
  if (option) return entryName(definition, option);
  return question?.type === 'yes-no' ? t(answer === 'true' ? 'common.yes' : 'common.no') : answer;
}

/** One place of a definition, as its field has it. */
export interface DefinitionPlace {
  readonly path: DefinitionPath;
  readonly isRequired: boolean;
}

/**
 * What a field is handed: its id is its place, which is what the API calls it.
 *
 * @param isAround whether it has fields of its own, which say themselves what is wrong with them
 */
export function useField({ path, isRequired }: DefinitionPlace, isAround = false) {
  const { definition, error, change } = useEditing();
  const name = path.join('.');
  const label = fieldLabel(path);
  return {
    definition,
    value: valueAt(definition, path),
    field: {
      name,
      label: isRequired ? label : t('common.optional', { label }),
      hint: fieldHint(path),
      error: fieldError(error, name, isAround),
    },
    change: (value: unknown) => change(path, value),
  };
}
