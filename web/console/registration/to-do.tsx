import { isOverdue } from '../../../shared/registration/decide/approval.ts';
import { mayDecideOn } from '../../../shared/team/role/organiser-role.ts';
import { checkInAddress, PHONES, pageAddress, TO_SEE } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { Show } from '../kernel/parts/show.tsx';
import { languageText, when } from '../names.ts';
import { t, wordFor } from '../words.ts';
import type { OverviewFacts, useOverviewFacts } from './overview-facts.ts';
import { isNotReached, type KnownPerson, OVERDUE, UNREACHED } from './people.ts';

/** Something that needs a person now. */
interface Deed {
  readonly text: string;
  /** Where it is done; absent where a member who reads it can not do it there. */
  readonly at?: string;
  /** It can wait until somebody has time. */
  readonly canWait?: true;
}

/** Milliseconds for which mail waits before it is held back, and a quota's part that is nearly none. */
const HELD_BACK = 30 * 60_000;
const NEARLY_NONE = 0.1;

interface ToDoProps {
  readonly of: ReturnType<typeof useOverviewFacts>;
  readonly people?: readonly KnownPerson[];
}

/** What needs the member now, the most pressing first; each leads to where it is done. */
export function ToDo({ of, people = [] }: ToDoProps) {
  const desk = useDesk();
  return (
    <section aria-labelledby="to-do">
      <h2 id="to-do">{t('toDo.title')}</h2>
      <Show of={of}>
        {(told) => {
          const deeds = deedsOf(desk, told, people);
          if (deeds.length === 0) return <p class="empty">{t('toDo.nothing')}</p>;
          return (
            <ul class="deeds">
              {deeds.map(({ text, at, canWait }) => (
                <li key={text} class={canWait ? 'note warn' : 'note bad'}>
                  {at === undefined ? text : <a href={at}>{text}</a>}
                </li>
              ))}
            </ul>
          );
        }}
      </Show>
    </section>
  );
}

type Desk = Pick<ReturnType<typeof useDesk>, 'event' | 'now' | 'grants'>;

/** In their order: children first, then what happens at the doors now, people who wait, mail, seats and texts. */
export const deedsOf = (desk: Desk, told: OverviewFacts, people: readonly KnownPerson[]): readonly Deed[] => [
  ...aboutPeopleUnder18(desk, told),
  ...atDoors(desk, told),
  ...ofPeople(desk, told, people),
  ...ofMail(desk, told),
  ...ofBackups(desk, told),
  ...ofSeats(desk, told),
  ...ofTexts(desk, told),
];

function aboutPeopleUnder18({ event }: Desk, { reports }: OverviewFacts): readonly Deed[] {
  const { toRead, since, nobodyReads, nobodyReadsAboutOrganisers } = reports ?? {};
  return [
    ...told(toRead, (instant) => ({
      text: t('toDo.report', { instant: when(event, instant) }),
      at: pageAddress(event.id, 'reports'),
    })),
    ...told(since, (instant) => ({ text: t('toDo.unopenedReport', { instant: when(event, instant) }) })),
    ...told(nobodyReads, () => ({ text: t('toDo.nobodyReads'), at: pageAddress(event.id, 'people') })),
    ...told(nobodyReadsAboutOrganisers, () => ({
      text: t('toDo.nobodyReadsAboutOrganisers'),
      at: pageAddress(event.id, 'people'),
    })),
  ];
}

function atDoors({ event }: Desk, { doors, phones }: OverviewFacts): readonly Deed[] {
  const silent = (phones?.devices ?? []).filter(({ standing, talk }) => standing === 'active' && talk?.isSilent);
  const { conflicts = 0, handedOver = 0 } = doors ?? {};
  return [
    ...many(silent.length, (count) => ({
      text: t('toDo.silent', { count, names: silent.map(({ name }) => name).join(', ') }),
      at: checkInAddress(event.id, PHONES),
    })),
    ...many(conflicts, (count) => ({ text: t('toDo.scans', { count }), at: checkInAddress(event.id, TO_SEE) })),
    ...many(handedOver, (count) => ({ text: t('toDo.handedOver', { count }), at: checkInAddress(event.id, TO_SEE) })),
  ];
}

function ofPeople(
  { event, now, grants }: Desk,
  { handed }: OverviewFacts,
  people: readonly KnownPerson[],
): readonly Deed[] {
  const at = new Date(now());
  const applicants = people.filter((each) => each.status === 'pending-approval' && mayDecideOn(grants, each));
  const overdue = applicants.filter((each) => isOverdue(event, each, at)).length;
  const answered = applicants.filter(({ question }) => question === 'answered').length;
  const yours = (handed?.handed ?? []).filter(({ isYours }) => isYours).length;
  const list = (status: string): string => pageAddress(event.id, 'registrations', { status });
  return [
    ...many(overdue, (count) => ({ text: t('toDo.overdue', { count }), at: list(OVERDUE) })),
    ...many(yours, (count) => ({
      text: t('toDo.yours', { count }),
      at: pageAddress(event.id, 'approvals', { whose: 'mine' }),
    })),
    ...many(answered, (count) => ({
      text: t('toDo.answered', { count }),
      at: pageAddress(event.id, 'approvals', { show: 'answered' }),
    })),
    ...many(people.filter(isNotReached).length, (count) => ({
      text: t('toDo.unreached', { count }),
      at: list(UNREACHED),
    })),
  ];
}

function ofMail({ event, now }: Desk, { mail }: OverviewFacts): readonly Deed[] {
  const at = pageAddress(event.id, 'mail');
  const { account, held: isRestored, waiting = 0 } = mail ?? {};
  const since = account?.waitsSince;
  const isLate = waiting > 0 && !isRestored && since !== undefined && now() - Date.parse(since) > HELD_BACK;
  const troubles = (account?.troubles ?? []).map((each) => ({ text: wordFor('toDo.mail', each) ?? each, at }));
  const late = isLate ? [{ text: t('toDo.mailWaits', { count: waiting, instant: when(event, since) }), at }] : [];
  const restored = isRestored ? [{ text: t('toDo.mail.held'), at }] : [];
  return [...restored, ...troubles, ...late];
}

const ofBackups = ({ event }: Desk, { system }: OverviewFacts): readonly Deed[] =>
  system?.backups?.tables.some(({ restorable }) => !restorable)
    ? [{ text: t('toDo.backups'), at: pageAddress(event.id, 'system') }]
    : [];

function ofSeats({ event }: Desk, { seats }: OverviewFacts): readonly Deed[] {
  return (seats?.quotas ?? []).flatMap(({ title, per, taken, capacity, waiting }): Deed[] => {
    const free = Math.max(0, capacity - taken);
    if (per !== undefined || capacity === 0 || free > capacity * NEARLY_NONE) return [];
    const text =
      free === 0 ? t('toDo.full', { quota: title, waiting }) : t('toDo.nearlyFull', { quota: title, free, capacity });
    return [{ text, at: pageAddress(event.id, 'seats'), canWait: true }];
  });
}

const ofTexts = ({ event }: Desk, { programme }: OverviewFacts): readonly Deed[] =>
  Object.entries(programme?.missing ?? {}).map(([tag, count]) => ({
    text: t('toDo.texts', { language: languageText(tag), count }),
    at: pageAddress(event.id, 'programme'),
    canWait: true,
  }));

const told = <Value,>(value: Value | undefined, deed: (value: Value) => Deed): readonly Deed[] =>
  value === undefined ? [] : [deed(value)];

const many = (count: number, deed: (count: number) => Deed): readonly Deed[] => (count > 0 ? [deed(count)] : []);
