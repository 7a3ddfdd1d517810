import { describe, expect, it } from 'vitest';
import { noonsIn, withoutMinutes } from '../../shared/checkin/attendance/minutes.ts';
import { asReadBy } from '../../shared/event/answer-readers.ts';
import { instantOf } from '../../shared/kernel/text/zoned-time.ts';
import { searchedText } from '../../shared/registration/list/search.ts';
import { viewFields } from '../../shared/registration/views/views.ts';
import { pageAddress } from '../../web/console/addresses.ts';
import type { PublicEvent } from '../../web/console/desk.ts';
import { isOfAttendance, peopleFields } from '../../web/console/registration/fields.tsx';
import {
  fieldsNamed,
  filterText,
  inOrder,
  isFiltered,
  matcher,
  queryOf,
  stateIn,
  stepsOfOrder,
} from '../../web/console/registration/filter.ts';
import type { KnownPerson } from '../../web/console/registration/people.ts';
import { printLimit } from '../../web/console/registration/registrations.tsx';

const titled = (...ids: string[]) => ids.map((id) => ({ id, title: `The ${id}` }));
const event = {
  id: 'forum',
  status: 'scheduled',
  timeZone: 'Asia/Phnom_Penh',
  languages: ['en', 'km'],
  categories: titled('media', 'academia'),
  modes: titled('in-person', 'online'),
  days: [{ id: 'day-1', title: 'Day 1', date: '2027-11-02' }],
  sessions: titled('opening'),
  quotas: titled('room'),
  approval: { expectedDays: 2 },
  questions: [
    { id: 'size', type: 'choice', title: 'Size', required: false, options: titled('small', 'large') },
    { id: 'age', type: 'number', title: 'Years', required: false },
    { id: 'photo', type: 'yes-no', title: 'Photo', required: false },
    { id: 'note', type: 'long-text', title: 'Note', required: false },
    { id: 'diet', type: 'choice', title: 'Diet', required: false, care: true, options: titled('halal') },
  ],
} as unknown as PublicEvent;
const NOW = Date.parse('2027-11-01T12:00:00Z');
const NOTHING_KNOWN = { parts: [], lists: [], of: new Map(), isWhole: false, asked: [] };
const fields = peopleFields(event, () => NOW, NOTHING_KNOWN);

const someone = (fullName: string, changes: object = {}): KnownPerson => {
  const person = {
    ...{ fullName, badgeName: fullName, organisation: 'Sample Office', reference: '2222222222', revision: 1 },
    ...{ status: 'confirmed', role: 'attendee', country: 'KH', category: 'media', mode: 'in-person', language: 'en' },
    ...{ days: ['day-1'], sessions: [], closedSessions: false, seats: [], answers: {} },
    ...{ submittedAt: '2027-10-20T10:00:00.000Z', changedAt: '2027-10-20T10:00:00.000Z' },
    ...changes,
  };
  return { ...person, searched: searchedText(person) } as unknown as KnownPerson;
};
const PEOPLE = [
  someone('Sok Dara', { country: 'KH', answers: { size: 'small', age: 9, photo: false } }),
  someone('Renée Đặng', { country: 'TH', category: 'academia', answers: { size: 'large', age: 30, photo: true } }),
  someone('សុខា ចាន់', { country: 'LA', mode: 'online', organisation: 'Radio, Ltd', answers: { age: 200 } }),
  someone('Anna Late', {
    country: 'TH',
    status: 'pending-approval',
    pendingSince: '2027-10-20T10:00:00.000Z',
    submittedAt: '2027-10-20T17:30:00.000Z',
    mail: 'bounced',
  }),
];
const listed = (address: string): string[] => {
  const { state } = stateIn(new URLSearchParams(address), fields);
  return inOrder(PEOPLE, state.sort, fields)
    .filter(matcher(state, fields, event))
    .map(({ fullName }) => fullName);
};
const found = (address: string): string[] => listed(address).sort();
const [DARA, RENEE, SOKHA, ANNA] = ['Sok Dara', 'Renée Đặng', 'សុខា ចាន់', 'Anna Late'] as const;

describe('RE11: whom a list finds', () => {
  it.each<[string, string, readonly string[]]>([
    ['a word in any script', 'q=សុខា', [SOKHA]],
    ['a plain word of letters with marks', 'q=dang', [RENEE]],
    ['one value', 'country=TH', [ANNA, RENEE]],
    ['one value or another', 'country=TH&country=LA', [ANNA, RENEE, SOKHA]],
    ['not one, and not another', 'not-country=TH&not-country=LA', [DARA]],
    ['one, and not another of another field', 'country=TH&not-category=academia', [ANNA]],
    ['an answer', 'answer-size=large', [RENEE]],
    ['no such answer, also of those who gave none', 'not-answer-size=large', [ANNA, DARA, SOKHA]],
    ['yes', 'answer-photo=true', [RENEE]],
    ['no', 'answer-photo=false', [DARA]],
    ['a number between two', 'answer-age=10..100', [RENEE]],
    ['a number from one on, which is no text', 'answer-age=30..', [RENEE, SOKHA]],
    ['one number', 'answer-age=9', [DARA]],
    ['a text, whole and in any case', 'organisation=RADIO%2C ltd', [SOKHA]],
    ['no part of a text', 'organisation=Radio', []],
    ['who waits longer than they were told', 'status=overdue', [ANNA]],
    ['whom no mail reaches, or who is not confirmed', 'status=unreached&status=declined', [ANNA]],
    ['a day by the clocks of the event', 'submittedAt=2027-10-21', [ANNA]],
    ['days until one of them', 'submittedAt=..2027-10-20', [DARA, RENEE, SOKHA]],
    ['how they take part', 'mode=online', [SOKHA]],
    ['nobody', 'q=nobody', []],
  ])('is by %s', (_, address, names) => expect(found(address)).toEqual([...names].sort()));

  it('is in the order of any field, those without it last in both directions', () => {
    expect(listed('sort=name')).toEqual([ANNA, RENEE, DARA, SOKHA]);
    expect(listed('sort=-name')).toEqual([SOKHA, DARA, RENEE, ANNA]);
    expect(listed('sort=answer-age')).toEqual([DARA, RENEE, SOKHA, ANNA]);
    expect(listed('sort=-answer-age')).toEqual([SOKHA, RENEE, DARA, ANNA]);
    expect(listed('')[0], 'the newest first').toBe(ANNA);
  });

  it('compares a list once by each field, whichever way it is turned and whatever it was sorted by between', () => {
    let asked = 0;
    const [country] = fields
      .filter(({ id }) => id === 'country')
      .map((field) => ({
        ...field,
        singleOf: (person: KnownPerson) => {
          asked += 1;
          return field.singleOf?.(person);
        },
      }));
    const counted = country === undefined ? [] : [country, ...fields.filter(({ id }) => id === 'name')];
    const people = [...PEOPLE];
    const named = (sort: string) => inOrder(people, sort, counted).map(({ fullName }) => fullName);
    expect(named('country')).toEqual([DARA, SOKHA, ANNA, RENEE]);
    expect(named('-country')).toEqual([ANNA, RENEE, SOKHA, DARA]);
    expect(named('name')[0]).toBe(ANNA);
    expect(named('country')).toEqual([DARA, SOKHA, ANNA, RENEE]);
    expect(asked).toBe(people.length);
    const others = [someone('Another One', { country: 'BN' }), ...people];
    expect(inOrder(others, 'country', counted)[0]?.fullName, 'another list is another order').toBe('Another One');
  });

  it('has one value of a field, or none, wherever it is asked for without a list', () => {
    const single = fields.flatMap(({ singleOf, valuesOf }) => (singleOf ? [{ singleOf, valuesOf }] : []));
    expect(single.length).toBeGreaterThan(10);
    for (const person of PEOPLE)
      for (const { singleOf, valuesOf } of single) expect([singleOf(person)].filter(Boolean)).toEqual(valuesOf(person));
  });

  it('is put in order a slice at a time before it is asked for, and comes to the same', () => {
    const many = Array.from({ length: 4_500 }, (_, nth) =>
      someone(`Person ${nth}`, { country: nth % 2 ? 'KH' : 'TH' }),
    );
    const [country, name] = ['country', 'name'].map((id) => fields.find((field) => field.id === id));
    if (country === undefined || name === undefined) throw new Error('no such fields');
    expect(stepsOfOrder(many, name)).toBe(undefined);
    const steps = stepsOfOrder(many, country);
    let slices = 0;
    while (steps?.next().done === false) slices += 1;
    expect(slices).toBe(3);
    expect(stepsOfOrder(many, country)).toBe(undefined);
    const prepared = inOrder(many, 'country', fields);
    expect(prepared).toEqual(inOrder([...many], 'country', fields));
    expect(new Set(prepared.slice(0, 2_250).map((each) => each.country))).toEqual(new Set(['KH']));
  });

  it('has no field of what is typed freely or is a need', () => {
    expect(fields.map(({ id }) => id)).toEqual(expect.arrayContaining(['answer-size', 'answer-age', 'answer-photo']));
    expect(fields.filter(({ id }) => /note|diet/.test(id))).toEqual([]);
  });
});

describe('every field of a list', () => {
  const whole = {
    ...event,
    days: [...event.days, { id: 'day-2', title: 'Day 2', date: '2027-11-03' }],
    quotas: titled('room', 'hall'),
  } as unknown as PublicEvent;
  const tags = [{ id: 'speaks', name: 'Speaks', purpose: 'To test' }];
  const all = peopleFields(whole, () => NOW, NOTHING_KNOWN, tags).filter(({ id }) => !isOfAttendance(id));
  const at = (day: number) => `2027-10-${day}T10:00:00.000Z`;
  const filled = someone('Filled Person', {
    ...{ reference: '7777777777', honorific: 'HE', badgeName: 'Filled Badge', nativeName: 'ឈ្មោះ' },
    ...{ organisation: 'Filled Office', country: 'TH', category: 'academia', tags: ['speaks'], role: 'speaker' },
    ...{ mode: 'online', status: 'pending-approval', days: ['day-2'], sessions: ['opening'], closedSessions: true },
    ...{ submittedAt: at(25), changedAt: at(26), pendingSince: at(27), waitingSince: at(28), meanwhile: 'online' },
    seats: [
      { quota: 'room', state: 'taken' },
      { quota: 'hall', state: 'waiting' },
    ],
    ...{ language: 'km', mail: 'bounced', unproven: true, isWalkIn: true, delegation: 'd', optedOut: true },
    ...{ lapsed: true, answers: { size: 'large', age: 30, photo: true } },
  });
  const other = someone('Other Person', {
    seats: [
      { quota: 'hall', state: 'taken' },
      { quota: 'room', state: 'waiting' },
    ],
    answers: { size: 'small', age: 9, photo: false },
  });
  const ROWS: readonly (readonly [id: string, value: string, shown: string])[] = [
    ['name', 'filled person', 'Filled Person'],
    ['reference', '7777777777', '7777777777'],
    ['honorific', 'HE', 'HE'],
    ['badgeName', 'Filled Badge', 'Filled Badge'],
    ['nativeName', 'ឈ្មោះ', 'ឈ្មោះ'],
    ['organisation', 'Filled Office', 'Filled Office'],
    ['country', 'TH', 'Thailand'],
    ['category', 'academia', 'The academia'],
    ['tags', 'speaks', 'Speaks'],
    ['role', 'speaker', 'Speaker'],
    ['mode', 'online', 'Online'],
    ['status', 'pending-approval', 'Waiting for a decision'],
    ['submittedAt', '2027-10-25', '25 Oct 2027, 17:00'],
    ['changedAt', '2027-10-26', '26 Oct 2027, 17:00'],
    ['pendingSince', '2027-10-27..', '27 Oct 2027, 17:00'],
    ['waitingSince', '2027-10-28', '28 Oct 2027, 17:00'],
    ['meanwhile', 'yes', 'Yes'],
    ['days', 'day-2', 'Wed, 3 Nov 2027'],
    ['sessions', 'opening', 'The opening'],
    ['closedSessions', 'yes', 'Yes'],
    ['seats', 'room', 'The room'],
    ['waitsFor', 'hall', 'The hall'],
    ['language', 'km', 'Khmer'],
    ['mail', 'bounced', 'Came back'],
    ...['unproven', 'walkIn', 'delegation', 'optedOut', 'lapsed'].map((id) => [id, 'yes', 'Yes'] as const),
    ['answer-size', 'large', 'The large'],
    ['answer-age', '10..', '30'],
    ['answer-photo', 'true', 'Yes'],
  ];

  it.each(ROWS)('%s is filtered by, also what is not so, is a column, and is sorted by', (id, value, shown) => {
    const names = (address: string): string[] => {
      const { state, unknown } = stateIn(new URLSearchParams(address), all);
      expect(unknown).toEqual([]);
      const ordered = inOrder([other, filled], state.sort, all);
      return ordered.filter(matcher(state, all, whole)).map(({ fullName }) => fullName);
    };
    const asked = encodeURIComponent(value);
    expect(names(`${id}=${asked}`)).toEqual(['Filled Person']);
    expect(names(`not-${id}=${asked}`)).toEqual(['Other Person']);
    expect(stateIn(new URLSearchParams(`columns=${id}`), all).state.columns).toEqual([id]);
    const field = all.find((each) => each.id === id);
    expect(field?.valuesOf(filled).map((each) => field.nameOf?.(each) ?? each)).toContain(shown);
    const isOfBoth = (field?.valuesOf(other) ?? []).length > 0;
    const [up, down] = [names(`sort=${id}`), names(`sort=-${id}`)];
    // Who has nothing of it comes last, whichever way it is turned.
    expect(down).toEqual(isOfBoth ? up.toReversed() : ['Filled Person', 'Other Person']);
    if (!isOfBoth) expect(up).toEqual(down);
  });

  it('is one of these', () => expect(all.map(({ id }) => id).sort()).toEqual(ROWS.map(([id]) => id).sort()));
});

describe('the address of a list', () => {
  it('holds all of its state, and nothing that is usual', () => {
    const address = 'q=sok&country=TH&country=LA&not-category=media&sort=-name&columns=country+status&page=3';
    const { state, unknown } = stateIn(new URLSearchParams(address), fields);
    expect(unknown).toEqual([]);
    const again = pageAddress('forum', 'registrations', queryOf(state));
    expect(stateIn(new URL(again, 'https://x').searchParams, fields).state).toEqual(state);
    expect(pageAddress('forum', 'registrations', queryOf(stateIn(new URLSearchParams(), fields).state))).not.toContain(
      '?',
    );
    expect(isFiltered(stateIn(new URLSearchParams('sort=name&columns=status'), fields).state)).toBe(false);
  });

  it.each([
    ['shoe=9', ['shoe']],
    ['answer-gone=yes', ['answer-gone']],
    ['category=gone', ['Group: gone']],
    ['answer-age=many', ['Years: many']],
    ['submittedAt=2027-02-31', ['Registered: 2027-02-31']],
    ['sort=shoe', ['shoe']],
    ['columns=shoe+status', ['shoe']],
    ['page=-1', []],
    ['page=x&cursor=old', []],
    ['status=confirmed&status=nonsense', ['Status: nonsense']],
    ['not-=x', ['not-']],
    ['__proto__=x', ['__proto__']],
  ])('that says %s leaves out what means nothing, says so, and shows the rest', (address, said) => {
    const { state, unknown } = stateIn(new URLSearchParams(address), fields);
    expect(unknown).toEqual(said);
    const shown = inOrder(PEOPLE, state.sort, fields).filter(matcher(state, fields, event));
    expect(shown).toHaveLength(address.startsWith('status') ? 3 : 4);
    expect(state.page).toBe(1);
  });

  it('takes what someone still has and the event does not offer any more, as the form for filters does', () => {
    const people = [...PEOPLE, someone('Of Before', { category: 'dropped' })];
    for (const [address, names] of [
      ['category=dropped', ['Of Before']],
      ['category=dropped&category=academia', [RENEE, 'Of Before']],
      ['not-category=dropped&not-category=media', [RENEE]],
    ] as const) {
      const { state, unknown } = stateIn(new URLSearchParams(address), fields, people);
      const found = people.filter(matcher(state, fields, event)).map(({ fullName }) => fullName);
      expect([address, unknown, found]).toEqual([address, [], names]);
    }
    expect(stateIn(new URLSearchParams('category=gone'), fields, people).unknown).toEqual(['Group: gone']);
  });

  it('drops no value without a word, also of a filter by every country that there is', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const countries = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => code !== 'LA');
    const asked = (some: readonly string[]) =>
      stateIn(new URLSearchParams(some.map((code) => ['not-country', code])), fields);
    const all = asked(countries.slice(-260));
    expect([all.state.filters[0]?.values.length, all.unknown]).toEqual([260, []]);
    expect(PEOPLE.filter(matcher(all.state, fields, event)).map(({ country }) => country)).not.toContain('TH');
    const more = asked([...countries, 'LA', 'LA']);
    expect((more.state.filters[0]?.values.length ?? 0) + more.unknown.length).toBe(26 * 26);
    expect(more.unknown).toContain('Country: LA');
  });

  it('is said in words', () => {
    const { state } = stateIn(
      new URLSearchParams('country=TH&country=LA&not-mode=online&answer-age=10..&answer-age=..5&answer-age=7'),
      fields,
    );
    expect(state.filters.map((each) => filterText(fields, each))).toEqual([
      'Country is Thailand or Lao PDR',
      'Takes part is not Online',
      'Years is from 10 or up to 5 or 7',
    ]);
  });
});

describe('CI13: fields of attendance', () => {
  const [dara, renee, sokha, anna] = PEOPLE.map((person, nth) => ({ ...person, reference: String(nth) }));
  const event13 = { ...event, sessions: titled('opening') } as unknown as PublicEvent;
  const at = (cameAt: Record<string, string>, presences: string) => ({ presences, cameAt });
  const loaded = {
    parts: [
      { place: { kind: 'event' as const }, ends: '2027-11-03T11:00:00.000Z' },
      { place: { kind: 'day' as const, day: 'day-1' }, ends: '2027-10-31T11:00:00.000Z' },
      { place: { kind: 'session' as const, session: 'opening' }, ends: '2027-10-31T11:00:00.000Z' },
    ],
    lists: [
      { id: 'event', place: { kind: 'event' as const } },
      { id: 'annex', name: 'Annex door', place: { kind: 'session' as const, session: 'opening' } },
    ],
    of: new Map([
      ['0', at({ event: '2027-11-01T02:00:00.000Z', annex: '2027-10-31T02:00:00.000Z' }, 'cec')],
      ['1', at({}, 'ee-')],
      ['2', at({ event: '2027-10-31T17:30:00.000Z' }, 'cc-')],
    ]),
    isWhole: true,
    asked: [],
  };
  const known = [dara, renee, sokha, anna] as KnownPerson[];
  const ofAll = peopleFields(event13, () => NOW, loaded);
  const found = (address: string): string[] => {
    const { state, unknown } = stateIn(new URLSearchParams(address), ofAll);
    expect(unknown).toEqual([]);
    return inOrder(known, state.sort, ofAll)
      .filter(matcher(state, ofAll, event13))
      .map(({ fullName }) => fullName);
  };

  it.each<[string, string, readonly string[]]>([
    ['came', 'attendance=came&sort=name', [DARA, SOKHA]],
    ['not yet, before it ends', 'attendance=not-yet', [RENEE]],
    ['no check-in recorded, after it ended', 'attendance-day-day-1=no-check-in', [RENEE, DARA]],
    [
      'one or the other',
      'attendance-day-day-1=no-check-in&attendance-day-day-1=came&sort=-came-event',
      [DARA, SOKHA, RENEE],
    ],
    ['not so, also of those who are expected nowhere', 'not-attendance=came', [ANNA, RENEE]],
    ['a session', 'attendance-session-opening=came', [DARA]],
    ['a day by the clocks of the event', 'came-event=2027-11-01&sort=came-event', [SOKHA, DARA]],
    ['a list by its instant', 'came-annex=..2027-10-31', [DARA]],
  ])('find by %s', (_, address, names) => expect(found(address)).toEqual(names));

  it.each(['Asia/Phnom_Penh', 'America/Lima', 'Pacific/Auckland'])(
    'say a day and no minute that is not kept, in %s',
    (zone) => {
      const moved = { ...event13, timeZone: zone } as unknown as PublicEvent;
      const [kept] = withoutMinutes(
        [
          {
            scanId: 's',
            kind: 'in',
            correctedAt: instantOf('2027-11-01', '08:20', zone).getTime(),
            device: 'd',
          } as never,
        ],
        noonsIn(zone),
      );
      const noon = instantOf('2027-10-31', '12:00', zone).toISOString();
      const of = new Map([
        ['0', at({ event: new Date(kept?.correctedAt ?? 0).toISOString() }, 'c--')],
        ['2', at({ event: noon }, 'c--')],
      ]);
      const own = peopleFields(moved, () => NOW, { ...loaded, of });
      const came = own.find(({ id }) => id === 'came-event');
      const shown = known.map((person) => came?.valuesOf(person).map((value) => came.nameOf?.(value)));
      expect(shown).toEqual([['1 Nov 2027'], [], ['31 Oct 2027, 12:00'], []]);
      const { state } = stateIn(new URLSearchParams('came-event=2027-11-01'), own);
      expect(known.filter(matcher(state, own, moved)).map(({ fullName }) => fullName)).toEqual([DARA]);
    },
  );

  it('of a closed session without a name of its list are named by its title, and not by its id', () => {
    const place = { kind: 'session' as const, session: 's-7' };
    const closed = { place, title: 'Heads of delegation' };
    const some = { ...loaded, parts: [{ ...closed, ends: '' }], lists: [{ id: 'closed', ...closed }] };
    const named = peopleFields(event13, () => NOW, some).filter(({ id }) => isOfAttendance(id));
    expect(named.map(({ title }) => title)).toEqual([
      'Attendance: Heads of delegation',
      'Came at: Heads of delegation',
    ]);
  });

  it('are named by what they are of', () => {
    expect(ofAll.filter(({ isLoaded }) => isLoaded).map(({ title }) => title)).toEqual([
      'Attendance: whole event',
      'Attendance: Tue, 2 Nov 2027',
      'Attendance: The opening',
      'Came at: Entrance',
      'Came at: Annex door',
    ]);
    const { state } = stateIn(new URLSearchParams('attendance=not-yet&attendance=no-check-in'), ofAll);
    expect(state.filters.map((each) => filterText(ofAll, each))).toEqual([
      'Attendance: whole event is Not yet or No check-in recorded',
    ]);
  });

  it('are offered before they are loaded, those of an address too, which loses nothing meanwhile', () => {
    const address = 'attendance-session-closed=came&came-annex=2027-11-01&columns=came-gate+name&sort=-came-late';
    const asked = fieldsNamed(new URLSearchParams(address)).filter(isOfAttendance);
    expect(asked).toEqual(['attendance-session-closed', 'came-annex', 'came-late', 'came-gate']);
    const before = peopleFields(event13, () => NOW, { ...NOTHING_KNOWN, asked });
    expect(before.filter(({ isLoaded }) => isLoaded === false).map(({ id }) => id)).toEqual([
      ...['attendance', 'attendance-day-day-1', 'came-event', 'came-day-day-1'],
      ...asked,
    ]);
    const { state, unknown } = stateIn(new URLSearchParams(address), before);
    expect(unknown).toEqual([]);
    expect(pageAddress('forum', 'registrations', queryOf(state))).toContain('attendance-session-closed=came');
    expect(stateIn(new URLSearchParams('attendance=perhaps'), before).unknown).toEqual([
      'Attendance: whole event: perhaps',
    ]);
    const after = peopleFields(event13, () => NOW, { ...loaded, asked });
    expect(stateIn(new URLSearchParams(address), after).unknown).toEqual([
      ...['attendance-session-closed', '-came-late', 'came-gate'],
    ]);
  });

  it('ask for attendance in no address that names none of them', () => {
    const address =
      'q=came-event&status=confirmed&answer-attendance=x&columns=name+status&sort=-submittedAt&cursor=came-x';
    expect(fieldsNamed(new URLSearchParams(address)).filter(isOfAttendance)).toEqual([]);
  });
});

describe('tags', () => {
  const tags = ['speaks', 'hosts', 'nobody'].map((id) => ({ id, name: `=${id}`, purpose: 'To test' }));
  const ofTags = peopleFields(event, () => NOW, NOTHING_KNOWN, tags);
  const people = [
    someone('Both', { tags: ['hosts', 'speaks'] }),
    someone('Hosts', { tags: ['hosts'] }),
    someone('Gone', { tags: ['removed'] }),
    someone('None'),
  ];
  const found = (address: string, by = ofTags): string[] =>
    people.filter(matcher(stateIn(new URLSearchParams(address), by).state, by, event)).map(({ fullName }) => fullName);

  it.each([
    ['tags=hosts', ['Both', 'Hosts']],
    ['not-tags=hosts', ['Gone', 'None']],
    ['tags=speaks&tags=nobody', ['Both']],
    ['not-tags=speaks&not-tags=hosts', ['Gone', 'None']],
    ['tags=hosts&not-tags=speaks', ['Hosts']],
    ['tags=nobody', []],
  ])('are filtered by: %s', (address, names) => expect(found(address)).toEqual(names));

  it('are shown by name, not one that is removed, which an address may still say', () => {
    const field = ofTags.find(({ id }) => id === 'tags');
    expect(people.map((each) => field?.valuesOf(each).map((id) => field.nameOf?.(id)))).toEqual([
      ['=hosts', '=speaks'],
      ['=hosts'],
      [],
      [],
    ]);
    expect(stateIn(new URLSearchParams('tags=removed'), ofTags).unknown).toEqual(['Tags: removed']);
  });

  it('stay in the address as long as it is not known which there are', () => {
    expect(found('tags=removed', fields)).toEqual(['Gone']);
    expect(stateIn(new URLSearchParams('tags=removed'), fields).unknown).toEqual([]);
  });
});

describe('a list that is printed', () => {
  it('says before it is that not all of more than 5,000 people are, with the number', () => {
    expect(printLimit(5_000)).toBeUndefined();
    expect(printLimit(5_001)).toMatch(/^Only the first 5,?000 of 5,?001 people are printed\./);
  });
});

describe('AU8: questions for some of the team', () => {
  const asked = [
    { ...{ id: 'flight', title: 'Flight', type: 'organisation', required: false }, readers: ['protocol'] },
    { ...{ id: 'outlet', title: 'Outlet', type: 'organisation', required: false }, readers: ['communications'] },
    { id: 'sector', title: 'Sector', type: 'organisation', required: false },
  ];
  const ids = (role: 'organiser' | 'protocol' | 'communications' | 'desk-lead'): string[] =>
    peopleFields(asReadBy([{ role }], { ...event, questions: asked } as never), () => NOW, NOTHING_KNOWN)
      .map(({ id }) => id)
      .filter((id) => id.startsWith('answer-'));

  it('are columns and filters of those alone who read them; in an address they mean nothing to others', () => {
    expect(ids('organiser')).toEqual(['answer-flight', 'answer-sector']);
    expect(ids('protocol')).toEqual(['answer-flight', 'answer-sector']);
    expect(ids('communications')).toEqual(['answer-outlet', 'answer-sector']);
    expect(ids('desk-lead')).toEqual(['answer-sector']);
  });
});

describe('what a view of the list can hold', () => {
  const whole = {
    ...event,
    questions: [
      ...event.questions,
      { id: 'office', type: 'organisation', title: 'Office', required: false },
      { id: 'birthday', type: 'date', title: 'Day', required: false },
      { id: 'from', type: 'country', title: 'From', required: false },
      {
        id: 'flight',
        type: 'choice',
        title: 'Flight',
        required: false,
        readers: ['protocol'],
        options: titled('late'),
      },
    ],
  } as unknown as PublicEvent;
  const tags = [{ id: 'aaaaaaaa', name: 'Speaks', purpose: 'x' }];
  const attendance = {
    ...NOTHING_KNOWN,
    isWhole: true,
    parts: [
      { place: { kind: 'event' as const }, ends: '' },
      { place: { kind: 'day' as const, day: 'day-1' }, ends: '' },
      { place: { kind: 'session' as const, session: 'opening' }, ends: '' },
      { place: { kind: 'session' as const, session: 'closed-one' }, ends: '', title: 'Closed' },
    ],
    lists: [
      { id: 'event', place: { kind: 'event' as const } },
      { id: 'side-door', place: { kind: 'event' as const } },
    ],
    daysOnly: false,
  };
  const KINDS = { text: 'text', number: 'number', date: 'day', instant: 'day' } as const;

  it('are all fields that the list has for an owner, with the values that each lists, and no text', () => {
    const owner = [{ role: 'organiser' as const }];
    const shown = peopleFields(asReadBy(owner, whole), () => NOW, attendance as never, tags);
    const takes = viewFields(whole, owner, ['aaaaaaaa']);
    for (const { id, kind, choices = [] } of shown) {
      if (kind === 'choice') expect([id, takes(id)]).toEqual([id, expect.arrayContaining([...choices])]);
      else expect([id, takes(id)]).toEqual([id, KINDS[kind]]);
    }
    expect(shown.length).toBeGreaterThan(40);
    expect(takes('country')).toContain('KH');
    expect(takes('answer-from')).toContain('KH');
    for (const none of ['answer-note', 'answer-diet', 'shoe', 'attendance-day-day-9', 'constructor'])
      expect([none, takes(none)]).toEqual([none, undefined]);
  });

  it('are none of the fields that are for others of the team', () => {
    const approver = [{ role: 'focal-point' as const, countries: ['TH'] }];
    const takes = viewFields(whole, approver, []);
    const shown = peopleFields(asReadBy(approver, whole), () => NOW, NOTHING_KNOWN, []);
    for (const { id } of shown) expect([id, takes(id) !== undefined]).toEqual([id, true]);
    for (const none of ['answer-flight', 'attendance-session-closed-one', 'came-side-door'])
      expect([none, takes(none)]).toEqual([none, undefined]);
  });
});
