import { describe, expect, it } from 'vitest';
import {
  alikeApplicants,
  applicantsFor,
  daysWaited,
  isInQueue,
  likenessesOf,
  nextInQueue,
  QUEUES,
  queueOf,
} from '../../web/console/registration/approvals/queue.ts';
import type { KnownPerson } from '../../web/console/registration/people.ts';

const NOW = Date.parse('2027-03-10T01:00:00Z');
const event = { approval: { expectedDays: 5 } } as never;
const ORGANISER = [{ role: 'organiser' }] as const;

const person = (reference: string, changes: Partial<KnownPerson> = {}): KnownPerson =>
  ({
    reference,
    revision: 1,
    status: 'pending-approval',
    submittedAt: '2027-03-09T00:00:00.000Z',
    country: 'TH',
    organisation: 'Sample Daily',
    fullName: `Person ${reference}`,
    ...changes,
  }) as KnownPerson;
const references = (people: readonly KnownPerson[]) => people.map(({ reference }) => reference);

describe('who waits for a decision', () => {
  const people = [
    person('C'),
    person('B', { pendingSince: '2027-03-01T00:00:00.000Z' }),
    person('A'),
    person('D', { status: 'confirmed' }),
    person('E', { country: 'LA', submittedAt: '2027-01-01T00:00:00.000Z' }),
  ];

  it('stands in order of how long, and by reference where that is the same', () => {
    expect(references(applicantsFor(people, ORGANISER))).toEqual(['E', 'B', 'A', 'C']);
  });

  it('is of those alone on whom the member decides', () => {
    expect(references(applicantsFor(people, [{ role: 'focal-point', countries: ['TH'] }]))).toEqual(['B', 'A', 'C']);
    expect(applicantsFor(people, [{ role: 'viewer' }])).toEqual([]);
  });

  it('is in each queue that fits, and has waited whole days', () => {
    const late = person('L', { pendingSince: '2027-03-05T00:00:00.000Z', question: 'answered' });
    const queuesOf = (each: KnownPerson) => QUEUES.filter((queue) => isInQueue(queue, each, event, NOW));
    expect(queuesOf(late)).toEqual(['all', 'overdue', 'answered']);
    expect(queuesOf(person('F', { question: 'asked' }))).toEqual(['all', 'asked']);
    expect([daysWaited(late, NOW), daysWaited(person('F'), NOW), daysWaited(late, 0)]).toEqual([5, 1, 0]);
  });
});

describe('whose an applicant is', () => {
  const people = ['A', 'B', 'C', 'D'].map((each) => person(each));
  const held: Record<string, boolean> = { A: false, B: true, D: false };
  const holderOf = ({ reference }: KnownPerson) =>
    held[reference] === undefined ? undefined : { to: 'Somebody', isYours: held[reference] };

  it('has a colleague’s last, and each alone who asks for the member’s or nobody’s', () => {
    const queues = (['all', 'mine', 'nobodys'] as const).map((whose) => references(queueOf(people, whose, holderOf)));
    expect(queues).toEqual([['B', 'C', 'A', 'D'], ['B'], ['C']]);
    expect(
      queueOf(people, 'all', () => undefined),
      'where nobody was handed over it is the same list',
    ).toBe(people);
  });

  it('passes a colleague’s by, both ways and from one of them', () => {
    const queue = queueOf(people, 'all', holderOf);
    const next = (from: number, by: 1 | -1) => nextInQueue(queue, from, by, holderOf)?.reference;
    expect([next(-1, 1), next(0, 1), next(1, 1), next(3, -1), next(1, -1), next(0, -1), next(2, 1)]).toEqual([
      'B',
      'C',
      undefined,
      'C',
      'B',
      undefined,
      undefined,
    ]);
  });
});

describe('who is alike', () => {
  it('is of the same organisation as scope compares it, and of the same name however it is typed', () => {
    const one = person('A', { fullName: 'Renée Đặng', organisation: 'Sample Daily' });
    const people = [
      one,
      person('B', { organisation: 'SAMPLE  daily.', fullName: 'renee  dang' }),
      person('C', { organisation: 'Sample\u200b Daily\u00ad' }),
      person('D', { organisation: 'Sample Weekly', fullName: 'Renée Dang-Sample' }),
      person('E', { organisation: '' }),
      person('F', { organisation: '\u200b' }),
    ];
    const among = likenessesOf(people);
    const { ofOrganisation, ofName } = alikeApplicants(one, among);
    expect([references(ofOrganisation), references(ofName)]).toEqual([['B', 'C'], ['B']]);
    expect(alikeApplicants(people[4] as KnownPerson, among).ofOrganisation, 'without one they are not alike').toEqual(
      [],
    );
  });
});
