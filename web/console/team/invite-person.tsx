import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ORGANISER_ROLES } from '../../../shared/kernel/route.ts';
import { ANOTHER_PLACE } from '../../../shared/kernel/text/countries.ts';
import type { RoleGrant, Way } from '../../../shared/team/role/organiser-role.schema.ts';
import { needsOf } from '../../../shared/team/role/role-rule.ts';
import { useAct, useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { fieldError, SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, filled, refuseTyped, requireTyped } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { OneTimeSecret } from '../kernel/parts/once.tsx';
import { countriesToFind, when } from '../names.ts';
import { t } from '../words.ts';

/** Whose registrations a focal point decides on, as it is typed: what is empty counts for nothing. */
interface Reach {
  readonly countries: readonly string[];
  readonly organisations: readonly string[];
}

const numbered = (label: string, index: number): string =>
  index === 0 ? label : t('people.numbered', { label, number: index + 1 });

interface ReachFieldsProps {
  readonly reach: Reach;
  readonly error: unknown;
  readonly onChange: (reach: Reach) => void;
}

/** Registrations of any of the countries or of any of the organisations are within reach. */
function ReachFields({ reach, error, onChange }: ReachFieldsProps) {
  const { event } = useDesk();
  // People may have what the event leaves out. Nobody decides for another place: it is no country.
  const countries = countriesToFind(event, t('people.noCountry')).filter(([code]) => code !== ANOTHER_PLACE);
  const of = (name: string, index: number) => ({
    name: `${name}-${index}`,
    error: fieldError(error, `${name}-${index}`),
  });
  return (
    <>
      <FieldList
        values={reach.countries}
        more={t('people.moreCountries')}
        onChange={(countries) => onChange({ ...reach, countries })}
      >
        {(value, index, change) => (
          <SelectField
            key={index}
            {...of('countries', index)}
            label={numbered(t('people.country'), index)}
            choices={countries}
            value={value}
            onChange={change}
          />
        )}
      </FieldList>
      <FieldList
        values={reach.organisations}
        more={t('people.moreOrganisations')}
        onChange={(organisations) => onChange({ ...reach, organisations })}
      >
        {(value, index, change) => (
          <TextInput
            key={index}
            {...of('organisations', index)}
            label={numbered(t('people.organisation'), index)}
            hint={index === 0 ? t('people.organisationHint') : undefined}
            value={value}
            onChange={change}
          />
        )}
      </FieldList>
    </>
  );
}

/** As a role holds it: each once, and only what was given. */
function reachOf({ countries, organisations }: Reach): Partial<Record<keyof Reach, string[]>> {
  const given = (values: readonly string[]): string[] => [
    ...new Set(values.map((value) => value.trim()).filter((value) => value !== '')),
  ];
  const all = { countries: given(countries), organisations: given(organisations) };
  return Object.fromEntries(Object.entries(all).filter(([, values]) => values.length > 0));
}

type Made = Extract<AnswerOf<'POST /api/organiser/events/{eventId}/role-invitations'>, { readonly link: string }>;

/** A deputy holds `safeguarding` for reports only, which is a choice of its own to the member who invites. */
const CHOICES = [...ORGANISER_ROLES, 'deputy'] as const;
type Choice = (typeof CHOICES)[number];

const EMPTY = { role: 'focal-point', vettedUntil: '', label: '', email: '', reason: '' };
type Typed = typeof EMPTY;

/** Of a focal point; at least one of either. */
const NO_REACH: Reach = { countries: [''], organisations: [''] };

const LABELS = {
  'countries-0': t('people.country'),
  label: t('people.label'),
  email: t('people.email'),
  reason: t('people.reason'),
  vettedUntil: t('people.vettedUntil'),
  grants: t('people.role'),
};

interface InvitePersonProps {
  /** Who at present is the second person for what concerns children. */
  readonly way: Way;
  readonly onInvited: () => Promise<void>;
}

/** A link for one person, to hand over or to be mailed; a proposal where it takes a second person. */
export function InvitePerson({ way, onInvited }: InvitePersonProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [typed, setTyped] = useState(EMPTY);
  const [reach, setReach] = useState(NO_REACH);
  const [made, setMade] = useState<Made>();
  const set = (name: keyof Typed) => (value: string) => setTyped({ ...typed, [name]: value });
  const field = (name: keyof Typed) => ({
    name,
    value: typed[name],
    error: fieldError(error, name),
    onChange: set(name),
  });

  const grant = grantOf(typed, reach);
  const needs = needsOf([grant]);
  const isLapsed = needs.includes('children') && way === 'lapsed';

  const invite = async (close: () => void): Promise<void> => {
    const { label, email, reason, vettedUntil } = typed;
    if (grant.role === 'focal-point' && !grant.countries && !grant.organisations) {
      refuseTyped({ 'countries-0': t('people.reachNeeded') });
    }
    requireTyped({}, { day: isVettable(typed) ? { vettedUntil } : {} });
    const body = { grants: [grant], ...filled({ label, email, ...(isLapsed && { reason }) }) };
    const answer = await api('POST /api/organiser/events/{eventId}/role-invitations', {
      params: { eventId: event.id },
      body,
    });
    const link = 'link' in answer ? answer : undefined;
    setMade(link);
    const sent = email.trim() === '' ? t('people.made') : t('people.mailed', { address: email.trim() });
    tell(link === undefined ? t('people.proposed') : sent);
    setTyped(EMPTY);
    setReach(NO_REACH);
    close();
    await onInvited();
  };
  return (
    <section>
      {made && (
        <div class="note">
          <OneTimeSecret
            label={t('people.link', { until: when(event, made.expiresAt) })}
            value={made.link}
            copied={t('people.copied')}
          />
        </div>
      )}
      <Disclosure label={t('people.invite')}>
        {(close) => (
          <FieldsForm
            send={t('people.send')}
            busy={busy}
            error={error}
            labels={LABELS}
            onSend={() => run(() => invite(close))}
            onCancel={close}
          >
            <SelectField
              label={t('people.role')}
              choices={CHOICES.map((role) => [role, t(`organiserRole.${role}`)] as const)}
              {...field('role')}
            />
            <p class="hint">{t(`people.does.${typed.role as Choice}`)}</p>
            {typed.role === 'focal-point' && <ReachFields reach={reach} error={error} onChange={setReach} />}
            {isVettable(typed) && (
              <DigitsInput
                as="day"
                label={t('common.optional', { label: t('people.vettedUntil') })}
                hint={t('people.vettedHint')}
                {...field('vettedUntil')}
              />
            )}
            {needs.map((need) => (
              <p class="hint" key={need}>
                {t('people.takesTwo', { second: t(`people.second.${need === 'care' ? need : way}`) })}
              </p>
            ))}
            {isLapsed && <TextInput label={t('people.reason')} hint={t('people.reasonHint')} {...field('reason')} />}
            <TextInput label={t('people.label')} hint={t('people.labelHint')} {...field('label')} />
            <TextInput
              type="email"
              label={needs.length > 0 ? t('people.email') : t('common.optional', { label: t('people.email') })}
              hint={needs.length > 0 ? t('people.emailLater') : t('people.emailHint')}
              {...field('email')}
            />
          </FieldsForm>
        )}
      </Disclosure>
    </section>
  );
}

/** Whether the day until which they were vetted is asked. */
const isVettable = ({ role }: Typed): boolean => role !== 'focal-point' && role !== 'deputy';

function grantOf(typed: Typed, reach: Reach): RoleGrant {
  const { role, vettedUntil } = typed;
  if (role === 'deputy') return { role: 'safeguarding', deputy: true };
  return {
    role: role as Exclude<Choice, 'deputy'>,
    ...(role === 'focal-point' && reachOf(reach)),
    ...(isVettable(typed) && vettedUntil !== '' && { vettedUntil }),
  };
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
