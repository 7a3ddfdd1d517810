import type { FunctionName } from '../../shared/kernel/manifest.ts';
import { median } from '../statistics.ts';
import { buildBareCalls } from './bare-calls.ts';
import { startLoneFunction, type Work } from './lone-function.ts';

export interface Compared {
  /** Milliseconds of the processor for one piece of work, where it took least. */
  readonly milliseconds: number;
  /** How many bare reads and transactions take as long. */
  readonly ratio: number;
}

interface Comparison {
  readonly name: FunctionName;
  /** Pieces of work in one round. */
  readonly pieces: number;
  /** Events that ask for that many pieces. */
  readonly events: (pieces: number) => Promise<readonly unknown[]>;
  readonly atOnce: number;
  /** @throws Error where not all of it was done */
  readonly check: (results: Work['results']) => void;
  /** The table that the bare calls write to. */
  readonly table: string;
}

/**
 * Rounds before counting, in which code is compiled: of the bare calls most of it is after a thousand, of a function after twice as
 * many, so that the ratio first rises by half and then falls again.
 */
const WARM_UP = 25;
const ROUNDS = 31;
const BARE_PIECES = 100;
const BARE_AT_ONCE = 16;

/**
 * The processor time that a function takes for each piece of work, and for how many bare calls to the database that would
 * do. Both take turns of less than a second. What else the machine does lengthens each turn by as much as those beside it, so each is
 * compared with the bare ones before and after it; of all ratios the middle one counts.
 */
export async function compareProcessorTime(comparison: Comparison): Promise<Compared> {
  const { name, pieces, table } = comparison;
  const ours = await startLoneFunction(`dist/functions/${name}/index.mjs`);
  const bare = await startLoneFunction(await buildBareCalls());
  const [ofOurs, ratios]: [number[], number[]] = [[], []];
  let number = 0;
  const bareEvent = () => {
    number += 1;
    return { TableName: table, number };
  };
  const bareTurn = async () => {
    const { milliseconds } = await bare.run(Array.from({ length: BARE_PIECES }, bareEvent), BARE_AT_ONCE);
    return milliseconds / BARE_PIECES;
  };
  try {
    let before = await bareTurn();
    for (let round = 1; round <= WARM_UP + ROUNDS; round += 1) {
      const { milliseconds, results } = await ours.run(await comparison.events(pieces), comparison.atOnce);
      comparison.check(results);
      const after = await bareTurn();
      if (round > WARM_UP) {
        ofOurs.push(milliseconds / pieces);
        ratios.push(milliseconds / pieces / ((before + after) / 2));
      }
      before = after;
    }
  } finally {
    await bare.stop();
    await ours.stop();
  }
  return { milliseconds: Math.min(...ofOurs), ratio: median(ratios) };
}

/** How many pieces of work one comparison takes. */
export const piecesInAll = (inARound: number): number => (WARM_UP + ROUNDS) * inARound;
