import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../../shared/kernel/text/table.ts';
import { call } from '../support/call.ts';
import { openDelegation, person } from '../support/delegation.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry, scan } from '../support/registry.ts';

let parts: Parts;
let event: Awaited<ReturnType<typeof openDelegation>>;
beforeAll(async () => {
  parts = await startParts();
  event = await openDelegation(parts, 'tables', { questions: forum().questions });
});
afterAll(() => parts?.stop());

const everything = async () => Promise.all((['registry', 'outbox'] as const).map((table) => scan(parts, table)));
const blob = (bytes: Buffer) => new Blob([new Uint8Array(bytes)]);
const TABLE = [
  'Full name,E-mail address,Position,Country,Remarks',
  'Sokha Sample,sokha@example.org,Director,Kambodia,x',
  'Dara គំរូ,,Officer,KH,',
  '"Somchai ""Sam"" Sample",somchai@example.org,Adviser,Thailand,',
].join('\r\n');

describe('a table of people', () => {
  it.each([
    ['UTF-8', Buffer.from(TABLE)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TABLE}`)],
    ['UTF-16, as Excel writes it, with tabs', Buffer.from(`\uFEFF${TABLE.replaceAll(',', '\t')}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${TABLE}`, 'utf16le').swap16()],
    ['semicolons', Buffer.from(TABLE.replaceAll(',', ';'))],
  ])('%s: is shown row by row with each bad cell marked, and nothing is written', async (_, bytes) => {
    const before = await everything();
    const answer = await event.read(blob(bytes));
    expect(answer.statusCode).toBe(200);
    const body = answer.body ?? '';
    expect(body).toContain('<th scope="row">Dara គំរូ</th>');
    expect(body).toContain('value="Somchai &quot;Sam&quot; Sample"');
    expect(body.match(/id="rows[\w-]+-error"/g)).toEqual(['id="rows-0-country-error"']);
    expect(body).toContain('value="Kambodia"');
    expect(body).toContain('Please choose from the list.');
    expect(body.match(/<td>Ready<\/td>/g)).toHaveLength(2);
    expect(body).toContain('These columns are not read: Remarks');
    expect(await everything()).toEqual(before);
  });

  it('calls nobody ready for whom an answer is missing that is the same for everyone', async () => {
    const answer = await event.read(TABLE, { mode: [] });
    expect(answer.body).toContain('href="#mode');
    expect(answer.body).not.toContain('<td>Ready</td>');
    expect(answer.body?.match(/<td>Answers that are the same for everyone are missing<\/td>/g)).toHaveLength(2);
  });

  it('can be pasted', async () => {
    const answer = await event.read('fullName\temail\tposition\nSokha Sample\t\tDirector');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<th scope="row">Sokha Sample</th>');
  });

  it.each([
    ['10,000 rows', `fullName\n${'Sokha\n'.repeat(10_000)}`, 422, 'This table has 10000 people. There is room for 25'],
    ['26 rows', `fullName\n${'Sokha\n'.repeat(26)}`, 422, 'This table has 26 people.'],
    ['300 KB', `fullName\n${'Sokha Sample Sample\n'.repeat(15_000)}`, 413, '256 KB'],
    ['no names', 'email,position\na@example.org,Officer', 422, 'no column “Full name”'],
    ['nobody', 'fullName,position\n,\n', 422, 'There is nobody in this table'],
    ['nothing', '', 422, 'There is nobody in this table'],
    ['an open quotation', 'fullName,position\n"Sokha,x', 422, 'We cannot read this file'],
    ['an empty line', '\n', 422, 'We cannot read this file'],
  ])('%s: refused by name, and nothing is written', async (_, text, status, words) => {
    const before = await everything();
    const answer = await event.read(blob(Buffer.from(text)));
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(words);
    expect(await everything()).toEqual(before);
  });

  it('AB7: formulas are kept as text', async () => {
    const formula = '=HYPERLINK("http://evil.test","Sokha")';
    const answer = await event.read(`fullName,position\n"${formula.replaceAll('"', '""')}",Officer`);
    expect(answer.body).toContain('value="=HYPERLINK(&quot;http://evil.test&quot;,&quot;Sokha&quot;)"');
    expect(answer.body).not.toContain('<a href="http://evil.test');
  });

  it('marks a line that has more cells than the first, as a comma without quotes makes it', async () => {
    const answer = await event.read('fullName,position\nSample, Sokha,Officer');
    expect(answer.body).toContain('id="rows-0-fullName-error"');
  });

  it('reads choices by id or by title, countries by code or by name, in the language of the page', async () => {
    const mine = await openDelegation(parts, 'own-words', { questions: forum().questions });
    const row = person(1, {
      country: 'cambodia',
      category: 'Private sector',
      mode: 'Online',
      days: '2',
      'answers.companySize': 'large',
      'answers.companyReach': 'nowhere',
      'answers.interpretation': 'Khmer; Lao',
    });
    const answer = await mine.add([row]);
    const wrong = answer.body?.match(/id="[\w-]+-error"/g) ?? [];
    expect(wrong).toContain('id="rows-0-days-error"');
    expect(wrong).toContain('id="rows-0-answers-companyReach-error"');
    expect(wrong).not.toContain('id="rows-0-country-error"');
    expect(wrong).not.toContain('id="rows-0-category-error"');
    expect(wrong).not.toContain('id="rows-0-answers-companySize-error"');
    const { days: _, ...others } = row;
    const good = await mine.add([
      { ...others, 'answers.companyReach': 'national', 'answers.companyRole': 'Senior management' },
    ]);
    const { registrations } = await readRegistry(parts, 'own-words');
    expect(good.statusCode, good.body?.match(/class="error"[\s\S]{0,200}/)?.[0]).toBe(303);
    expect(registrations[0]).toMatchObject({
      country: 'KH',
      category: 'private-sector',
      mode: 'online',
      days: ['day-1', 'day-2'],
      answers: { companySize: 'large', interpretation: ['khmer', 'lao'] },
    });
  });

  it('has a template with every column, in the language of the reader, that is read back', async () => {
    for (const lang of ['en', 'km']) {
      const answer = await call('getDelegationTable', { params: { eventId: 'tables' }, query: { lang } });
      expect(answer.headers?.['content-type']).toBe('text/csv; charset=utf-8');
      const [names = []] = readTable(Buffer.from(answer.body ?? '')) ?? [];
      expect(names.length).toBeGreaterThan(15);
      expect(names).toContain(lang === 'en' ? 'Full name' : 'ឈ្មោះពេញ');
    }
  });

  it('registers who is ready, and keeps the rest with what only they have', async () => {
    const mine = await openDelegation(parts, 'both');
    const answer = await mine.add([
      person(1, { country: 'KH' }),
      person(2, { country: 'Nowhere', organisation: 'Another Ministry' }),
    ]);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('value="Nowhere"');
    expect(answer.body).toContain('value="Another Ministry"');
    const { registrations } = await readRegistry(parts, 'both');
    expect(registrations).toMatchObject([{ fullName: 'Person 1', country: 'KH', organisation: 'Sample Ministry' }]);
  });
});
