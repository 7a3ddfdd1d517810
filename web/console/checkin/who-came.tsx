import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { PRESENCES, type Presence } from '../../../shared/event/attendee.ts';
import { localeFor } from '../../../shared/kernel/i18n/languages.ts';
import { localDate } from '../../../shared/kernel/text/zoned-time.ts';
import { comparable } from '../../../shared/registration/list/search.ts';
import { registrationAddress } from '../addresses.ts';
import { type PublicEvent, useAct, useDesk, usePeople, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { type FieldChoice, SelectField, TextInput } from '../kernel/form/field.tsx';
import { Form } from '../kernel/form/form.tsx';
import { type CellWords, peopleByName, SaveTable, usePiece, wholeOrParts } from '../kernel/form/save-table.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { NativeName, TableHead } from '../kernel/parts/facts.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { categoryName, countryText, dayName, type ProgrammeAnswer, textIn, when, zoneName } from '../names.ts';
import { Gone } from '../registration/people-states.tsx';
import { LANGUAGE, t, wordFor } from '../words.ts';
import type { List } from './overview.ts';

type Answer = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/lists/{listId}/attendance'>;
type Person = Answer['people'][number];

/** Rows that a browser draws at once; whom they leave out is found by typing. */
const MOST_ROWS = 200;

interface WhoCameProps {
  readonly list: List;
  readonly name: string;
  readonly programme: ProgrammeAnswer;
}

/** Who came by name: on a press, for that somebody looks is recorded. */
export function WhoCame({ list, name, programme }: WhoCameProps) {
  const { event, now } = useDesk();
  // A list of a day or a session has its own.
  const days = list.place.kind === 'event' && programme.days.length > 1 ? programme.days : [];
  const today = localDate(new Date(now()), event.timeZone);
  const [day, setDay] = useState(days.find(({ date }) => date === today)?.id ?? '');
  const [shown, setShown] = useState<string>();
  const choices: readonly FieldChoice[] = [
    ['', t('doors.names.allDays')],
    ...days.map(({ id, title, date }) => [id, `${textIn(programme, title)}, ${dayName(date)}`] as const),
  ];
  const about = [name, choices.find(([id]) => id !== '' && id === shown)?.[1]].filter(Boolean).join(', ');
  return (
    <section>
      <h2 class="screen">{t('doors.names.title')}</h2>
      <p class="hint screen">{t('doors.names.explain')}</p>
      <Form class="filters screen" onSend={() => setShown(day)}>
        {days.length > 0 && (
          <SelectField name="day" label={t('doors.names.day')} choices={choices} value={day} onChange={setDay} />
        )}
        <Button type="submit">{t('doors.names.show')}</Button>
      </Form>
      {shown !== undefined && (
        <WhileKnown>
          {(areThere) => <Names key={shown} list={list} day={shown} about={about} areThere={areThere} />}
        </WhileKnown>
      )}
    </section>
  );
}

/** Of rows that name people those of whom the event knows still: the same ones where that is all. */
export type AreThere = <Row extends { readonly reference: string }>(rows: readonly Row[]) => readonly Row[];

/**
 * What names people on a press: in memory no longer than the list of people, and without those who leave that. Once it is emptied nothing is
 * left of what stands here, which is read anew after a press.
 */
export function WhileKnown({ children }: { readonly children: (areThere: AreThere) => ComponentChildren }) {
  const { people } = useDesk();
  const known = usePeople();
  const { all, state } = known;
  // It is there by a press, which the list of people, emptied before, has not heard of.
  useEffect(() => {
    if (people.now().state === 'emptied') people.begin();
  }, [people]);
  const areThere = useMemo((): AreThere => {
    if (state !== 'complete') return (rows) => rows;
    const references = new Set(all.map(({ reference }) => reference));
    return (rows) => (rows.every(({ reference }) => references.has(reference)) ? rows : rows.filter(isIn(references)));
  }, [all, state]);
  return state === 'emptied' || state === 'refused' ? <Gone people={known} /> : children(areThere);
}

const isIn =
  (references: ReadonlySet<string>) =>
  ({ reference }: { readonly reference: string }): boolean =>
    references.has(reference);

interface NamesProps {
  readonly list: List;
  /** Its id; empty for all of them. */
  readonly day: string;
  /** Which list, and which day of it. */
  readonly about: string;
  readonly areThere: AreThere;
}

function Names({ list, day, about, areThere }: NamesProps) {
  const { api, event } = useDesk();
  const [isSheet, setSheet] = useState(false);
  const asked = (part?: string) => ({ params: { eventId: event.id, listId: list.id }, query: { day, part } });
  const read = useRead(`${list.id} ${day}`, async (signal) => {
    const answers = await wholeOrParts(signal, (part) =>
      api('GET /api/organiser/events/{eventId}/check-in/lists/{listId}/attendance', { ...asked(part), signal }),
    );
    return { people: peopleByName(answers), unnamed: answers[0]?.unnamed };
  });
  return (
    <Show of={read}>
      {({ people: told, unnamed = 0 }) => {
        const people = areThere(told);
        return (
          <>
            <p role="status" class="screen">
              {t('doors.names.numbers', numbersOf(people))}
            </p>
            {unnamed > 0 && <p class="hint screen">{t('doors.names.unnamed', { howMany: unnamed })}</p>}
            {people.length > 0 && (
              <div class="buttons screen">
                <Button kind="second" onPress={() => setSheet(!isSheet)}>
                  {t(isSheet ? 'doors.names.back' : 'doors.names.sheet')}
                </Button>
                <SaveTable
                  label={t('doors.names.export')}
                  about={[list.id, day, 'who-came']}
                  inWords={peopleInWords(event)}
                  load={(part, signal) =>
                    api('GET /api/organiser/events/{eventId}/check-in/lists/{listId}/attendance.csv', {
                      ...asked(part),
                      signal,
                    })
                  }
                  saved={t('doors.names.exported')}
                />
              </div>
            )}
            {people.length === 0 ? (
              <p class="empty">{t('doors.names.nobody')}</p>
            ) : isSheet ? (
              <SignatureSheet people={people} about={about} />
            ) : (
              <NameTable people={people} />
            )}
          </>
        );
      }}
    </Show>
  );
}

function numbersOf(people: readonly Person[]) {
  const of = (wanted: Presence): number => people.filter(({ status }) => status === wanted).length;
  return { came: of('came'), notYet: of('not-yet'), none: of('no-check-in') };
}

/** People of a file in words of the console: the API names columns and all that its rules know by ids. */
export function peopleInWords(event: PublicEvent): CellWords {
  const heads: Readonly<Record<string, string>> = {
    ...{ reference: t('registrations.reference'), status: t('row.status') },
    ...{ cameAt: t('doors.names.came'), leftAt: t('doors.names.left') },
    ...{ given: t('handout.times'), givenAt: t('handout.givenAt'), beyond: t('doors.handout.beyondTimes') },
  };
  const cells: Readonly<Record<string, (id: string) => string | number | undefined>> = {
    ...{ given: Number, beyond: Number },
    country: (code) => countryText(event, code),
    category: (id) => categoryName(event, id),
    mode: (id) => wordFor('mode', id),
    status: (id) => (id === 'out' ? t('handout.notBack') : wordFor('came.presence', id)),
  };
  return (cell, column) => (column === undefined ? (heads[cell] ?? wordFor('fact', cell)) : cells[column]?.(cell));
}

/** What is typed is looked for in what a row says, in any script. */
function searched(people: readonly Person[], typed: string, presence: string): readonly Person[] {
  const words = comparable(typed).split(/\s+/).filter(Boolean);
  return people.filter(({ status, ...person }) => {
    if (presence !== '' && status !== presence) return false;
    const { reference, fullName, badgeName = '', nativeName = '', organisation } = person;
    const text = comparable([reference, fullName, badgeName, nativeName, organisation].join(' '));
    return words.every((word) => text.includes(word));
  });
}

/** A table where there is room, a card for each person on a phone (by CSS). */
function NameTable({ people }: { readonly people: readonly Person[] }) {
  const { event } = useDesk();
  const [typed, setTyped] = useState('');
  const [presence, setPresence] = useState('');
  const found = useMemo(() => searched(people, typed, presence), [people, typed, presence]);
  const choices: readonly FieldChoice[] = [
    ['', t('doors.names.everyone')],
    ...PRESENCES.map((each) => [each, t(`came.presence.${each}`)] as const),
  ];
  return (
    <>
      <div class="filters screen">
        <TextInput
          {...{ name: 'name', type: 'search', label: t('doors.names.search'), value: typed, onChange: setTyped }}
          maxLength={200}
        />
        <SelectField
          {...{ name: 'presence', label: t('row.status'), choices, value: presence, onChange: setPresence }}
        />
      </div>
      <p role="status">
        {found.length > MOST_ROWS
          ? t('doors.names.first', { shown: MOST_ROWS, total: found.length })
          : t('doors.names.found', { howMany: found.length })}
      </p>
      {found.length > 0 && (
        <table class="by-name stacked">
          <TableHead
            columns={[
              t('row.name'),
              t('row.organisation'),
              t('row.category'),
              t('row.status'),
              t('doors.names.came'),
              t('doors.names.left'),
            ]}
          />
          <tbody>
            {found.slice(0, MOST_ROWS).map((person) => (
              <tr key={person.reference}>
                <th scope="row">
                  <a href={registrationAddress(event.id, person.reference)}>{nameOf(person)}</a>
                  <NativeName of={person.nativeName} />
                </th>
                <td>
                  {person.organisation}
                  <small>{countryText(event, person.country)}</small>
                </td>
                <td>{categoryName(event, person.category)}</td>
                <td>
                  <span class={`tag ${person.status}`}>{t(`came.presence.${person.status}`)}</span>
                </td>
                <td data-label={person.cameAt && t('doors.names.came')}>
                  <div>
                    {person.cameAt && when(event, person.cameAt)}
                    {person.mode && <small>{t(`mode.${person.mode}`)}</small>}
                    {person.isByHand && <small>{t('came.byHand')}</small>}
                  </div>
                </td>
                <td data-label={person.leftAt && t('doors.names.left')}>
                  {person.leftAt && when(event, person.leftAt)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const nameOf = ({ honorific, fullName }: Person): string => [honorific, fullName].filter(Boolean).join(' ');

const ORDERS = ['name', 'organisation'] as const;

interface SignatureSheetProps {
  readonly people: readonly Person[];
  readonly about: string;
}

/** All of them on paper, a piece at a time, whatever was searched for: with room for a time and a signature each. */
function SignatureSheet({ people, about }: SignatureSheetProps) {
  const { event, now } = useDesk();
  const { busy, run } = useAct();
  const [order, setOrder] = useState<string>('name');
  const inOrder = useMemo(() => {
    const { compare } = new Intl.Collator(localeFor(LANGUAGE));
    const byName = (a: Person, b: Person): number => compare(a.fullName, b.fullName);
    return people.toSorted((a, b) =>
      order === 'name' ? byName(a, b) : compare(a.organisation, b.organisation) || byName(a, b),
    );
  }, [people, order]);
  const { from, rows, field } = usePiece(inOrder);
  // A name whose font still comes would be left out, or set in another that spoils it.
  const printed = async (): Promise<void> => {
    await document.fonts.ready;
    print();
  };
  const instant = when(event, new Date(now()).toISOString());
  return (
    <>
      <div class="filters screen">
        <SelectField
          {...{ name: 'order', label: t('doors.names.order'), value: order, onChange: setOrder }}
          choices={ORDERS.map((each) => [each, t(`doors.names.orders.${each}`)] as const)}
        />
        {field}
        <Button busy={busy} onPress={() => run(printed)}>
          {t('doors.names.print')}
        </Button>
      </div>
      <table class="sign-sheet stacked">
        <TableHead
          above={
            <tr class="sheet-title">
              <th colSpan={5} scope="colgroup">
                {event.title}
                <small>{about}</small>
                <small>{t('catering.asOf', { instant, zone: zoneName(event) })}</small>
              </th>
            </tr>
          }
          columns={[
            [t('doors.names.number'), 'number'],
            t('row.name'),
            t('row.organisation'),
            [t('badges.list.time'), 'short'],
            [t('doors.names.signature'), 'signature'],
          ]}
        />
        <tbody>
          {rows.map((person, index) => (
            <tr key={person.reference}>
              <td class="number">{from + index + 1}</td>
              <th scope="row">
                {nameOf(person)}
                <NativeName of={person.nativeName} />
              </th>
              <td>{person.organisation}</td>
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
