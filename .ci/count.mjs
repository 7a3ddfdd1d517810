/** Prints `PASSED FAILED` of a vitest JSON report. Whatever did not run, or ran to no end, counts as failed. */
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tests = report.testResults.flatMap((file) => file.assertionResults);
const passed = tests.filter((test) => test.status === 'passed').length;
const brokenFiles = report.testResults.filter((file) => file.status !== 'passed' && file.assertionResults.length === 0);
const failed = tests.length - passed + brokenFiles.length;
const unexplained = !report.success && failed === 0 ? 1 : 0;
console.log(passed, tests.length === 0 ? 1 : failed + unexplained);
