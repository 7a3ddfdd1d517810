import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ANOTHER_PLACE } from '../../../shared/kernel/text/countries.ts';
import { dayTyped } from '../../../shared/kernel/text/zoned-time.ts';
import type { RoleGrant } from '../../../shared/team/role/organiser-role.schema.ts';
import { endAfter, lastDayOf } from '../../../shared/team/role/organiser-role.ts';
import { CHOSEN_TICKS, type ChosenTick, mayBeLimited, ORGANISER_ROLES } from '../../../shared/team/role/ticks.ts';
import { type PublicEvent, useDesk } from '../desk.ts';
import { ChecksField, fieldError, SelectField, TextInput } from '../kernel/form/field.tsx';
import { DigitsInput, requireTyped } from '../kernel/form/typed.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { categoryName, countriesToFind, countryText, when } from '../names.ts';
import { LANGUAGE, t } from '../words.ts';

/** A grant as it is typed: in a reach, what is empty counts for nothing. */
export interface TypedGrant {
  readonly role: Choice;
  readonly ticks: readonly string[];
  readonly countries: readonly string[];
  readonly organisations: readonly string[];
  readonly categories: readonly string[];
  readonly vettedUntil: string;
  /** The last day on which it gives anything. */
  readonly endsOn: string;
}

/** A deputy holds `safeguarding` for reports only, which is a choice of its own to the member who invites. */
const CHOICES = [...ORGANISER_ROLES, 'deputy'] as const;
type Choice = (typeof CHOICES)[number];

const isChoice = (value: string): value is Choice => (CHOICES as readonly string[]).includes(value);

export const NO_GRANT: TypedGrant = {
  role: 'focal-point',
  ticks: [],
  countries: [''],
  organisations: [''],
  categories: [],
  vettedUntil: '',
  endsOn: '',
};

export const typedGrant = (
  { timeZone }: Zoned,
  { role, deputy, ticks = [], vettedUntil = '', endsAt, ...reach }: RoleGrant,
): TypedGrant => ({
  role: deputy ? 'deputy' : role,
  ticks,
  countries: reach.countries ?? [''],
  organisations: reach.organisations ?? [''],
  categories: reach.categories ?? [],
  vettedUntil,
  endsOn: endsAt === undefined ? '' : lastDayOf({ endsAt }, timeZone),
});

type Zoned = Pick<PublicEvent, 'timeZone'>;

/** Whether the day until which they were vetted is asked: of sets that something opens to those alone who are. */
const VETTABLE: readonly Choice[] = ['organiser', 'staff', 'safeguarding', 'care'];

const isVettable = ({ role }: TypedGrant): boolean => VETTABLE.includes(role);

const chosenOf = ({ ticks }: TypedGrant): ChosenTick[] => CHOSEN_TICKS.filter((tick) => ticks.includes(tick));

/** Whether whose registrations it is for is asked. */
const isLimitable = (typed: TypedGrant): boolean =>
  typed.role === 'focal-point' ||
  (typed.role === 'custom' && typed.ticks.length > 0 && mayBeLimited({ role: 'custom', ticks: chosenOf(typed) }));

/** @param typed its days may be none yet: they are asked for when it is sent */
export function grantOf({ timeZone }: Zoned, typed: TypedGrant): RoleGrant {
  const { role, vettedUntil } = typed;
  const day = dayTyped(typed.endsOn);
  const end = day === undefined ? {} : { endsAt: endAfter(day, timeZone) };
  if (role === 'deputy') return { role: 'safeguarding', deputy: true, ...end };
  return {
    role,
    ...end,
    ...(role === 'custom' && { ticks: chosenOf(typed) }),
    ...(isLimitable(typed) && reachOf(typed)),
    ...(isVettable(typed) && vettedUntil !== '' && { vettedUntil }),
  };
}

type Reach = Pick<TypedGrant, 'countries' | 'organisations' | 'categories'>;

/** As a grant holds it: each once, and only what was given. */
function reachOf({ countries, organisations, categories }: Reach): Partial<Record<keyof Reach, string[]>> {
  const given = (values: readonly string[]): string[] => [
    ...new Set(values.map((value) => value.trim()).filter((value) => value !== '')),
  ];
  const all = { countries: given(countries), organisations: given(organisations), categories: given(categories) };
  return Object.fromEntries(Object.entries(all).filter(([, values]) => values.length > 0));
}

/** @param of as in its fields @param needed what else may not be empty @throws ApiProblem for one that lets do nothing */
export function requireGrant(typed: TypedGrant, of = '', needed: Readonly<Record<string, string>> = {}): void {
  const reachesNobody = typed.role === 'focal-point' && Object.keys(reachOf(typed)).length === 0;
  const vetted = isVettable(typed) ? { [`vettedUntil${of}`]: typed.vettedUntil } : {};
  const reach = reachesNobody && { [`countries-0${of}`]: t('people.reachNeeded') };
  const ticks = typed.role === 'custom' && typed.ticks.length === 0 && { [`ticks${of}`]: t('people.tickNeeded') };
  requireTyped(needed, { day: { ...vetted, [`endsOn${of}`]: typed.endsOn } }, { ...reach, ...ticks });
}

/** What the fields are called in a summary of what is wrong. */
export const grantLabels = (of = '') => ({
  [`countries-0${of}`]: t('people.country'),
  [`ticks${of}`]: t('people.ticks'),
  [`vettedUntil${of}`]: t('people.vettedUntil'),
  [`endsOn${of}`]: t('people.endsOn'),
});

interface GrantFieldsProps {
  readonly typed: TypedGrant;
  readonly error: unknown;
  readonly of?: string;
  readonly onChange: (typed: TypedGrant) => void;
}

/** What a member is to be able to do: a set, or ticks by choice, and for whom. */
export function GrantFields({ typed, error, of = '', onChange }: GrantFieldsProps) {
  const field = (name: string) => ({ name: `${name}${of}`, error: fieldError(error, `${name}${of}`) });
  return (
    <>
      <SelectField
        {...field('role')}
        label={t('people.role')}
        choices={CHOICES.map((role) => [role, t(`organiserRole.${role}`)] as const)}
        value={typed.role}
        onChange={(role) => isChoice(role) && onChange({ ...typed, role })}
      />
      <p class="hint">{t(`people.does.${typed.role}`)}</p>
      {typed.role === 'custom' && (
        <ChecksField
          {...field('ticks')}
          label={t('people.ticks')}
          hint={t('people.ticksHint')}
          choices={CHOSEN_TICKS.map((tick) => [tick, t(`tick.${tick}`)] as const)}
          chosen={typed.ticks}
          onChange={(ticks) => onChange({ ...typed, ticks })}
        />
      )}
      {isLimitable(typed) && <ReachFields typed={typed} error={error} of={of} onChange={onChange} />}
      {isVettable(typed) && (
        <DigitsInput
          as="day"
          {...field('vettedUntil')}
          label={t('common.optional', { label: t('people.vettedUntil') })}
          hint={t('people.vettedHint')}
          value={typed.vettedUntil}
          onChange={(vettedUntil) => onChange({ ...typed, vettedUntil })}
        />
      )}
      <DigitsInput
        as="day"
        {...field('endsOn')}
        label={t('common.optional', { label: t('people.endsOn') })}
        hint={t('people.endsHint')}
        value={typed.endsOn}
        onChange={(endsOn) => onChange({ ...typed, endsOn })}
      />
    </>
  );
}

/** Of tasks in one sentence, the first alone begins as a sentence does. */
const beginLower = (task: string, at: number): string =>
  at === 0 ? task : task.charAt(0).toLocaleLowerCase(LANGUAGE) + task.slice(1);

/** A set of ticks and how far it reaches: `Approver for Cambodia`. */
export function grantText(
  event: PublicEvent,
  { role, ticks, countries = [], organisations = [], categories = [], vettedUntil, endsAt, deputy }: RoleGrant,
): string {
  const groups = categories.map((id) => categoryName(event, id));
  const reach = [...countries.map((code) => countryText(event, code)), ...organisations, ...groups].join(', ');
  const tasks = ticks?.map((tick, at) => beginLower(t(`tick.${tick}`), at)).join(', ');
  const name = tasks ?? t(`organiserRole.${deputy ? 'deputy' : role}`);
  return [
    reach === '' ? name : t('people.reach', { role: name, of: reach }),
    ...(vettedUntil === undefined ? [] : [t('people.vetted', { date: when(event, vettedUntil) })]),
    ...(endsAt === undefined ? [] : [t('people.ends', { date: when(event, lastDayOf({ endsAt }, event.timeZone)) })]),
  ].join(', ');
}

const numbered = (label: string, index: number): string =>
  index === 0 ? label : t('people.numbered', { label, number: index + 1 });

/** Registrations of any of the countries, organisations or groups are within reach. */
function ReachFields({ typed, error, of = '', onChange }: GrantFieldsProps) {
  const { event } = useDesk();
  // People may have what the event leaves out. Nobody decides for another place: it is no country.
  const countries = countriesToFind(event, t('people.noCountry')).filter(([code]) => code !== ANOTHER_PLACE);
  const field = (name: string, index: number) => ({
    name: `${name}-${index}${of}`,
    error: fieldError(error, `${name}-${index}${of}`),
  });
  return (
    <>
      <FieldList
        values={typed.countries}
        more={t('people.moreCountries')}
        onChange={(countries) => onChange({ ...typed, countries })}
      >
        {(value, index, change) => (
          <SelectField
            key={index}
            {...field('countries', index)}
            label={numbered(t('people.country'), index)}
            choices={countries}
            value={value}
            onChange={change}
          />
        )}
      </FieldList>
      <FieldList
        values={typed.organisations}
        more={t('people.moreOrganisations')}
        onChange={(organisations) => onChange({ ...typed, organisations })}
      >
        {(value, index, change) => (
          <TextInput
            key={index}
            {...field('organisations', index)}
            label={numbered(t('people.organisation'), index)}
            hint={index === 0 ? t('people.organisationHint') : undefined}
            value={value}
            onChange={change}
          />
        )}
      </FieldList>
      <ChecksField
        name={`categories${of}`}
        label={t('people.categories')}
        choices={event.categories.map(({ id, title }) => [id, title] as const)}
        chosen={typed.categories}
        onChange={(categories) => onChange({ ...typed, categories })}
      />
    </>
  );
}

interface FieldListProps {
  readonly values: readonly string[];
  /** Of the button that adds one. */
  readonly more: string;
  readonly onChange: (values: readonly string[]) => void;
  /** The field of one value. */
  readonly children: (value: string, index: number, onChange: (value: string) => void) => ComponentChildren;
}

/** As many of one field as are wanted; the focus goes into one that was added. What is empty counts for nothing. */
function FieldList({ values, more, onChange, children }: FieldListProps) {
  const fields = useRef<HTMLDivElement>(null);
  const shown = useRef(values.length);
  useEffect(() => {
    if (values.length > shown.current) {
      [...(fields.current?.querySelectorAll<HTMLElement>('input, select') ?? [])].at(-1)?.focus();
    }
    shown.current = values.length;
  }, [values.length]);
  return (
    <div class="several" ref={fields}>
      {values.map((value, index) =>
        children(value, index, (changed) => onChange(values.map((each, at) => (at === index ? changed : each)))),
      )}
      <Button kind="quiet" onPress={() => onChange([...values, ''])}>
        {more}
      </Button>
    </div>
  );
}
