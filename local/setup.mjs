/**
 * Runs before `npm start` and `npm test`: installs what is missing, once per lock file.
 * Plain JavaScript without dependencies, because nothing is installed yet when it first runs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const MINIMUM_NODE = [20, 19];
const LOCK_FILE = 'package-lock.json';
/** npm's own record of what it put into node_modules. */
const INSTALLED = 'node_modules/.package-lock.json';
const STAMP = 'node_modules/.plenary-lock';

requireNode();
if (!isCurrent()) {
  if (!isInstalled()) install();
  writeFileSync(STAMP, lockHash());
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = MINIMUM_NODE;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  fail(
    `Plenary needs Node ${MINIMUM_NODE.join('.')} or later; this is ${process.versions.node}. See https://nodejs.org`,
  );
}

function isCurrent() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash();
}

/** Whoever ran `npm ci` or `npm install` by hand need not wait for it again. */
function isInstalled() {
  if (!existsSync(LOCK_FILE) || !existsSync(INSTALLED)) return false;
  const wanted = JSON.parse(readFileSync(LOCK_FILE, 'utf8')).packages;
  const present = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

function install() {
  const command = existsSync(LOCK_FILE) ? 'ci' : 'install';
  console.log(`Installing dependencies (npm ${command}); this happens once and takes about a minute.`);
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [program = 'npm', ...first] = npm;
  // NODE_ENV=production would leave out the tools that build and run it.
  const options = [command, '--include=dev', '--no-audit', '--no-fund'];
  const { status, error } = spawnSync(program, [...first, ...options], { stdio: 'inherit' });
  if (error || status !== 0)
    fail(`npm ${command} did not succeed${error ? `: ${error.message}` : ''}. Its messages are above.`);
}

function lockHash() {
  return existsSync(LOCK_FILE) ? createHash('sha256').update(readFileSync(LOCK_FILE)).digest('hex') : '';
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
