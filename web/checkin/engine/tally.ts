import type { Passing } from '../../../shared/checkin/list/list.ts';
import { passageOf } from '../../../shared/checkin/scan/passage.ts';
import type { Mark } from '../../../shared/checkin/scan/scan.ts';
import type { CheckIn } from './types.ts';

/** People who came to a list, and who are inside now, by all scans that this phone knows. */
export interface Tally {
  readonly came: number;
  readonly inside: number;
}

/** What became of how a ticket stands on a list. */
export interface Change {
  readonly list: string;
  readonly before: readonly Mark[];
  readonly after: readonly Mark[];
}

export const tallyOf = (checkIns: readonly Pick<CheckIn, 'marks'>[], passing: Passing): Tally =>
  checkIns.map(({ marks }) => countsOf(marks, passing)).reduce(sum, { came: 0, inside: 0 });

export const changedTally = (tally: Tally, { before, after }: Change, passing: Passing): Tally => {
  const [was, is] = [countsOf(before, passing), countsOf(after, passing)];
  return { came: tally.came + is.came - was.came, inside: tally.inside + is.inside - was.inside };
};

function countsOf(marks: readonly Mark[], passing: Passing): Tally {
  const { checkIn, isInside } = passageOf(marks, passing);
  return { came: Number(checkIn !== undefined), inside: Number(isInside) };
}

const sum = (a: Tally, b: Tally): Tally => ({ came: a.came + b.came, inside: a.inside + b.inside });
