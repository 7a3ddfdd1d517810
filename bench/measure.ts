export type Budget = { readonly atMost: number } | { readonly atLeast: number } | { readonly exactly: number };

/** One number of a benchmark, beside what was agreed for it. */
export interface Measure {
  readonly what: string;
  readonly value: number;
  /** `x` for a ratio to something measured in the same run. */
  readonly unit: string;
  /** Absent where a number is only shown to judge the others by. */
  readonly budget?: Budget;
}

export function isKept({ value, budget }: Measure): boolean {
  if (budget === undefined) return true;
  if ('exactly' in budget) return value === budget.exactly;
  return 'atMost' in budget ? value <= budget.atMost : value >= budget.atLeast;
}

/**
 * Measures again until all is kept: what else a machine does meanwhile only adds to how long things take.
 *
 * @returns the least of each number, of at most so many rounds; only for numbers of which less is better
 */
export async function leastOfRounds(
  measure: (round: number) => Promise<readonly Measure[]>,
  most = 5,
): Promise<Measure[]> {
  const least: Measure[] = [];
  for (let round = 1; round <= most && (round === 1 || !least.every(isKept)); round += 1) {
    for (const [index, each] of (await measure(round)).entries()) {
      const before = least[index];
      if (before === undefined || each.value < before.value) least[index] = each;
    }
    const broken = least.filter((each) => !isKept(each));
    for (const { what, value, unit } of broken) console.error(`round ${round} of ${most}: ${what}: ${value} ${unit}`);
  }
  return least;
}
