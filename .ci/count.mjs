/**
 * Prints `PASSED FAILED` of a vitest JSON report, and what failed, with the reason, to standard error.
 * Whatever did not run, or ran to no end, counts as failed; with `--chosen`, where names chose some tests, the others do not count.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [file, option] = process.argv.slice(2);
const report = JSON.parse(readFileSync(file, 'utf8'));
const here = (file) => relative(process.cwd(), file.name);
const isAsked = ({ status }) => option !== '--chosen' || status !== 'skipped';
const tests = report.testResults.flatMap((file) =>
  file.assertionResults.filter(isAsked).map((test) => ({ ...test, file })),
);
const failed = tests.filter((test) => test.status !== 'passed');
const brokenFiles = report.testResults.filter((file) => file.status !== 'passed' && file.assertionResults.length === 0);
const failures = [
  ...failed.map((test) => [`${here(test.file)} > ${test.fullName}`, test.failureMessages?.[0] ?? test.status]),
  ...brokenFiles.map((file) => [here(file), file.message ?? 'did not run']),
];
if (tests.length === 0) failures.push(['the whole report', 'no test ran']);
if (!report.success && failures.length === 0) failures.push(['the whole report', 'failed outside any test']);

for (const [name, reason] of failures) {
  console.error(`FAILED ${name}\n  ${reason.split('\n').slice(0, 12).join('\n  ')}`);
}
console.log(tests.length - failed.length, failures.length);
