import { useState } from 'preact/hooks';
import { digitsTyped } from '../../../shared/kernel/text/text.ts';
import { useAttendance } from '../desk.ts';
import { Around, attributesOf, ChecksField, type FieldChoice, SelectField, TextInput } from '../kernel/form/field.tsx';
import { Form } from '../kernel/form/form.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { t } from '../words.ts';
import { boundsOf, type FieldFilter, filterText, type ListState, type PeopleField } from './filter.ts';
import type { KnownPerson } from './people.ts';

interface FiltersProps {
  readonly people: readonly KnownPerson[];
  readonly fields: readonly PeopleField[];
  readonly filters: readonly FieldFilter[];
  readonly onChange: (filters: readonly FieldFilter[]) => void;
}

const isSame = (a: Omit<FieldFilter, 'values'>, b: Omit<FieldFilter, 'values'>): boolean =>
  a.field === b.field && a.isNot === b.isNot;

/** What the list is filtered by, each with a way to take it away, and a form for another one. */
export function Filters({ people, fields, filters, onChange }: FiltersProps) {
  const without = (filter: Omit<FieldFilter, 'values'>): readonly FieldFilter[] =>
    filters.filter((each) => !isSame(each, filter));
  return (
    <>
      {filters.length > 0 && (
        <ul class="chips" aria-label={t('registrations.filters')}>
          {filters.map((filter) => {
            const text = filterText(fields, filter);
            return (
              <li key={`${filter.field} ${filter.isNot}`}>
                {text}{' '}
                <Button
                  kind="quiet"
                  label={t('registrations.removeFilter', { filter: text })}
                  onPress={() => {
                    onChange(without(filter));
                    // The button goes, and takes no focus with it: the next filter is chosen beside it.
                    document.querySelector<HTMLElement>('.chooser > .disclosure > button')?.focus();
                  }}
                >
                  {t('registrations.remove')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <Disclosure label={t('registrations.addFilter')}>
        {(close) => (
          <FilterForm
            people={people}
            fields={fields}
            filters={filters}
            onAdd={(filter) => {
              close();
              onChange([...without(filter), filter]);
            }}
            onCancel={close}
          />
        )}
      </Disclosure>
    </>
  );
}

interface FilterFormProps extends Omit<FiltersProps, 'onChange'> {
  readonly onAdd: (filter: FieldFilter) => void;
  readonly onCancel: () => void;
}

const IS: readonly FieldChoice[] = [
  ['', t('registrations.formIs')],
  ['not', t('registrations.formIsNot')],
];

function FilterForm({ people, fields, filters, onAdd, onCancel }: FilterFormProps) {
  const [id, setId] = useState('status');
  const [isNot, setIsNot] = useState(false);
  const field = fields.find((each) => each.id === id);
  useAttendance(field?.isLoaded !== undefined);
  const valuesOf = (of: Omit<FieldFilter, 'values'>): readonly string[] =>
    filters.find((each) => isSame(each, of))?.values ?? [];
  const [values, setValues] = useState(() => valuesOf({ field: id, isNot }));
  const [isWrong, setIsWrong] = useState(false);
  const choose = (next: Omit<FieldFilter, 'values'>): void => {
    setId(next.field);
    setIsNot(next.isNot);
    setValues(valuesOf(next));
    setIsWrong(false);
  };
  if (field === undefined) return null;
  const add = (): void => {
    const isMeant = field.kind === 'choice' || field.kind === 'text';
    const given = values.map((value) => value.trim()).filter(Boolean);
    if (given.length === 0 || (!isMeant && given.some((value) => boundsOf(field.kind, value) === undefined))) {
      setIsWrong(true);
      document.getElementById(VALUES)?.focus();
    } else onAdd({ field: id, isNot, values: given });
  };
  return (
    <Form class="filter" onSend={add}>
      <div class="pair">
        <SelectField
          name="filter-field"
          label={t('registrations.field')}
          value={id}
          choices={fields.map((each) => [each.id, each.title])}
          onChange={(next) => choose({ field: next, isNot })}
        />
        <SelectField
          name="filter-not"
          label={t('registrations.how')}
          value={isNot ? 'not' : ''}
          choices={IS}
          onChange={(next) => choose({ field: id, isNot: next === 'not' })}
        />
      </div>
      <Values
        key={id}
        field={field}
        people={people}
        values={values}
        error={isWrong ? t('registrations.noValue') : undefined}
        onChange={setValues}
      />
      <p class="buttons">
        <Button type="submit">{t('registrations.apply')}</Button>
        <Button kind="second" onPress={onCancel}>
          {t('common.cancel')}
        </Button>
      </p>
    </Form>
  );
}

const VALUES = 'filter-values';

interface ValuesProps {
  readonly field: PeopleField;
  readonly people: readonly KnownPerson[];
  readonly values: readonly string[];
  readonly error: string | undefined;
  readonly onChange: (values: readonly string[]) => void;
}

/** The values of a field: those that there are to choose from, a text, or bounds. One of them is enough for a person to be meant. */
function Values({ field, people, values, error, onChange }: ValuesProps) {
  if (field.kind === 'choice' && field.isLoaded === false) return <p role="status">{t('common.loading')}</p>;
  if (field.kind === 'choice') {
    return (
      <div class="values">
        <ChecksField
          name={VALUES}
          label={t('registrations.oneOf')}
          error={error}
          choices={choicesOf(field, people)}
          chosen={values}
          onChange={onChange}
        />
      </div>
    );
  }
  if (field.kind === 'text')
    return <Text field={field} people={people} values={values} error={error} onChange={onChange} />;
  return <Bounds kind={field.kind} values={values} error={error} onChange={onChange} />;
}

/** With how many people have each, those of a definition first in its order and all others by name. */
function choicesOf({ choices, nameOf, valuesOf }: PeopleField, people: readonly KnownPerson[]): readonly FieldChoice[] {
  const counts = new Map((choices ?? []).map((value) => [value, 0]));
  for (const person of people) for (const value of valuesOf(person)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const named = [...counts].map(([value, count]): FieldChoice => [value, `${nameOf?.(value) ?? value} (${count})`]);
  return choices ? named : named.sort(([, a], [, b]) => (a < b ? -1 : 1));
}

/** Texts that a browser offers while one is typed. */
const MOST_OFFERED = 200;

/** One of two texts. */
function Text({ field, people, values, error, onChange }: ValuesProps) {
  const [first = '', ...others] = values;
  const offered = [...new Set(people.flatMap((person) => field.valuesOf(person)))].sort().slice(0, MOST_OFFERED);
  const about = { name: VALUES, label: t('registrations.text'), hint: t('registrations.textHint'), error };
  return (
    <>
      <Around {...about}>
        <input
          {...attributesOf(about)}
          type="text"
          list="filter-offered"
          maxLength={300}
          autoComplete="off"
          value={first}
          onInput={(event) => onChange([event.currentTarget.value, ...others])}
        />
      </Around>
      <datalist id="filter-offered">
        {offered.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <TextInput
        name="filter-or"
        label={t('registrations.orText')}
        maxLength={300}
        value={others[0] ?? ''}
        onChange={(value) => onChange([first, value, ...others.slice(1)])}
      />
    </>
  );
}

interface BoundsProps extends Pick<ValuesProps, 'values' | 'error' | 'onChange'> {
  readonly kind: PeopleField['kind'];
}

function Bounds({ kind, values, error, onChange }: BoundsProps) {
  const [value = ''] = values;
  const [from = '', to = ''] = value.includes('..') ? value.split('..') : [value, value];
  const hint = kind === 'number' ? t('registrations.numberHint') : t('common.example.day');
  const change = (next: string, last: string): void => onChange(next === '' && last === '' ? [] : [`${next}..${last}`]);
  return (
    <div class="pair">
      <TextInput
        name={VALUES}
        label={t('registrations.from')}
        hint={hint}
        error={error}
        value={from}
        onChange={(typed) => change(digitsTyped(typed), to)}
      />
      <TextInput
        name="filter-to"
        label={t('registrations.to')}
        hint={hint}
        value={to}
        onChange={(typed) => change(from, digitsTyped(typed))}
      />
    </div>
  );
}

interface ColumnChoiceProps {
  readonly fields: readonly PeopleField[];
  readonly state: ListState;
  readonly onChange: (change: Partial<ListState>) => void;
}

/** As what the values of a field follow one another. */
function orderOf({ kind, isInOrderOfChoices }: PeopleField): 'letters' | 'times' | 'steps' {
  if (kind === 'date' || kind === 'instant') return 'times';
  return kind === 'number' || isInOrderOfChoices ? 'steps' : 'letters';
}

/** Which columns there are, and what the list is sorted by: on a phone there is no head of a table to press. */
export function ColumnChoice({ fields, state: { columns, sort }, onChange }: ColumnChoiceProps) {
  const usual = fields.filter(({ isUsual }) => isUsual).map(({ id }) => id);
  const orders = fields.flatMap((field): FieldChoice[] => [
    [field.id, t(`registrations.order.${orderOf(field)}.up`, { field: field.title })],
    [`-${field.id}`, t(`registrations.order.${orderOf(field)}.down`, { field: field.title })],
  ]);
  return (
    <Disclosure label={t('registrations.columns')}>
      {() => (
        <div class="filter">
          <SelectField
            name="order"
            label={t('registrations.sortedBy')}
            value={sort}
            choices={orders}
            onChange={(next) => onChange({ sort: next })}
          />
          <div class="values">
            <ChecksField
              name="columns"
              label={t('registrations.columnsShown')}
              choices={fields.filter(({ id }) => id !== 'name').map(({ id, title }) => [id, title])}
              chosen={columns.length === 0 ? usual : columns}
              onChange={(next) => onChange({ columns: next.join(' ') === usual.slice(1).join(' ') ? [] : next })}
            />
          </div>
        </div>
      )}
    </Disclosure>
  );
}
