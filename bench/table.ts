import { isKept, type Measure } from './measure.ts';

/** `zip of registration      141,763 bytes   at most 150,000   kept`, in columns. */
export function table(measures: readonly Measure[]): string {
  const rows = measures.map((measure) => [
    measure.what,
    `${format(measure.value, measure.unit)} ${measure.unit}`,
    budgetText(measure),
    measure.budget === undefined ? '' : isKept(measure) ? 'kept' : 'BROKEN',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function budgetText({ budget, unit }: Measure): string {
  if (budget === undefined) return '';
  if ('atMost' in budget) return `at most ${format(budget.atMost, unit)}`;
  if ('atLeast' in budget) return `at least ${format(budget.atLeast, unit)}`;
  return `exactly ${format(budget.exactly, unit)}`;
}

/** Ratios to a hundredth, what is below ten to a tenth, everything else in whole numbers. */
function format(value: number, unit: string): string {
  const digits = unit === 'x' ? 2 : 0;
  const most = value < 10 ? Math.max(1, digits) : digits;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: most });
}
