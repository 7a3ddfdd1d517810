import { describe, expect, it } from 'vitest';
import { withHistory } from '../../shared/registration/change/history.store.ts';
import { OF_MINORS, type Registration, storedRegistration } from '../../shared/registration/registration.schema.ts';

const BEFORE = {
  status: 'confirmed',
  fullName: 'Somchai Sample',
  position: 'Clerk',
  answers: { size: 'M', kept: 'as it is' },
  consents: { photo: '1' },
  changedAt: '2027-01-01T00:00:00.000Z',
} as unknown as Registration;

const changedTo = (changes: object, before = BEFORE): Registration => ({ ...before, ...changes });
const stateOf = (changes: object, before = BEFORE) =>
  withHistory(before, changedTo(changes, before), 'holder').history?.at(-1);

const itemBytes = (of: Registration): number => Buffer.byteLength(JSON.stringify(of));

/** What a change of it says nothing in a history about, since it is no value of a person, or not for those who read one. */
const NOT_NOTED = [
  // Says which words a consent was given to, which `consents` notes by their version.
  'consentsGiven',
  // Names the registration, or counts and dates its changes.
  ...['eventId', 'reference', 'revision', 'definitionVersion', 'submittedAt', 'changedAt', 'formerHolders', 'history'],
  // Follows from the status, and says no more of it.
  ...['seats', 'approved', 'waitingSince', 'pendingSince', 'seatLostAt', 'hadTicket', 'lapsed', 'renamedAt'],
  // What shows whose it is: at a door, to the minute.
  ...['proven', 'unproven', 'walkIn', 'onBehalf', 'invitation'],
  // What approvers asked has its own instants, and the closed sessions that were not given are noted by `closedSessions`.
  ...['asked', 'withoutClosedSessions'],
  // Who sees to an applicant is noted in the audit.
  ...['handed'],
  // Known as groups in a registration: the tests of each kind of change look at them.
  ...['meanwhile', 'movedUp', 'certificateRevoked'],
  // What became of mail, needs, and who looks after a minor.
  ...['mail', 'hasNeeds', 'careAnswered', 'chaperoning', 'delegation', 'declineReason', 'ageBand', ...OF_MINORS],
];

describe('the history of a registration', () => {
  it('has the former value of each attribute, but of those that are named', () => {
    const names = Object.keys(storedRegistration.fields());
    const other = (name: string): unknown =>
      name === 'answers' || name === 'consents' ? { other: 'another' } : 'another';
    const silent = names.filter((name) => stateOf({ [name]: other(name) }) === undefined);
    expect(silent.sort()).toEqual([...NOT_NOTED].sort());
  });

  it('says that someone was moved up, by why they had been before, and that they are no more', () => {
    const waits = { ...BEFORE, waiting: { since: '2027-01-01T00:00:00.000Z' } };
    const moved = { ...waits.waiting, movedUp: { at: '2027-01-02T00:00:00.000Z', reason: 'Opens the forum' } };
    expect(stateOf({ waiting: moved }, waits)?.was).toEqual({ movedUp: null });
    expect(stateOf({ waiting: undefined }, { ...waits, waiting: moved })?.was).toEqual({ movedUp: 'Opens the forum' });
    expect(stateOf({ waiting: { ...moved, meanwhile: 'online' } }, { ...waits, waiting: moved })?.was).toEqual({});
  });

  it('says of answers and consents which changed, and nothing where it was not there', () => {
    expect(stateOf({ answers: { size: 'L', kept: 'as it is', more: true }, consents: {}, position: 'Head' })).toEqual({
      at: BEFORE.changedAt,
      by: 'holder',
      was: { position: 'Clerk', 'answers.size': 'M', 'answers.more': null, 'consents.photo': '1' },
    });
  });

  it('stays as it was where nothing changes that it tells of, and of a new registration there is none', () => {
    const once = withHistory(BEFORE, changedTo({ position: 'Head' }), 'holder');
    expect(withHistory(once, { ...once, hasNeeds: true, revision: 9 }, 'system').history).toEqual(once.history);
    expect(withHistory(undefined, BEFORE, 'holder')).toEqual(BEFORE);
    expect('history' in withHistory(BEFORE, BEFORE, 'holder')).toBe(false);
  });

  it('is the same however often it is worked out of one change', () => {
    const [after, by] = [changedTo({ status: 'cancelled' }), { id: 'someone' }] as const;
    const once = withHistory(BEFORE, after, by);
    expect(withHistory(BEFORE, after, by)).toEqual(once);
    expect(once.history).toEqual([
      { at: BEFORE.changedAt, by: 'member', member: 'someone', was: { status: 'confirmed' } },
    ]);
  });

  it('keeps the newest changes, and of a long text its beginning: it grows no further', () => {
    let now = BEFORE;
    for (let nth = 0; nth < 60; nth += 1) now = withHistory(now, { ...now, position: `No ${nth}` }, 'holder');
    expect(itemBytes(now)).toBeLessThanOrEqual(4096);
    expect(now.history?.length).toBeGreaterThan(20);
    expect(now.history?.at(-1)?.was).toEqual({ position: 'No 58' });
    const long = (nth: number) => ({ ...now, answers: { essay: `${nth} ${'ស្ត្រី'.repeat(400)}` } });
    for (let nth = 0; nth < 12; nth += 1) now = withHistory(now, long(nth), 'holder');
    const kept = now.history ?? [];
    expect(String(kept.at(-1)?.was['answers.essay'])).toMatch(/^10 ស្ត្រី.*…$/su);
    // Beside an answer that fills an item by itself.
    expect(kept).toHaveLength(1);
    const short = Array.from({ length: 60 }, (_, nth) => `${nth} ${'ស្ត្រី'.repeat(20)}`);
    for (const essay of short) now = withHistory(now, { ...now, answers: { essay } }, 'holder');
    expect(itemBytes(now)).toBeLessThanOrEqual(4096);
    expect(now.history?.length).toBeGreaterThan(4);
  });

  it('has room beside answers that fill an item by themselves', () => {
    let now: Registration = { ...BEFORE, answers: { essay: 'x'.repeat(6000) } };
    for (let nth = 0; nth < 30; nth += 1) now = withHistory(now, { ...now, position: `No ${nth}` }, 'holder');
    expect(now.history?.length).toBeGreaterThan(7);
    expect(now.history?.length).toBeLessThan(15);
  });

  it('has nothing of a minor, also where an adult turns out to be one', () => {
    const adult = withHistory(BEFORE, changedTo({ position: 'Head' }), 'holder');
    const minor = withHistory(adult, { ...adult, ageBand: 'minor', position: 'Pupil' }, 'holder');
    expect('history' in minor).toBe(false);
    expect('history' in withHistory(minor, { ...minor, position: 'Other' }, 'holder')).toBe(false);
    // Who is found to be an adult after all begins with what they say from then on.
    const { ageBand: _, ...grown } = minor;
    const now = withHistory(minor, { ...grown, position: 'Student' }, { id: 'someone' });
    expect('history' in now).toBe(false);
    expect(withHistory(now, { ...now, position: 'Clerk' }, 'holder').history).toMatchObject([
      { was: { position: 'Student' } },
    ]);
  });
});
