import type { ProblemType, SearchLockView } from './http/problem.schema.ts';
import type { TakenBy } from './i18n/languages.ts';
import type { SiteParameters } from './i18n/words.ts';
import type { ProofChallenge } from './proof.schema.ts';
import type { FieldIssue } from './text/field-problem.ts';

/** An answer other than success that the caller can understand and act on. Everything else is an opaque 500. */
export class ProblemError extends Error {
  override readonly name: string = 'ProblemError';
  readonly type: ProblemType;
  /** For the words of the answer; never personal data. */
  readonly params: Readonly<Record<string, string | number>>;

  constructor(...[type, params = {}]: Told) {
    super(type);
    this.type = type;
    this.params = params;
  }
}

/** A type, with what its words take and the event that its page leads to. */
type Told = {
  [Type in ProblemType]: TakenBy<SiteParameters, `problem.${Type}.${'title' | 'detail'}`> extends [infer Taken]
    ? [type: Type, params: Taken & About]
    : [type: Type, params?: About];
}[ProblemType];
type About = { readonly eventId?: string };

/** The request was understood and one or more of its fields cannot be accepted. */
export class InvalidInputError extends ProblemError {
  override readonly name = 'InvalidInputError';
  readonly issues: readonly FieldIssue[];

  constructor(issues: readonly FieldIssue[]) {
    super('invalid-input');
    this.issues = issues;
  }
}

/** The event is under attack: the sender of a form solves this first. */
export class ProofNeededError extends ProblemError {
  override readonly name = 'ProofNeededError';
  readonly challenge: ProofChallenge;

  constructor(challenge: ProofChallenge) {
    super('proof-needed');
    this.challenge = challenge;
  }
}

/** A desk's search is locked: the next one brings what opens it. */
export class SearchLockedError extends ProblemError {
  override readonly name = 'SearchLockedError';
  readonly lock: SearchLockView;

  constructor(lock: SearchLockView) {
    super('search-locked');
    this.lock = lock;
  }
}

/** Rivals for the same items did not let go in time: nothing was written, and trying again is right. */
export class BusyError extends ProblemError {
  override readonly name = 'BusyError';
  constructor() {
    super('busy');
  }
}
