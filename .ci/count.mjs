/**
 * Prints `PASSED FAILED` of a vitest JSON report, and what failed, with the reason, to standard error.
 * Whatever did not run, or ran to no end, counts as failed; with `--chosen`, where names chose some tests, the others do not count.
 *
 *     node .ci/count.mjs REPORT [--chosen] [--again REPORT]
 *     node .ci/count.mjs REPORT --lost
 *
 * The runner's processes may end in the middle of a file. `--lost` prints these files instead, none of whose tests failed and some of which
 * ran to no end; `--again` is the report of a run of them, which counts in their place.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { chosen: { type: 'boolean' }, lost: { type: 'boolean' }, again: { type: 'string' } },
});
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const report = read(positionals[0]);
const again = new Map(values.again ? read(values.again).testResults.map((file) => [file.name, file]) : []);
const files = report.testResults.map((file) => again.get(file.name) ?? file);
const here = (file) => relative(process.cwd(), file.name);
const isAsked = ({ status }) => !values.chosen || status !== 'skipped';

/** A file that says no test is one that ended before it could. */
const isLost = ({ status, assertionResults: tests }) =>
  status === 'passed' && (tests.length === 0 || tests.some((test) => test.status === 'pending'));

function count() {
  const tests = files.flatMap((file) => file.assertionResults.filter(isAsked).map((test) => ({ ...test, file })));
  const failed = tests.filter((test) => test.status !== 'passed');
  const failures = [
    ...failed.map((test) => [`${here(test.file)} > ${test.fullName}`, test.failureMessages?.[0] ?? test.status]),
    ...files
      .filter((file) => file.assertionResults.length === 0)
      .map((file) => [here(file), file.message || 'did not run']),
  ];
  if (tests.length === 0) failures.push(['the whole report', 'no test ran']);
  if (!report.success && failures.length === 0) failures.push(['the whole report', 'failed outside any test']);
  for (const [name, reason] of failures) {
    console.error(`FAILED ${name}\n  ${reason.split('\n').slice(0, 12).join('\n  ')}`);
  }
  console.log(tests.length - failed.length, failures.length);
}

if (values.lost) for (const file of files.filter(isLost)) console.log(here(file));
else count();
