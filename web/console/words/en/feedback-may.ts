import { number, people } from './count.ts';

interface Came {
  readonly people: number;
  /** Whether there may be more. */
  readonly isAtLeast: boolean;
}

interface CameTo {
  /** To the session; `scanned`: those of them whom a door counted. */
  readonly door: Came & { readonly scanned: number };
  readonly day: Came;
}

const many = ({ people: some, isAtLeast }: Came): string =>
  some === 0 ? 'nobody so far' : `${isAtLeast ? 'at least ' : ''}${people(some)}`;

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const STAYS = 'Who answered already stays counted.';

/** Who may answer about a session. */
export const feedbackMay = {
  title: 'Who may answer',
  titleOver: 'Who could answer',
  door({ door, day }: CameTo): string {
    const { scanned, people: all } = door;
    const how = [
      ...(scanned > 0 || all === 0 ? ['was scanned at its door'] : []),
      ...(scanned < all || all === 0 ? ['joined it online'] : []),
    ];
    const apart = 0 < scanned && scanned < all ? `, ${number(scanned)} of them scanned` : '';
    const others = day.people > all ? ` ${capital(many(day))} came that day.` : '';
    return `Whoever ${how.join(' or ')}: ${many(door)}${apart}.${others}`;
  },
  day({ door: { scanned }, day }: CameTo): string {
    if (day.people === 0) return 'Everyone who comes that day: nobody has so far.';
    const ofThem = scanned === 0 ? 'Nobody' : `${number(scanned)} of them`;
    return `Everyone who came that day: ${many(day)}. ${ofThem} ${scanned > 1 ? 'were' : 'was'} scanned at its door.`;
  },
  isClosed:
    'It is a closed session: of those who came that day, only who may attend it can answer, and whoever was at it.',
  hardlyTag: 'Hardly scanned at its door',
  hardly:
    'Hardly anybody was scanned at its door, and whoever else came that day cannot answer. If people came in without being scanned, let everyone answer who came that day.',
  /** Where no organiser said anything. */
  follows: {
    door: 'This follows from the scans at its door: if there were none, everyone could answer who came that day.',
    day: 'This follows from the scans at its door: as soon as anybody is scanned there, only who came to the session can answer.',
  },
  isSet: 'An organiser said so: scans at its door change nothing about it.',
  choices: {
    day: {
      label: 'Let everyone answer who came that day',
      follows: `Everyone who came that day can answer, scanned at the door of this session or not. ${STAYS}`,
      now: 'Let everyone answer',
      done: (form: string) => `${form}: everyone may answer who came that day.`,
    },
    door: {
      label: 'Only who was scanned at its door',
      follows: `Nobody else can answer from now on, but for those who joined it online. ${STAYS} Where more answered than came there, no share is shown.`,
      now: 'Only who was there',
      done: (form: string) => `${form}: only who came to the session may answer.`,
    },
    usual: {
      label: 'Decide by itself',
      follows: `Once anybody is scanned at its door, only who came to the session can answer; until then, everyone who came that day. ${STAYS}`,
      now: 'Let the scans decide',
      done: (form: string) => `${form}: the scans at its door decide who may answer.`,
    },
  },
};
