import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { TABLES } from '../../shared/kernel/dynamo/tables.ts';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { noticeWords } from '../../shared/kernel/i18n/notices.store.ts';
import { PURPOSES } from '../../shared/kernel/purposes.ts';
import { type Declared, stored } from '../../shared/kernel/stored.schema.ts';
import { everyPurposeKept, STORED } from '../../shared/uses.ts';
import { privacyPage } from '../../web/site/kernel/notices.ts';
import { readersText } from '../../web/site/kernel/text.ts';
import { forum, pages, translate } from '../support/site-pages.ts';

const DECLARES = /^export const stored[A-Z]\w* = /m;

const files = (readdirSync('shared', { recursive: true }) as string[])
  .map((name) => join('shared', name))
  .filter((file) => /\.(?:store|schema)\.ts$/.test(file) && DECLARES.test(readFileSync(file, 'utf8')));

describe('CS18: what is stored', () => {
  it('is told in full: no declaration is left out', async () => {
    const modules = await Promise.all(files.map((file) => import(`../../${file}`)));
    const declared = modules.flatMap((module: Record<string, unknown>) =>
      Object.entries(module).flatMap(([name, value]) =>
        /^stored[A-Z]/.test(name) && typeof value === 'function' ? [value] : [],
      ),
    );
    expect(new Set(declared)).toEqual(new Set<unknown>(Object.values(STORED)));
    expect(declared.length).toBeGreaterThan(50);
  });

  it('has a purpose and a retention for each attribute', () => {
    // @ts-expect-error: without them it does not compile
    const bare = stored(() => ({ email: z.string() }));
    const lacking = (all: readonly Declared[]) =>
      all.flatMap(({ fields }) => Object.values(fields())).filter(({ use }) => use?.length !== 2);
    expect(lacking([bare])).toHaveLength(1);
    expect(lacking(Object.values(STORED))).toEqual([]);
  });

  it('has in `Registry` no attribute of the name of an index’s partition: DynamoDB refuses whatever has one that is no text', () => {
    const partitions: string[] = Object.values(TABLES.registry.indexes).map(({ partitionKey }) => partitionKey);
    const named = Object.values<Declared>(STORED).flatMap(({ fields }) =>
      Object.keys(fields()).filter((name) => partitions.includes(name)),
    );
    expect(named).toEqual([]);
    expect(partitions.length).toBeGreaterThan(0);
  });

  it('has no purpose without anything that is stored for it', () => {
    expect(everyPurposeKept().map(({ purpose }) => purpose)).toEqual(PURPOSES);
  });
});

describe.each(LANGUAGE_TAGS)('the privacy page in %s', (language) => {
  const page = pages(language)['privacy'] ?? '';

  it('tells of each purpose what, why, who and how long', () => {
    expect(page.match(/<h3>/g)).toHaveLength(PURPOSES.length);
    expect(page.match(/<dt>/g)).toHaveLength(4 * PURPOSES.length);
  });

  it('says beside a question who alone reads its answers, where it names them, and else nothing of readers', () => {
    const event = forum(language);
    const [question] = event.questions;
    if (question === undefined) throw new Error('the forum asks nothing');
    const common = { ...{ language, t: translate(language), words: noticeWords(language) }, kept: everyPurposeKept() };
    const told = (readers?: readonly string[]) =>
      privacyPage({
        ...common,
        path: '/',
        event: { ...event, questions: [{ ...question, ...(readers && { readers }) }] },
      });
    const sentence = noticeWords(language)('privacy.answers.readers');
    expect(told(['protocol'])).toContain(
      `${question.title}<br>${readersText(['protocol'], language, translate(language))}`,
    );
    expect(told(['protocol'])).toContain(sentence);
    expect(told()).toContain(`<li>${question.title}</li>`);
    expect(told()).not.toContain(sentence);
  });

  it('says once when what is kept for a day ends', () => {
    const event = { ...forum(language), retention: { registrationDays: 1 } };
    const common = { ...{ event, language, t: translate(language), words: noticeWords(language) }, path: '/' };
    const care = privacyPage({ ...common, kept: everyPurposeKept().filter(({ purpose }) => purpose === 'care') });
    expect(care).not.toContain('1 days');
    expect(care.match(/2027/g)).toHaveLength(1);
  });

  it('names the questions, who is responsible, and the end of retention', () => {
    const event = forum(language);
    for (const { title } of event.questions) expect(page).toContain(title);
    expect(page).toContain(event.host);
    expect(page).toContain(`mailto:${event.secretariat.email}`);
    expect(page).toMatch(/2028/);
    expect(page).toContain('90');
  });
});
