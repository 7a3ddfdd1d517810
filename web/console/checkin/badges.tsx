import { useRef, useState } from 'preact/hooks';
import { asHeld } from '../../../shared/event/event-standing.ts';
import { navigate, pageAddress } from '../addresses.ts';
import { useAct, useDesk, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { SelectField, TextInput } from '../kernel/form/field.tsx';
import { Form } from '../kernel/form/form.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Qr } from '../kernel/parts/qr.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { categoryName, countryText, when, zoneName } from '../names.ts';
import { PeopleInGroups } from '../registration/named-people.tsx';
import { t } from '../words.ts';
import { useFitting } from './fit-badges.ts';

export type BadgeData = AnswerOf<'GET /api/organiser/events/{eventId}/badges'>['badges'][number];

/** As many as there are colours; beyond them, groups share one, and the word tells them apart. */
const COLOURS = 8;
/** Characters of a name from which it is set smaller, so that it stays on the badge. */
const LONG = 16;
const VERY_LONG = 30;

/** One badge: the name first, and so large that it is read at arm's length. Nothing is told by colour alone. */
export function BadgeCard({ of }: { readonly of: BadgeData }) {
  const { event } = useDesk();
  const colour = event.categories.findIndex(({ id }) => id === of.category) % COLOURS;
  const length = [...of.name].length;
  const size = length >= VERY_LONG ? 'very-long' : length >= LONG ? 'long' : '';
  return (
    <li class={`badge ${of.category === undefined ? 'plain' : `colour-${colour}`}`}>
      <p class="band">
        {of.category !== undefined && categoryName(event, of.category)}
        {of.role && <b>{t(`role.${of.role}`)}</b>}
        {event.rehearsal && <b>{t('common.rehearsal')}</b>}
      </p>
      <div class="who">
        {of.honorific && <p class="honorific">{of.honorific}</p>}
        <p class={`name ${size}`} dir="auto">
          {of.name}
        </p>
        {of.nativeName && (
          <p class="native" dir="auto">
            {of.nativeName}
          </p>
        )}
        {of.position && <p class="position">{of.position}</p>}
        {of.organisation && <p class="organisation">{of.organisation}</p>}
        {of.country && <p class="country">{countryText(event, of.country)}</p>}
      </div>
      <div class="foot">
        <Qr text={of.code} label={t('badges.code', { name: of.name })} />
        <div>
          {of.noPhoto && <p class="no-photo">{t('badges.noPhoto')}</p>}
          <p class="event">{event.title}</p>
          <p class="code">{of.reference}</p>
        </div>
      </div>
    </li>
  );
}

/** Everyone on paper, for a door without a phone that works: with room for what has to be written down. */
export function DoorList({ people }: { readonly people: readonly BadgeData[] }) {
  const { event, now } = useDesk();
  return (
    <>
      <p class="paper">{event.title}</p>
      <p class="hint">
        {t('catering.asOf', { instant: when(event, new Date(now()).toISOString()), zone: zoneName(event) })}{' '}
        {t('badges.list.explain')}
      </p>
      <table class="door-list stacked">
        <TableHead
          columns={[
            [t('badges.list.came'), 'tick'],
            t('badges.list.name'),
            t('badges.list.organisation'),
            [t('badges.list.category'), 'group'],
            [t('badges.list.reference'), 'short'],
            [t('badges.list.temporary'), 'short'],
            [t('badges.list.time'), 'short'],
          ]}
        />
        <tbody>
          {people.map(({ reference, name, nativeName, organisation, category }) => (
            <tr key={reference}>
              <td class="tick">☐</td>
              <th scope="row">{[name, nativeName].filter(Boolean).join(' · ')}</th>
              <td>{organisation}</td>
              <td>{category && categoryName(event, category)}</td>
              <td class="code">{reference}</td>
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface BadgeSheetProps {
  readonly badges: readonly BadgeData[];
  readonly paper: Paper;
}

/** Badges as they come out of the printer. */
function BadgeSheet({ badges, paper }: BadgeSheetProps) {
  const sheet = useRef<HTMLUListElement>(null);
  useFitting(sheet, badges, paper);
  return (
    <ul class={`badges ${paper}`} ref={sheet}>
      {badges.map((badge) => (
        <BadgeCard key={badge.reference} of={badge} />
      ))}
    </ul>
  );
}

interface ChooseBadgesProps {
  readonly wanted: BadgeFilter;
  readonly onChosen: (wanted: BadgeFilter) => void;
}

/** Whose badges, and on which paper: what the address says, until another is chosen. */
function ChooseBadges({ wanted, onChosen }: ChooseBadgesProps) {
  const { event } = useDesk();
  const [typed, setTyped] = useState<Partial<Record<keyof BadgeFilter, string>>>({});
  const chosen = { ...wanted, ...typed };
  const field = (name: 'category' | 'reference' | 'paper') => ({
    name,
    value: chosen[name] ?? '',
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
  });
  const choose = (): void => {
    onChosen({ paper: paperNamed(chosen.paper), category: chosen.category, reference: chosen.reference?.trim() });
    setTyped({});
  };
  return (
    <Form class="filters" onSend={choose}>
      <SelectField
        {...field('category')}
        label={t('badges.category')}
        choices={[['', t('badges.everyone')], ...event.categories.map(({ id, title }) => [id, title] as const)]}
      />
      <TextInput
        {...field('reference')}
        label={t('badges.reference')}
        hint={t('badges.referenceHint')}
        maxLength={20}
      />
      <SelectField
        {...field('paper')}
        label={t('badges.paper')}
        choices={PAPERS.map((each) => [each, t(`badges.papers.${each}`)] as const)}
      />
      <Button type="submit">{t('badges.show')}</Button>
    </Form>
  );
}

/** So many are cut out of eight sheets. */
const NUMBERS = 32;

/** Badges with numbers in place of names: nothing is looked up for them, and nothing of them is stored. */
function Temporary() {
  const { event } = useDesk();
  return (
    <>
      <div class="above screen">
        <p>{t('badges.temporaryHint')}</p>
        <PrintBadges />
      </div>
      <ul class="badges a4">
        {Array.from({ length: NUMBERS }, (_, index) => `T-${String(index + 1).padStart(3, '0')}`).map((number) => (
          <li key={number} class="badge plain">
            <p class="band">
              {t('badges.temporary')}
              {event.rehearsal && <b>{t('common.rehearsal')}</b>}
            </p>
            <div class="who">
              <p class="name number">{number}</p>
            </div>
            <div class="foot">
              <p class="event">{event.title}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Badges on paper, of a group or of one person. What is wanted is in the address. */
export function BadgesScreen({ query }: { readonly query: URLSearchParams }) {
  const { event } = useDesk();
  const wanted = wantedIn(query);
  if (query.get('of') === 'chosen') {
    return (
      <>
        <Heading>{t('badges.title')}</Heading>
        <ChosenBadges paper={wanted.paper} />
      </>
    );
  }
  return (
    <>
      <Heading>{t('badges.title')}</Heading>
      <div class="screen">
        <p>{t('badges.explain')}</p>
        <p class="hint">{t('badges.minors')}</p>
        <ChooseBadges wanted={wanted} onChosen={(next) => navigate(pageAddress(event.id, 'badges', { ...next }))} />
      </div>
      {wanted.paper === 'temporary' ? <Temporary /> : <Sheet wanted={wanted} />}
    </>
  );
}

/** People whose badges are asked for at a time, as the contract takes them. */
const AT_ONCE = 500;

/** Of all who are chosen in the list: whose badges there are, and who has none and why. */
function ChosenBadges({ paper }: Pick<BadgeFilter, 'paper'>) {
  const { api, event, people } = useDesk();
  const [references] = useState(() => [...people.now().chosen.keys()]);
  const load = async (): Promise<readonly BadgeData[]> => {
    const found: BadgeData[] = [];
    const params = { eventId: event.id };
    for (let from = 0; from < references.length; from += AT_ONCE) {
      const body = { references: references.slice(from, from + AT_ONCE) };
      found.push(...(await api('POST /api/organiser/events/{eventId}/badges', { params, body })).badges);
    }
    return found.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  };
  const found = useRead(references.join(' '), load);
  const list = <a href={pageAddress(event.id, 'registrations')}>{t('bulk.choose')}</a>;
  if (references.length === 0) return <p>{list}</p>;
  return (
    <>
      <div class="screen">
        <p>
          {t('badges.ofChosen', { count: references.length })} {list}
        </p>
        <SelectField
          name="paper"
          label={t('badges.paper')}
          value={paper}
          choices={PAPERS.filter((each) => each !== 'temporary').map((each) => [each, t(`badges.papers.${each}`)])}
          onChange={(next) => navigate(pageAddress(event.id, 'badges', { of: 'chosen', paper: next }))}
        />
      </div>
      <Show of={found}>
        {(badges) => (
          <>
            <WithoutBadge
              references={references.filter((each) => badges.every(({ reference }) => reference !== each))}
            />
            <div class="above screen">
              <p role="status">{t('badges.all', { total: badges.length })}</p> <PrintBadges />
            </div>
            {paper === 'list' ? <DoorList people={badges} /> : <BadgeSheet badges={badges} paper={paper} />}
          </>
        )}
      </Show>
    </>
  );
}

/** Why people have none, as far as this tab knows. */
function WithoutBadge({ references }: { readonly references: readonly string[] }) {
  const { event, people } = useDesk();
  const known = new Map(people.now().all.map((each) => [each.reference, each]));
  const whyNot = (reference: string): 'status' | 'online' | 'gone' => {
    const person = known.get(reference);
    if (person?.status !== 'confirmed') return person ? 'status' : 'gone';
    return asHeld(event, person).mode === 'online' ? 'online' : 'gone';
  };
  const groups = (['status', 'online', 'gone'] as const).map((why) => {
    const some = references.filter((reference) => whyNot(reference) === why);
    return [t(`badges.left.${why}`, { count: some.length }), some] as const;
  });
  return (
    <div class="screen">
      <PeopleInGroups groups={groups} />
    </div>
  );
}

function Sheet({ wanted }: { readonly wanted: BadgeFilter }) {
  const { api, event } = useDesk();
  const { paper, ...search } = wanted;
  const found = useRead(JSON.stringify(search), () =>
    api('GET /api/organiser/events/{eventId}/badges', { params: { eventId: event.id }, query: queryOf(wanted) }),
  );
  return (
    <Show of={found}>
      {({ badges, total, next }) =>
        badges.length === 0 ? (
          <p class="empty">{t('badges.none')}</p>
        ) : (
          <>
            <div class="above screen">
              <p role="status">
                {badges.length === total
                  ? t('badges.all', { total })
                  : t('badges.found', { shown: badges.length, total })}
              </p>
              <PrintBadges />
            </div>
            {paper === 'list' ? <DoorList people={badges} /> : <BadgeSheet badges={badges} paper={paper} />}
            <nav class="paging" aria-label={t('badges.title')}>
              {wanted.after && (
                <a href={pageAddress(event.id, 'badges', { ...wanted, after: undefined })}>{t('badges.first')}</a>
              )}
              {next && <a href={pageAddress(event.id, 'badges', { ...wanted, after: next })}>{t('badges.next')}</a>}
            </nav>
          </>
        )
      }
    </Show>
  );
}

/** Prints them once their fonts are there: a name whose font still comes would be left out, or set in another that spoils it. */
function PrintBadges() {
  const { busy, run } = useAct();
  const printed = async (): Promise<void> => {
    await document.fonts.ready;
    print();
  };
  return (
    <Button busy={busy} onPress={() => run(printed)}>
      {t('badges.print')}
    </Button>
  );
}

/** Papers that badges are printed on; a list of the same people for a power cut, and badges with numbers on them in place of names. */
const PAPERS = ['a6', 'a4', 'label', 'list', 'temporary'] as const;
type Paper = (typeof PAPERS)[number];

/** Which badges, and on what. */
interface BadgeFilter {
  readonly paper: Paper;
  readonly category?: string | undefined;
  readonly reference?: string | undefined;
  readonly after?: string | undefined;
}

function wantedIn(query: URLSearchParams): BadgeFilter {
  const given = (name: string): string | undefined => query.get(name) || undefined;
  return {
    paper: paperNamed(query.get('paper')),
    category: given('category'),
    reference: given('reference'),
    after: given('after'),
  };
}

/** The first of them where there is none of that name. */
const paperNamed = (name: string | null): Paper => PAPERS.find((paper) => paper === name) ?? 'a6';

/** What the server is asked: on what they are printed is nothing to it. */
const queryOf = ({ category, reference, after }: BadgeFilter) => ({
  ...(category !== undefined && { category }),
  ...(reference !== undefined && { reference }),
  ...(after !== undefined && { after }),
});
