import { useMemo, useState } from 'preact/hooks';
import { fieldsHere, isGroup, valueAt, withValueAt } from '../../../../shared/event/definition/definition-shape.ts';
import type { Difference } from '../../../../shared/event/definition/differences.ts';
import { definitionAddress, navigate, pageAddress, REVIEW } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { ApiProblem } from '../../kernel/api.ts';
import { isOf } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { Confirmation } from '../../kernel/parts/buttons.tsx';
import { Heading } from '../../kernel/parts/page.tsx';
import { dayName, when } from '../../names.ts';
import { t } from '../../words.ts';
import { placeText } from './changes.tsx';
import { CopyEvent } from './copy-event.tsx';
import { type Definition, type DefinitionDraft, unpublished } from './draft.ts';
import { Drafted, foundIn, noteFound } from './drafted.tsx';
import { EditingContext, entryName } from './editing.ts';
import { PlaceField } from './fields.tsx';
import {
  DEFINITION_PARTS,
  fieldLabel,
  fieldsOfPart,
  isPart,
  numberText,
  type PartName,
  parsePlace,
  partExplained,
  partLabel,
  partOf,
} from './parts.ts';
import { Review } from './review.tsx';

/** All that an event is made of, a page for each part; what is changed is published at once, when it is whole. */
export function DefinitionScreen() {
  return (
    <>
      <Heading>{t('page.definition')}</Heading>
      <p>{t('definition.intro')}</p>
      <Drafted>
        {({ draft, put }) => {
          const changes = unpublished(draft);
          return (
            <>
              {changes.length > 0 && <Unpublished count={changes.length} onDiscard={() => put(undefined)} />}
              <ul class="list parts">
                {DEFINITION_PARTS.map((part) => (
                  <PartRow key={part} {...{ part, draft, changes }} />
                ))}
              </ul>
              <CopyEvent definition={draft.base} />
            </>
          );
        }}
      </Drafted>
    </>
  );
}

function Unpublished({ count, onDiscard }: { readonly count: number; readonly onDiscard: () => void }) {
  const { event } = useDesk();
  return (
    <div class="note warn">
      <p>{t('definition.unpublished', { count })}</p>
      <div class="buttons">
        <a class="button" href={definitionAddress(event.id, REVIEW)}>
          {t('definition.review')}
        </a>
        <Confirmation
          label={t('definition.discard')}
          follows={t('definition.discardFollows')}
          now={t('definition.discardNow')}
          kind="danger"
          busy={false}
          error={undefined}
          onPress={onDiscard}
        />
      </div>
    </div>
  );
}

interface PartRowProps {
  readonly part: PartName;
  readonly draft: DefinitionDraft;
  readonly changes: readonly Difference[];
}

function PartRow({ part, draft: { typed }, changes }: PartRowProps) {
  const { event } = useDesk();
  const isChanged = changes.some(({ path }) => partOf(path) === part);
  return (
    <li>
      <a class="beside" href={definitionAddress(event.id, part)}>
        {partLabel([part])}
      </a>
      <p class="hint">{summaryOf(part, typed)}</p>
      {isChanged && <span class="tag pending-approval">{t('definition.changed')}</span>}
    </li>
  );
}

/** Enough to see whether it is what one looks for. */
function summaryOf(part: PartName, typed: Definition): string {
  const value = part === 'basics' ? typed : typed[part];
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return t('definition.absent');
  if (part === 'registration') return times(typed, valueAt(value, ['opensAt']), valueAt(value, ['closesAt']));
  if (part === 'days' && Array.isArray(value))
    return value.map((day) => dayName(String(valueAt(day, ['date'])))).join(', ');
  if (!Array.isArray(value)) return nameIn(typed, value) || measuresIn(part, value);
  const names = value.map((each) => entryName(typed, each)).filter(Boolean);
  return `${value.length}: ${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ', …' : ''}`;
}

const nameIn = (typed: Definition, value: unknown): string =>
  entryName(typed, value) || entryName(typed, { title: valueAt(value, ['name']) });

/** What is counted and chosen in a part without a name: *Days until a decision: 5*. */
function measuresIn(part: PartName, value: unknown): string {
  const [field] = fieldsOfPart(part);
  const said = (field ? fieldsHere(field.shape, value) : []).flatMap(({ name, shape }) => {
    const measure = valueAt(value, [name]);
    return shape.kind === 'number' && measure !== undefined
      ? [`${fieldLabel([part, name])}: ${numberText([part, name], measure)}`]
      : [];
  });
  return said.join(' · ');
}

/** So many of a list are named. */
const MOST_NAMED = 4;

const times = ({ timeZone }: Definition, ...instants: readonly unknown[]): string =>
  instants
    .map((instant) =>
      Number.isNaN(Date.parse(String(instant))) ? '–' : when({ timeZone: String(timeZone) }, String(instant)),
    )
    .join(' – ');

/** One part of it, or what is about to be published. */
export function DefinitionPartScreen({ one }: { readonly one: string }) {
  const { event } = useDesk();
  return (
    <>
      <p class="back">
        <a href={pageAddress(event.id, 'definition')}>{t('definition.back')}</a>
      </p>
      {one === REVIEW ? <Review /> : isPart(one) ? <Part part={one} /> : <Heading>{t('definition.notFound')}</Heading>}
    </>
  );
}

/** What was found wrong with a part; nothing where nothing was. */
function errorOf(error: unknown, part: PartName): ApiProblem | undefined {
  const all = error instanceof ApiProblem ? error.errors : [];
  const errors = all.filter(({ path }) => partOf(parsePlace(path)) === part);
  return errors.length > 0 ? new ApiProblem(422, { errors }) : undefined;
}

function Part({ part }: { readonly part: PartName }) {
  const { event } = useDesk();
  const explained = partExplained(part);
  const [error, setError] = useState(() => foundIn(event.id));
  // The same as long as it is: what is new takes the focus.
  const shown = useMemo(() => errorOf(error, part), [error, part]);
  const own = shown?.errors ?? [];
  const changed = (value: unknown): void => {
    // Where a list has other entries, what was wrong with one would stand at another.
    if (!Array.isArray(value) || !value.some(isGroup)) return;
    noteFound(event.id, undefined);
    setError(undefined);
  };
  return (
    <>
      <Heading>{partLabel([part])}</Heading>
      {explained && <p>{explained}</p>}
      <Drafted>
        {({ draft, put }) => (
          <EditingContext.Provider
            value={{
              definition: draft.typed,
              error: shown,
              isWrong: (path) => own.some((each) => isOf(path.join('.'), each.path)),
              change: (path, value) => {
                put({ ...draft, typed: withValueAt(draft.typed, path, value) as Definition });
                changed(value);
              },
            }}
          >
            <FieldsForm
              class="wide"
              send={t('definition.review')}
              busy={false}
              error={shown}
              labels={Object.fromEntries(own.map(({ path }) => [path, placeText(parsePlace(path), draft.typed)]))}
              idOf={(path) => path.replace(/\.when\..*/, '.when').replace(/\.\d+$/, '')}
              onSend={() => navigate(definitionAddress(event.id, REVIEW))}
              onCancel={undefined}
            >
              {fieldsOfPart(part).map(({ name, ...field }) => (
                <PlaceField key={name} {...field} path={[name]} />
              ))}
            </FieldsForm>
          </EditingContext.Provider>
        )}
      </Drafted>
    </>
  );
}
