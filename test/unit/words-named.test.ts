import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedBy } from '../../infra/words-named.ts';
import { NOTICES } from '../../shared/kernel/i18n/notices.store.ts';
import { SITE } from '../../shared/kernel/i18n/site.store.ts';

/** Code that makes keys of mail, which no function but the one that mails has, and which it has all of. */
const MAIL = /^shared\/(?:mail\/letter|event\/calendar)\/|^shared\/message\.ts$|\.mail\.ts$/;

const SOURCES = ['functions', 'shared', 'web/site']
  .flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => join(root, path)))
  .filter((path) => path.endsWith('.ts') && !MAIL.test(path))
  .map((path) => [path, readFileSync(path, 'utf8')] as const);

describe('the words that code names', () => {
  it.each([
    [`t('manage.title')`, 'manage.title', true],
    [`t('manage.title')`, 'manage.titles', false],
    [`t("manage.title", { event })`, 'manage.title', true],
    [`t(\`manage.status.\${status}\`)`, 'manage.status.confirmed', true],
    [`t(\`manage.status.\${status}\`)`, 'manage.title', false],
    [`t('manage.status.' + status)`, 'manage.status.confirmed', true],
    [`html\`<h1>\${t(done ? 'a.done' : 'a.not-done')}</h1>\``, 'a.not-done', true],
    ['// says manage.title', 'manage.title', false],
    [`throw new ProblemError('busy'); t(\`problem.\${type}.title\`)`, 'problem.busy.title', true],
    [`throw new ProblemError('busy'); t(\`problem.\${type}.title\`)`, 'problem.own-role.title', false],
  ])('%s has %s: %s', (source, key, isNamed) => {
    expect(namedBy([source])(key)).toBe(isNamed);
  });

  it('are all that there are: nobody translates what nobody reads', () => {
    const isNamed = namedBy(SOURCES.map(([, source]) => source));
    const words = [SITE, NOTICES].flatMap((catalogue) => Object.keys(catalogue['en'] ?? {}));
    expect(words.filter((key) => !isNamed(key))).toEqual([]);
  });

  it('can be read in the code: no key begins with something that is known only when it runs', () => {
    const hidden = SOURCES.filter(([, source]) => /\bt\(\s*`\$\{/.test(source)).map(([path]) => path);
    expect(hidden).toEqual([]);
  });
});
