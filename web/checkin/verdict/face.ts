import type { Door } from '../../../shared/checkin/list/list.ts';
import { displayTicketId } from '../../../shared/ticket/ticket.ts';
import type { Outcome, Person, Setup } from '../engine/engine.ts';
import { clockOf, dateAndTime, dateOf } from '../times.ts';
import type { Words } from '../words/en.ts';
import type { Tone } from './tone.ts';

/** What a verdict looks like: read from top to bottom, and from afar. */
export interface Face {
  readonly tone: Tone;
  /** One word. */
  readonly word: string;
  readonly person?: Person | undefined;
  /** What is the matter; with somebody's name, below it. */
  readonly what?: string | undefined;
  /** What to do, a sentence each. */
  readonly advice: readonly string[];
}

export interface Where {
  readonly words: Words;
  readonly door?: Door | undefined;
  readonly setup?: Setup | undefined;
}

/** Times are the event's; until it is known, the world's. */
const zoneOf = ({ setup }: Where): string => setup?.event.timeZone ?? 'UTC';

/** How an outcome is told to whoever holds the phone. */
export function faceOf(outcome: Outcome, where: Where): Face {
  const { words } = where;
  const { verdict } = words;
  const ask = { tone: 'ask', word: verdict.ask } as const;
  const stop = { tone: 'stop', word: verdict.stop } as const;
  switch (outcome.kind) {
    case 'admit':
      return admission(outcome, where);
    case 'leave': {
      const advice = [
        ...(outcome.tookAlong ? [verdict.tookAlong] : []),
        ...(outcome.wasInside ? [] : [verdict.notSeenComing]),
      ];
      return { tone: 'go', word: verdict.goodbye, person: outcome.person, advice };
    }
    case 'let-in': {
      const { person, ticketId } = outcome;
      const go = { tone: 'go', word: verdict.welcome, person } as const;
      if (ticketId === undefined) return { ...go, what: verdict.letIn, advice: [] };
      return { ...go, what: displayTicketId(ticketId), advice: [verdict.walkedIn] };
    }
    case 'already-in': {
      const what = verdict.alreadyIn(clockOf(outcome.at, zoneOf(where)));
      const advice = [outcome.isHere ? verdict.here : verdict.elsewhere, verdict.alreadyInAdvice];
      return { ...ask, person: outcome.person, what, advice };
    }
    case 'ask-companion':
      return { ...ask, person: outcome.person, what: verdict.companion, advice: companionAdvice(outcome, where) };
    case 'wards-inside': {
      const what = verdict.wardsInside(outcome.count);
      const advice = [...(outcome.tookAlong ? [verdict.tookAlong] : []), verdict.wardsInsideAdvice];
      return { ...ask, person: outcome.person, what, advice };
    }
    case 'hold': {
      const contact = where.setup?.event.contact;
      const advice = [verdict.holdAdvice, ...(contact === undefined ? [] : [verdict.contact(contact)])];
      return { ...ask, person: outcome.person, what: verdict.hold, advice };
    }
    case 'refuse':
      return refusal(outcome, where);
    case 'practice':
      return { tone: 'ask', word: verdict.practice, what: verdict.practiceWhat, advice: [verdict.practiceAdvice] };
    case 'not-in-roster':
      return {
        ...{ ...ask, what: verdict.notInRoster },
        advice: [outcome.isLeaving ? verdict.notInRosterLeaving : verdict.notInRosterAdvice],
      };
    case 'unknown-code':
      return { ...stop, what: verdict.unknownCode, advice: [verdict.unknownCodeAdvice] };
    case 'revoked':
      return { ...stop, what: verdict.revoked, advice: [verdict.revokedAdvice] };
    case 'no-ticket': {
      const { what, advice } = verdict.noTicket[outcome.why];
      // A ticket newer than the app may well be good.
      return outcome.why === 'update-app' ? { ...ask, what, advice: [advice] } : { ...stop, what, advice: [advice] };
    }
    case 'not-kept': {
      const { what, advice } = verdict.notKept[outcome.why];
      return { ...stop, what, advice: [advice] };
    }
  }
}

function admission({ person, isFull, isAgain }: Extract<Outcome, { kind: 'admit' }>, { words }: Where): Face {
  const { verdict } = words;
  // Who looks after children knows them by name, and nobody else here does (CS13).
  const isHidden = person.isMinor === true && person.name === undefined;
  const advice = [
    ...(isFull ? [verdict.full] : []),
    ...(isAgain ? [verdict.isAgain] : []),
    ...(isHidden ? [verdict.minorCounted] : []),
  ];
  if (!isFull && !isHidden) return { tone: 'go', word: verdict.welcome, person, advice };
  return { tone: 'ask', word: verdict.ask, person, what: isHidden ? verdict.hold : undefined, advice };
}

function companionAdvice(
  { person: { chaperone }, wasInside, mayBe }: Extract<Outcome, { kind: 'ask-companion' }>,
  { words }: Where,
): readonly string[] {
  const { companionAdvice: advice, notSeenComing } = words.verdict;
  return [
    ...(chaperone === undefined ? [advice.scan] : []),
    mayBe.includes('guardian') ? advice.checked : advice.desk,
    ...(wasInside ? [] : [notSeenComing]),
  ];
}

function refusal({ person, why }: Extract<Outcome, { kind: 'refuse' }>, where: Where): Face {
  const { words } = where;
  const { what, advice } = words.verdict.refused[why];
  return {
    tone: 'stop',
    word: words.verdict.stop,
    person,
    what,
    advice: [advice, ...details(person, why, where)],
  };
}

function details(person: Person, why: string, where: Where): readonly string[] {
  const { words, door, setup } = where;
  const at = (instant: number): string => dateAndTime(instant, zoneOf(where), words);
  if (why === 'not-yet' && door !== undefined) return [words.verdict.opens(at(door.opensAt))];
  if (why === 'over' && door !== undefined) return [words.verdict.closed(at(door.closesAt))];
  if (why !== 'other-day') return [];
  return (setup?.event.days ?? []).filter(({ id }) => person.days.includes(id)).map(({ date }) => dateOf(date, words));
}
