import type { Condition } from '../../../../shared/event/condition.ts';
import {
  type DefinitionPath,
  type Shape,
  shapeAt,
  valueAt,
} from '../../../../shared/event/definition/definition-shape.ts';
import type { Difference } from '../../../../shared/event/definition/differences.ts';
import type { Question } from '../../../../shared/event/event.ts';
import { type PublicEvent, useDesk } from '../../desk.ts';
import { countryText, dayName, languageText, when } from '../../names.ts';
import { t } from '../../words.ts';
import { type Definition, placeIn } from './draft.ts';
import { answerName, choicesIn, entryName } from './editing.ts';
import { DEFINITION_SHAPE, fieldLabel, numberText, partLabel, partOf, valueLabel } from './parts.ts';

/**
 * Where in a definition something is, in words: *Days, First day, Date*. Of what another screen changes, its name and the entry's.
 *
 * @param path with positions in lists
 */
export function placeText(path: DefinitionPath, definition: Definition): string {
  const isElsewhere = partOf(path) === undefined;
  const names = (isElsewhere ? path.slice(0, 2) : path).flatMap((step, depth) => {
    const here = path.slice(0, depth);
    const around = shapeAt(DEFINITION_SHAPE, here, definition);
    // A condition, or a list of short texts, is one place to whoever reads.
    if (around === undefined || around.kind === 'condition' || (around.kind === 'list' && isShort(around.of)))
      return [];
    if (around.kind === 'words') return languageText(String(step));
    const at = [...here, step];
    if (isElsewhere && depth === 0) return shapeAt(DEFINITION_SHAPE, at, definition) ? t('page.programme') : [];
    if (around.kind !== 'list') return depth === 0 ? partLabel(at) : fieldOrPart(at, definition);
    const number = t('definition.number', { number: Number(step) + 1 });
    return entryName(definition, valueAt(definition, at)) || number;
  });
  return names.join(', ');
}

const isShort = ({ kind }: Shape): boolean => kind === 'text' || kind === 'choice';

function fieldOrPart(path: DefinitionPath, definition: Definition): string {
  const kind = shapeAt(DEFINITION_SHAPE, path, definition)?.kind;
  return kind === 'list' || kind === 'group' ? partLabel(path) : fieldLabel(path);
}

interface ChangeListProps {
  readonly changes: readonly Difference[];
  /** The one with the changes, and the one without: a place is in one of them at least. */
  readonly definitions: readonly [Definition, Definition];
}

/** What changes, place by place, with what was there and what comes. */
export function ChangeList({ changes, definitions }: ChangeListProps) {
  return (
    <ul class="changes">
      {changes.map((change) => (
        <Change key={change.path.join('.')} {...{ change, definitions }} />
      ))}
    </ul>
  );
}

function Change({ change, definitions }: { readonly change: Difference } & Pick<ChangeListProps, 'definitions'>) {
  const { event } = useDesk();
  const { path, before, after, moved } = change;
  const found = definitions
    .map((definition) => ({ definition, place: placeIn(definition, path) }))
    .find(({ definition, place }) => place !== undefined && (moved || valueAt(definition, place) !== undefined));
  const { definition = definitions[0], place = path } = found ?? {};
  const shape = shapeAt(DEFINITION_SHAPE, place, definition);
  const said = (value: unknown): string =>
    value === undefined && shape?.kind !== 'flag' ? '–' : valueText(shape, place, value, definition, event);
  return (
    <li>
      <strong>{placeText(place, definition)}</strong>
      <span>{moved ? t('definition.moved') : whatHappens(shape, before, after, said)}</span>
    </li>
  );
}

function whatHappens(
  shape: Shape | undefined,
  before: unknown,
  after: unknown,
  said: (value: unknown) => string,
): string {
  const isPart = shape?.kind === 'group' || shape?.kind === 'either';
  if (isPart && before === undefined) return t('definition.added');
  if (isPart && after === undefined) return t('definition.removed');
  return t('definition.becomes', { before: said(before), after: said(after) });
}

/** Longer ones are cut: what is meant is seen by then. */
const LONGEST = 200;

function valueText(...of: Parameters<typeof wholeText>): string {
  const text = wholeText(...of);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function wholeText(
  shape: Shape | undefined,
  path: DefinitionPath,
  value: unknown,
  definition: Definition,
  event: PublicEvent,
): string {
  if (shape?.kind === 'list' && Array.isArray(value)) {
    const inside = value.map((each, at) => wholeText(shape.of, [...path, at], each, definition, event));
    return inside.join(shape.of.kind === 'words' ? ' / ' : ', ') || '–';
  }
  if (shape?.kind === 'words') return entryName(definition, { title: value });
  if (shape?.kind === 'flag') return t(value === true ? 'common.yes' : 'common.no');
  if (shape?.kind === 'choice') return valueLabel(path, String(value));
  if (shape?.kind === 'condition') return conditionText(value as Condition, definition, event);
  // Which of several groups it is.
  if (shape === undefined) return valueLabel(path, String(value));
  if (shape.kind !== 'text') return numberText(path, value);
  if (shape.as === 'country') return countryText(event, String(value));
  if (shape.as === 'day' && value !== '') return dayName(String(value));
  const isInstant = shape.as === 'moment' && !Number.isNaN(Date.parse(String(value)));
  return isInstant ? when({ timeZone: String(definition['timeZone']) }, String(value)) : String(value);
}

/** Whom it concerns, in a line. */
function conditionText(condition: Condition, definition: Definition, event: PublicEvent): string {
  const named = (kind: 'category' | 'mode' | 'session' | 'question' | 'country', names: readonly string[]): string =>
    `${t(`definition.when.${kind}`)}: ${names.join(', ')}`;
  const of = (list: string, ids: readonly string[]) =>
    ids.map((id) => choicesIn(definition, list).find(([each]) => each === id)?.[1] ?? id);
  if ('category' in condition) return named('category', of('categories', condition.category));
  if ('mode' in condition) return named('mode', of('modes', condition.mode));
  if ('session' in condition) return named('session', of('sessions', condition.session));
  if ('country' in condition)
    return named(
      'country',
      condition.country.map((code) => countryText(event, code)),
    );
  if ('question' in condition) {
    const question = ((definition['questions'] ?? []) as readonly Question[]).find(
      ({ id }) => id === condition.question,
    );
    const answers = condition.in.map((answer) => answerName(definition, question, answer));
    return named('question', [`${of('questions', [condition.question])} – ${answers.join(', ')}`]);
  }
  if ('not' in condition) return `${t('definition.when.not')} (${conditionText(condition.not, definition, event)})`;
  const [kind, all] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
  return `${t(`definition.when.${kind}`)} (${all.map((each) => conditionText(each, definition, event)).join('; ')})`;
}
