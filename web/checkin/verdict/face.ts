import type { ListTerms } from '../../../shared/checkin/roster/roster.schema.ts';
import type { CheckinTranslate } from '../../../shared/kernel/i18n/words.ts';
import { localDate } from '../../../shared/kernel/text/zoned-time.ts';
import type { AttendeeAtDoor, ScanOutcome, Setup } from '../engine/engine.ts';
import { clockOf, dateAndTime, dateOf } from '../times.ts';

/** What a verdict looks like: read from top to bottom, and from afar. */
export interface Face {
  readonly tone: Tone;
  /** One word. */
  readonly word: string;
  readonly person?: AttendeeAtDoor | undefined;
  /** What is the matter; with a person's name, below it. */
  readonly what?: string | undefined;
  /** What to do, a sentence each. */
  readonly advice: readonly string[];
}

interface Where {
  readonly t: CheckinTranslate;
  readonly door?: ListTerms | undefined;
  readonly setup?: Setup | undefined;
  /** By the server's clock, epoch milliseconds: a time of another day is told with its date. */
  readonly now?: number | undefined;
}

/** Times are the event's; until it is known, the world's. */
const zoneOf = ({ setup }: Where): string => setup?.event.timeZone ?? 'UTC';

/** How an outcome is told to the staff at the phone. */
export function faceOf(outcome: ScanOutcome, where: Where): Face {
  const { t } = where;
  const ask = { tone: 'ask', word: t('verdict.ask') } as const;
  const stop = { tone: 'stop', word: t('verdict.stop') } as const;
  switch (outcome.kind) {
    case 'admit':
      return admission(outcome, where);
    case 'leave': {
      const advice = [
        ...(outcome.tookAlong ? [t('verdict.tookAlong')] : []),
        ...(outcome.wasInside ? [] : [t('verdict.notSeenComing')]),
      ];
      return { tone: 'go', word: t('verdict.goodbye'), person: outcome.person, advice };
    }
    case 'let-in': {
      const { person, ticketId } = outcome;
      const go = { tone: 'go', word: t('verdict.welcome'), person } as const;
      return { ...go, what: t(ticketId === undefined ? 'verdict.letIn' : 'verdict.walkedIn'), advice: [] };
    }
    case 'already-in': {
      const zone = zoneOf(where);
      const isToday = localDate(new Date(outcome.at), zone) === localDate(new Date(where.now ?? outcome.at), zone);
      const what = t('verdict.alreadyIn', {
        at: isToday ? clockOf(outcome.at, zone) : dateAndTime(outcome.at, zone, t),
      });
      const advice = [outcome.isHere ? t('verdict.here') : t('verdict.elsewhere'), t('verdict.alreadyInAdvice')];
      return { ...ask, person: outcome.person, what, advice };
    }
    case 'give':
      return { tone: 'go', word: t('handout.give'), person: outcome.person, what: where.door?.name, advice: [] };
    case 'take-back':
      return { tone: 'go', word: t('handout.back'), person: outcome.person, what: where.door?.name, advice: [] };
    case 'given': {
      const at = dateAndTime(outcome.at, zoneOf(where), t);
      const what = outcome.isOut ? t('handout.hasIt', { at }) : t('handout.given', { at });
      const advice = [outcome.isHere ? t('verdict.here') : t('handout.elsewhere'), t('handout.nothingNoted')];
      return { ...ask, person: outcome.person, what, advice };
    }
    case 'not-out':
      return { ...ask, person: outcome.person, what: t('handout.notOut'), advice: [t('handout.nothingNoted')] };
    case 'ask-companion': {
      const face = outcome.isOther
        ? { ...stop, what: t('verdict.notTheirs') }
        : { ...ask, what: t('verdict.companion') };
      return { ...face, person: outcome.person, advice: companionAdvice(outcome, where) };
    }
    case 'wards-inside': {
      const what = t('verdict.wardsInside', { count: outcome.count });
      const advice = [...(outcome.tookAlong ? [t('verdict.tookAlong')] : []), t('verdict.wardsInsideAdvice')];
      return { ...ask, person: outcome.person, what, advice };
    }
    case 'hold': {
      const contact = where.setup?.event.contact;
      const advice = [t('verdict.holdAdvice'), ...(contact === undefined ? [] : [t('verdict.contact', { contact })])];
      return { ...ask, person: outcome.person, what: t('verdict.hold'), advice };
    }
    case 'refuse':
      return refusal(outcome, where);
    case 'practice':
      return {
        tone: 'ask',
        word: t('verdict.practice'),
        what: t('verdict.practiceWhat'),
        advice: [t('verdict.practiceAdvice')],
      };
    case 'not-in-roster':
      return {
        ...{ ...ask, what: t('verdict.notInRoster') },
        advice: [outcome.isLeaving ? t('verdict.notInRosterLeaving') : t('verdict.notInRosterAdvice')],
      };
    case 'unknown-code':
      return { ...stop, what: t('verdict.unknownCode'), advice: [t('verdict.unknownCodeAdvice')] };
    case 'revoked':
      return { ...stop, what: t('verdict.revoked'), advice: [t('verdict.revokedAdvice')] };
    case 'no-ticket': {
      const { why } = outcome;
      // A ticket newer than the app may well be good.
      const { tone, word } = why === 'update-app' ? ask : stop;
      return { tone, word, what: t(`verdict.noTicket.${why}.what`), advice: [t(`verdict.noTicket.${why}.advice`)] };
    }
    case 'not-kept': {
      return {
        ...stop,
        what: t(`verdict.notKept.${outcome.why}.what`),
        advice: [t(`verdict.notKept.${outcome.why}.advice`)],
      };
    }
  }
}

function admission({ person, isFull, isAgain }: Extract<ScanOutcome, { kind: 'admit' }>, { t }: Where): Face {
  // Who looks after children knows them by name, and nobody else here does (CS13).
  const isHidden = person.isMinor === true && person.name === undefined;
  const advice = [
    ...(isFull ? [t('verdict.full')] : []),
    ...(isAgain ? [t('verdict.isAgain')] : []),
    ...(isHidden ? [t('verdict.minorCounted')] : []),
  ];
  if (!isFull && !isHidden) return { tone: 'go', word: t('verdict.welcome'), person, advice };
  return { tone: 'ask', word: t('verdict.ask'), person, what: isHidden ? t('verdict.hold') : undefined, advice };
}

function companionAdvice(
  { person: { chaperone }, wasInside, mayBe }: Extract<ScanOutcome, { kind: 'ask-companion' }>,
  { t }: Where,
): readonly string[] {
  return [
    ...(chaperone === undefined ? [t('verdict.companionAdvice.scan')] : []),
    mayBe.includes('guardian') ? t('verdict.companionAdvice.checked') : t('verdict.companionAdvice.desk'),
    ...(wasInside ? [] : [t('verdict.notInside')]),
  ];
}

function refusal({ person, why }: Extract<ScanOutcome, { kind: 'refuse' }>, where: Where): Face {
  const { t } = where;
  return {
    tone: 'stop',
    word: t('verdict.stop'),
    person,
    what: t(`verdict.refused.${why}.what`),
    advice: [t(`verdict.refused.${why}.advice`), ...details(person, why, where)],
  };
}

function details(person: AttendeeAtDoor, why: string, where: Where): readonly string[] {
  const { t, door, setup } = where;
  const at = (instant: number): string => dateAndTime(instant, zoneOf(where), t);
  if (why === 'not-yet' && door !== undefined) return [t('verdict.opens', { at: at(door.opensAt) })];
  if (why === 'over' && door !== undefined) return [t('verdict.closed', { at: at(door.closesAt) })];
  if (why !== 'other-day') return [];
  return (setup?.event.days ?? []).filter(({ id }) => person.days.includes(id)).map(({ date }) => dateOf(date, t));
}

/** What staff do, before they read anything: let pass, ask, or keep out. Each has its colour, sign, sound and vibration. */
export type Tone = 'go' | 'ask' | 'stop';
