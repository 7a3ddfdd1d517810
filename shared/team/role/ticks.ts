import { TICKS, type Tick } from '../../kernel/route.ts';

/*
 * What each set of ticks holds. A set is what a grant names: `custom` alone says itself which ticks it holds. `organiser` and
 * `focal-point` are names of the first release, which stored grants and last week's apps have: an owner, and an approver.
 */

/** Everything that is done to run an event, but what an owner alone may. */
const STAFF = [
  ...(['see-numbers', 'see-feedback', 'read-texts', 'see-people', 'decide', 'change-people', 'cancel-people'] as const),
  ...([
    'add-people',
    'export',
    'certificates',
    'write-to-many',
    'run-check-in',
    'seats',
    'edit-event',
    'protocol',
  ] as const),
  // Opens nothing without a vetting, which takes two people.
  ...(['vet', 'see-minors'] as const),
] as const;

/** Who is of the team, which tags there are, what the event is and whether it takes place, and who passes others who wait. */
const OWNER_ONLY = ['manage-team', 'close-event', 'write-tags', 'move-up', 'define-event'] as const;

/** Part of sets alone: two people give what concerns children and needs (CS25), and an owner is one as a whole. */
const NEVER_CHOSEN = ['safeguarding', 'care', 'see-minors', 'vet', ...OWNER_ONLY] as const satisfies readonly Tick[];

/** One that a grant of one's own choice may have. */
export type ChosenTick = Exclude<Tick, (typeof NEVER_CHOSEN)[number]>;

const isChosen = (tick: Tick): tick is ChosenTick => !(NEVER_CHOSEN as readonly Tick[]).includes(tick);
export const CHOSEN_TICKS = TICKS.filter(isChosen);

/**
 * Sets by their names, in the order in which they are shown. Numbers of feedback are for members who look after children, too: a form may
 * ask how safe people felt. An approver has no part in them: their own people are a few of many, which is what no number may tell. What
 * people wrote is read by those who run the event alone (CS22).
 */
export const SETS = {
  organiser: [...STAFF, ...OWNER_ONLY],
  'focal-point': ['see-people', 'decide', 'change-people'],
  safeguarding: ['safeguarding', 'see-minors', 'see-feedback'],
  care: ['care'],
  staff: STAFF,
  protocol: ['see-people', 'protocol', 'greet'],
  'desk-lead': ['see-people', 'run-check-in'],
  communications: ['see-people', 'write-to-many', 'see-feedback'],
  viewer: ['see-numbers', 'see-feedback'],
  custom: [],
} as const satisfies Readonly<Record<string, readonly Tick[]>>;
export type OrganiserRole = keyof typeof SETS;

export const ORGANISER_ROLES = Object.keys(SETS) as [OrganiserRole, ...OrganiserRole[]];

/** What a grant is called by: a deputy's is no set of its own. */
export const SET_NAMES = [...ORGANISER_ROLES, 'deputy'] as const;

/** The names of what someone holds, each once. */
export const setNames = (grants: readonly Ticked[]): readonly (typeof SET_NAMES)[number][] => [
  ...new Set(grants.map(({ role, deputy }) => (deputy === true ? 'deputy' : role))),
];

/** By name, when the last grant of what someone holds ends; nothing of what has no end. */
export const setEnds = (
  grants: readonly (Ticked & { readonly endsAt?: string | undefined })[],
): Record<string, string> =>
  Object.fromEntries(
    setNames(grants).flatMap((name) => {
      const ends = grants.filter((grant) => setNames([grant])[0] === name).map(({ endsAt }) => endsAt);
      const last = ends.includes(undefined)
        ? undefined
        : ends
            .flatMap((end) => end ?? [])
            .sort(byInstant)
            .at(-1);
      return last === undefined ? [] : [[name, last]];
    }),
  );

/** Of instants as they are written anywhere. */
export const byInstant = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

/** Those that the console of the first release knows; it knows no other, so none is added. */
export const ROLES_SHOWN = [
  'organiser',
  'focal-point',
  'safeguarding',
  'care',
] as const satisfies readonly OrganiserRole[];

/** What of a grant says which ticks it holds. */
interface Ticked {
  readonly role: OrganiserRole;
  readonly ticks?: readonly ChosenTick[] | undefined;
  readonly deputy?: true | undefined;
}

/** Lead to no one by name. All others show people, so that their holder sees these, too. */
const NAME_NOBODY: readonly Tick[] = ['see-numbers', 'see-feedback', 'read-texts', 'edit-event'];

/** What a grant may be limited by a reach in; all else is for the whole event, and a limit would promise what nothing keeps. */
const WITHIN_REACH: readonly Tick[] = SETS['focal-point'];

export const mayBeLimited = ({ role, ticks = [] }: Ticked): boolean =>
  role === 'focal-point' || (role === 'custom' && ticks.every((tick) => WITHIN_REACH.includes(tick)));

/** What a grant lets its holder do; nothing of a deputy's, which opens reports and nothing else. */
export function ticksOf({ role, ticks: chosen = [], deputy }: Ticked): readonly Tick[] {
  if (deputy === true) return [];
  if (role !== 'custom') return SETS[role];
  const ticks = chosen.filter(isChosen);
  const namesPeople = ticks.some((tick) => !NAME_NOBODY.includes(tick));
  return namesPeople ? [...new Set<Tick>(['see-people', ...ticks])] : ticks;
}

/** What makes its holder one of the secretariat, about whom a deputy reads. */
const RUN_EVENT: readonly Tick[] = TICKS.filter(
  (tick) => !['see-numbers', 'see-feedback', 'see-minors', 'safeguarding', 'care', ...WITHIN_REACH].includes(tick),
);

export const runsEvent = (grant: Ticked): boolean => ticksOf(grant).some((tick) => RUN_EVENT.includes(tick));
