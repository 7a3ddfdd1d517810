import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import {
  type DefinitionPath,
  emptyOf,
  type FieldShape,
  fieldsHere,
  isEmpty,
  isGroup,
  namedPlace,
  type Shape,
  type TextKind,
  valueAt,
} from '../../../../shared/event/definition/definition-shape.ts';
import { LANGUAGE_TAGS } from '../../../../shared/kernel/i18n/languages.ts';
import { localTimeOf } from '../../../../shared/kernel/text/zoned-time.ts';
import { ORGANISER_ROLES, SETS } from '../../../../shared/team/role/ticks.ts';
import { useDesk } from '../../desk.ts';
import {
  ChecksField,
  type FieldChoice,
  LongTextField,
  SelectField,
  TextInput,
  type ValueProps,
} from '../../kernel/form/field.tsx';
import { DigitsInput, instantTyped, READ } from '../../kernel/form/typed.tsx';
import { Button } from '../../kernel/parts/buttons.tsx';
import { countryChoices, languageText } from '../../names.ts';
import { t, wordFor } from '../../words.ts';
import { ConditionField } from './condition.tsx';
import type { Definition } from './draft.ts';
import { choicesIn, type DefinitionPlace, languagesOf, useEditing, useField } from './editing.ts';
import { Entries, Lines, PlacesOfWorld } from './lists.tsx';
import { addLabel, fieldLabel, isFieldShown, isFixed, numberText, partLabel, valueLabel } from './parts.ts';

interface PlaceProps extends DefinitionPlace {
  readonly shape: Shape;
}

type Of<Kind extends Shape['kind']> = DefinitionPlace & { readonly shape: Extract<Shape, { readonly kind: Kind }> };

/** A place of a definition, as its shape is typed or chosen. */
export function PlaceField(props: PlaceProps): JSX.Element {
  const [part = '', ...rest] = props.path;
  if (isFixed(props.path)) return <Fixed {...props} />;
  const Own = OWN[part]?.[namedPlace(rest)];
  if (Own) return <Own {...props} />;
  const Field = FIELDS[props.shape.kind] as (props: PlaceProps) => JSX.Element;
  return <Field {...props} />;
}

const FIELDS: { readonly [Kind in Shape['kind']]: (props: Of<Kind>) => JSX.Element } = {
  words: WordsField,
  text: TextField,
  number: NumberField,
  flag: FlagField,
  choice: ChoiceField,
  condition: ConditionField,
  list: ListField,
  group: GroupField,
  either: EitherField,
};

/** Texts that are longer than a line. */
const LONG: readonly unknown[] = ['tagline', 'paragraphs', 'points', 'youngPoints', 'agreement', 'address'];

/** Words in each language of the event. */
function WordsField(place: Of<'words'>) {
  const { definition, value, field, change } = useField(place, true);
  const languages = languagesOf(definition);
  const Input = place.path.some((step) => LONG.includes(step)) ? LongTextField : TextInput;
  const put = (language: string, words: string): void => {
    const all = Object.fromEntries(
      languages.map((each) => [each, each === language ? words : String(valueAt(value, [each]) ?? '')]),
    );
    change(!place.isRequired && isEmpty(place.shape, all) ? undefined : all);
  };
  return (
    <div class="languages" id={field.name} tabIndex={-1}>
      {languages.map((language) => (
        <InLanguage
          key={language}
          {...{ Input, language, field }}
          isOnly={languages.length === 1}
          path={[...place.path, language]}
          onChange={(words) => put(language, words)}
        />
      ))}
    </div>
  );
}

interface InLanguageProps {
  readonly Input: typeof TextInput | typeof LongTextField;
  readonly language: string;
  readonly field: ReturnType<typeof useField>['field'];
  readonly isOnly: boolean;
  readonly path: DefinitionPath;
  readonly onChange: (words: string) => void;
}

function InLanguage({ Input, language, field, isOnly, path, onChange }: InLanguageProps) {
  const { value, field: own } = useField({ path, isRequired: true });
  const label = isOnly
    ? field.label
    : t('definition.inLanguage', { name: field.label, language: languageText(language) });
  return (
    <Input
      name={own.name}
      label={label}
      hint={field.hint}
      error={own.error ?? field.error}
      lang={language}
      value={typeof value === 'string' ? value : ''}
      onChange={onChange}
    />
  );
}

type TextProps = ValueProps & { readonly definition: Definition; readonly countries: readonly FieldChoice[] };

/** What a text is typed into, by how it is read. */
const TEXTS: { readonly [Kind in TextKind | 'line']: (props: TextProps) => JSX.Element } = {
  line: ({ definition: _, countries: __, ...text }) => <TextInput {...text} />,
  email: ({ definition: _, countries: __, ...text }) => <TextInput {...text} type="email" />,
  url: ({ definition: _, countries: __, ...text }) => <TextInput {...text} type="url" />,
  day: ({ definition: _, countries: __, ...text }) => <DigitsInput {...text} as="day" />,
  clock: ({ definition: _, countries: __, ...text }) => <DigitsInput {...text} as="clock" />,
  country: ({ definition: _, countries, ...text }) => <SelectField {...text} choices={countries} />,
  moment: ({ definition, countries: _, ...text }) => {
    const { value, onChange } = text;
    const zone = String(definition['timeZone'] ?? 'UTC');
    const shown = Number.isNaN(Date.parse(value)) ? value : localTimeOf(value, zone);
    const put = (typed: string): void => onChange(instantTyped(typed, zone, value || undefined));
    return <DigitsInput {...text} as="moment" value={shown} onChange={put} />;
  },
};

function TextField(place: Of<'text'>) {
  const { definition, value, field, change } = useField(place);
  const { event } = useDesk();
  const Text = TEXTS[place.shape.as ?? 'line'];
  return (
    <Text
      {...field}
      definition={definition}
      countries={countryChoices(event, t('definition.choose'))}
      value={typeof value === 'string' ? value : ''}
      onChange={(typed) => change(typed === '' && !place.isRequired ? undefined : typed)}
    />
  );
}

/** What is no number stays as it was typed, to be refused. */
function NumberField(place: Of<'number'>) {
  const { value, field, change } = useField(place);
  const put = (typed: string): void => {
    const read = READ.number(typed);
    change(typed === '' ? undefined : read === undefined ? typed : Number(read));
  };
  return <DigitsInput {...field} as="number" value={numberText(place.path, value)} onChange={put} />;
}

function FlagField(place: Of<'flag'>) {
  const { value, field, change } = useField({ ...place, isRequired: true });
  return (
    <div class={field.error ? 'field bad' : 'field'}>
      <label class="check">
        <input
          type="checkbox"
          id={field.name}
          name={field.name}
          checked={value === true}
          aria-describedby={field.hint && `${field.name}-hint`}
          onChange={(event) => change(event.currentTarget.checked || (place.isRequired ? false : undefined))}
        />
        {field.label}
      </label>
      {field.hint && (
        <span class="hint" id={`${field.name}-hint`}>
          {field.hint}
        </span>
      )}
      {field.error && <p class="error">{`${t('common.error')}: ${field.error}`}</p>}
    </div>
  );
}

function ChoiceField(place: Of<'choice'>) {
  const { value, field, change } = useField(place);
  const choices = place.shape.values.map((each) => [each, valueLabel(place.path, each)] as const);
  return (
    <SelectField
      {...field}
      value={typeof value === 'string' ? value : ''}
      choices={place.isRequired ? choices : [['', t('definition.unset')], ...choices]}
      onChange={(chosen) => change(chosen === '' ? undefined : chosen)}
    />
  );
}

function ListField(place: Of<'list'>) {
  const { value, field, change } = useField(place);
  const { of } = place.shape;
  if (of.kind === 'text' && of.as === 'country')
    return (
      <PlacesOfWorld
        {...field}
        add={addLabel(place.path)}
        codes={textsOf(value)}
        onChange={(codes) => change(codes.length === 0 && !place.isRequired ? undefined : codes)}
      />
    );
  return (
    <Inside path={place.path}>
      <Entries {...place} of={of} Field={PlaceField} />
    </Inside>
  );
}

/** A list or a group below its name, where it is not a page of its own. */
function Inside({ path, children }: { readonly path: DefinitionPath; readonly children: ComponentChildren }) {
  if (path.length <= 1 || typeof path.at(-1) === 'number') return <>{children}</>;
  return (
    <fieldset class="inside">
      <legend>{partLabel(path)}</legend>
      {children}
    </fieldset>
  );
}

/** Fields one below the other. One that may be left out is made by a press, and taken out by another. */
function GroupField(place: Of<'group'>) {
  return <Fields {...place} fields={place.shape.fields} />;
}

function EitherField(place: Of<'either'>) {
  const { shape, path } = place;
  const { value, change } = useField(place);
  const { error } = useField({ path: [...path, shape.by], isRequired: true }).field;
  const kinds = Object.keys(shape.groups);
  const choose = (kind: string): void => {
    const group = shape.groups[kind];
    change({ ...(group ? (emptyOf(group) as object) : {}), [shape.by]: kind });
  };
  return (
    <Fields {...place} fields={fieldsHere(shape, value)}>
      <SelectField
        name={[...path, shape.by].join('.')}
        label={fieldLabel([...path, shape.by])}
        error={error}
        value={String(valueAt(value, [shape.by]) ?? '')}
        choices={kinds.map((kind) => [kind, valueLabel([...path, shape.by], kind)])}
        onChange={choose}
      />
    </Fields>
  );
}

interface FieldsProps extends PlaceProps {
  readonly fields: readonly FieldShape[];
  readonly children?: JSX.Element;
}

function Fields({ path, shape, isRequired, fields, children }: FieldsProps) {
  const { value, change } = useField({ path, isRequired });
  const isHeld = isFixed([...path, 'email']);
  // Of what was made or taken out: the button that was pressed is gone.
  const [focused, setFocused] = useState<string>();
  useEffect(() => {
    const around = document.getElementById(focused ?? '');
    (around?.querySelector<HTMLElement>('input, select, textarea, button') ?? around)?.focus();
  }, [focused]);
  const put = (made: unknown): void => {
    change(made);
    const [first = ''] = made === undefined ? [] : fieldsHere(shape, made).map(({ name }) => `.${name}`);
    setFocused(path.join('.') + first);
  };
  if (value === undefined && !isRequired) {
    if (isHeld) return <p class="note">{t('definition.fixed')}</p>;
    return (
      <p class="buttons" id={path.join('.')} tabIndex={-1}>
        <Button kind="second" onPress={() => put(emptyOf(shape))}>
          {addLabel(path)}
        </Button>
      </p>
    );
  }
  return (
    <Inside path={path}>
      {children}
      {fields
        .filter((field) => isFieldShown(field, [...path, field.name], value))
        .map(({ name, ...field }) => (
          <PlaceField key={name} {...field} path={[...path, name]} />
        ))}
      {!isRequired && !isHeld && (
        <p class="buttons">
          <Button kind="quiet" onPress={() => put(undefined)}>
            {t('definition.removeOne', { name: partLabel(path) })}
          </Button>
        </p>
      )}
    </Inside>
  );
}

/** What is shown, and changed by those alone who deploy the system. */
function Fixed({ path }: PlaceProps) {
  const { definition, value, field } = useField({ path, isRequired: true });
  const [language = ''] = languagesOf(definition);
  const said = isGroup(value)
    ? [valueAt(value, ['name', language]), value['email']].filter(Boolean).join(', ')
    : String(value ?? '–');
  return (
    <div class="field">
      <strong>{isGroup(value) ? partLabel(path) : field.label}</strong>
      <p id={field.name} tabIndex={-1}>
        {said}
      </p>
      <span class="hint">{t('definition.fixed')}</span>
    </div>
  );
}

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Several of what there is to choose from. */
function Several({
  choices,
  ...place
}: DefinitionPlace & { readonly choices: readonly (readonly [string, string])[] }) {
  const { value, field, change } = useField(place);
  return (
    <ChecksField
      {...field}
      choices={choices}
      chosen={textsOf(value)}
      onChange={(chosen) => change(chosen.length === 0 && !place.isRequired ? undefined : chosen)}
    />
  );
}

/** Places that are chosen or typed in a way of their own, by part and place in it. */
const OWN: Readonly<Record<string, Readonly<Record<string, (props: PlaceProps) => JSX.Element>>>> = {
  languages: { '': (place) => <Several {...place} choices={LANGUAGE_TAGS.map((tag) => [tag, languageText(tag)])} /> },
  timeZone: { '': Zone },
  categories: { trustedDomains: Domains },
  countries: { 'added.code': OwnCode },
  questions: { readers: Readers },
  feedback: { unasked: (place) => <Several {...place} choices={choicesIn(useEditing().definition, 'sessions')} /> },
  certificate: { leastShare: Share },
};

function Zone(place: PlaceProps) {
  const { value, field, change } = useField(place);
  const zones = [...new Set([String(value), ...Intl.supportedValuesOf('timeZone')])];
  const choices = zones.map((zone) => [zone, zone.replaceAll('_', ' ')] as const);
  return <SelectField {...field} value={String(value)} choices={choices} onChange={change} />;
}

/** Of a place that is no country: none of those that there are to choose. */
function OwnCode(place: PlaceProps) {
  const { value, field, change } = useField(place);
  return <TextInput {...field} value={String(value ?? '')} onChange={(typed) => change(typed.trim().toUpperCase())} />;
}

function Domains(place: PlaceProps) {
  const { value, field, change } = useField(place);
  return (
    <Lines {...field} lines={textsOf(value)} onChange={(lines) => change(lines.length === 0 ? undefined : lines)} />
  );
}

/** Sets whose holders see people; and what else a definition names. */
function Readers(place: PlaceProps) {
  const { value } = useField(place);
  const sets = ORGANISER_ROLES.filter((set) => (SETS[set] as readonly string[]).includes('see-people'));
  const names = [...new Set([...sets, ...textsOf(value)])];
  const readerName = (name: string) => wordFor('organiserRole', name) ?? wordFor('tick', name) ?? name;
  return <Several {...place} choices={names.map((name) => [name, readerName(name)])} />;
}

/** Typed in per cent. */
function Share(place: PlaceProps) {
  const { value, field, change } = useField(place);
  const put = (typed: string): void => {
    const read = READ.number(typed);
    change(read === undefined ? typed : Number(read) / 100);
  };
  return <DigitsInput {...field} as="number" value={numberText(place.path, value)} onChange={put} />;
}
