import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOfPerson, MOST_PEOPLE, MOST_TABLE_FIELDS, tableProblems } from '../../shared/delegation/delegation.ts';
import type { Question } from '../../shared/event/event.ts';
import { LONGEST_ID } from '../../shared/kernel/event-id.ts';
import { BODY_LIMIT, WORKBOOK } from '../../shared/kernel/route.ts';
import { rowsOf } from '../../shared/kernel/text/table.ts';
import { readWorkbook, workbook } from '../../shared/kernel/text/workbook.ts';
import { call, postUpload } from '../support/call.ts';
import { asShown, openDelegation, person } from '../support/delegation.ts';
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
const names = async (id: string) =>
  (await readRegistry(parts, id)).registrations.map(({ fullName }) => fullName).sort();
/** Cells with an error, and groups of rows that are opened, as the page has them. */
const wrongCells = (body = ''): string[] => [...body.matchAll(/id="(rows-[\w-]+)-error"/g)].map(([, id]) => id ?? '');
const openedRows = (body = ''): string[] =>
  [...body.matchAll(/<h3 id="row-(\d+)">/g)].map(([, number]) => number ?? '');
const understoodIn = (body = ''): string[] =>
  [...body.matchAll(/name="yes\.\d+"[^>]*>([^<]*)<small>([^<]*)/g)].map(([, as, where]) => `${as} | ${where}`);
const STATED = { adults: 'yes', 'consents.code-of-conduct': '2027-1' };

const TABLE = [
  'Full name,Email address,Position,Country,Remarks',
  'Sokha Sample,sokha@example.org,Director,Nowhere,x',
  'Dara គំរូ,,Officer,KH,',
  '"Somchai ""Sam"" Sample",somchai@example.org,Adviser,Thailand,',
].join('\r\n');

describe('how people are added', () => {
  it('is asked first: by names, or by a table; each way has what it needs and nothing of the other', async () => {
    const params = { token: await event.token() };
    const way = async (by?: string, lang = 'en') =>
      (await call('showPeople', { params, query: { lang, ...(by && { by }) } })).body ?? '';
    const first = await way();
    expect([...first.matchAll(/<a class="button" href="[^"]*by=(\w+)"/g)].map(([, by]) => by)).toEqual([
      'names',
      'table',
    ]);
    expect(first).not.toContain('<form');
    const byNames = await way('names');
    expect(byNames).toContain('name="rows.4.fullName"');
    expect(byNames).toContain('data-script="/assets/people-en.js"');
    expect(byNames).not.toContain('type="file"');
    const byTable = await way('table');
    expect(byTable).toContain('type="file"');
    // A browser would cut it without a word.
    expect(byTable).toContain(`maxlength="${BODY_LIMIT.upload}"`);
    expect(byTable).not.toMatch(/name="(?:rows|country|category|adults)/);
    expect(await way('names', 'km')).toContain('data-script="/assets/people-km.js"');
  });
});

describe('a table of people', () => {
  it.each([
    ['UTF-8', Buffer.from(TABLE)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TABLE}`)],
    ['UTF-16, as Excel writes it, with tabs', Buffer.from(`\uFEFF${TABLE.replaceAll(',', '\t')}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${TABLE}`, 'utf16le').swap16()],
    ['semicolons', Buffer.from(TABLE.replaceAll(',', ';'))],
    ['single line feeds', Buffer.from(TABLE.replaceAll('\r\n', '\n'))],
    ['a workbook', Buffer.from(workbook(rowsOf(TABLE, ',') ?? []))],
  ])('%s: opens what is wrong alone, quoted, and writes nothing', async (_, bytes) => {
    const before = await everything();
    const answer = await event.read(blob(bytes));
    expect(answer.statusCode).toBe(200);
    const body = answer.body ?? '';
    expect(body).toContain('3 people were read from your table. Nobody is registered yet.');
    expect(wrongCells(body)).toEqual(['rows-2-country']);
    expect(openedRows(body)).toEqual(['2']);
    expect(body).toContain('<h3 id="row-2">Row 2: Sokha Sample</h3>');
    expect(body).toContain('You wrote “Nowhere”. Please choose from the list.');
    expect(body).toMatch(/<select id="rows-2-country" name="rows\.2\.country"/);
    expect(asShown(body).filter(([name]) => name.startsWith('rows.'))).toEqual([['rows.2.country', '']]);
    expect(body).toContain('2 people with nothing to correct');
    expect(body).toContain('<b>Row 4: Somchai &quot;Sam&quot; Sample</b>');
    expect(body).toContain('These columns are not read: Remarks');
    expect(await everything()).toEqual(before);
  });

  it('asks once for what it has no column for', async () => {
    const answer = await event.read(TABLE, { mode: [], days: [] });
    for (const name of ['mode', 'days']) expect(answer.body).toContain(`name="${name}"`);
    expect(answer.body).not.toMatch(/id="(?:mode|days)-error"/);
    expect(answer.body).not.toContain('name="country"');
    const params = { token: await event.token() };
    const unasked = asShown((await call('showPeople', { params, query: { by: 'table' } })).body ?? '');
    expect(unasked.map(([name]) => name)).toEqual(['pasted']);
  });

  it('can be pasted', async () => {
    const answer = await event.read('fullName\temail\tposition\nSokha Sample\t\tDirector');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<b>Row 2: Sokha Sample</b>');
  });

  it.each([
    ['5,000 rows', `fullName\n${'Sokha\n'.repeat(5_000)}`, 422, 'This table has 5000 people. There is room for 25'],
    ['26 rows', `fullName\n${'Sokha\n'.repeat(26)}`, 422, 'This table has 26 people.'],
    ['300 KB', `fullName\n${'Sokha Sample Sample\n'.repeat(15_000)}`, 413, '256 KB'],
    ['no header', 'Sokha Sample,Director\nDara Sample,Officer', 422, 'has a column “Full name”'],
    ['no names', 'email,position\na@example.org,Officer', 422, 'has a column “Full name”'],
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

  it('that was pasted and is refused stays in its field', async () => {
    const answer = await event.read('email,position\na@example.org,"Officer, first class"');
    expect(answer.statusCode).toBe(422);
    const [[, pasted = ''] = []] = asShown(answer.body ?? '');
    expect(pasted.replaceAll('\r\n', '\n')).toBe('email,position\na@example.org,"Officer, first class"');
  });

  it('with a cell of 100 KB is read in a moment, and comes back short enough to be sent again', async () => {
    const began = performance.now();
    const answer = await event.read(`fullName,position,country\nSokha Sample,Officer,${'x'.repeat(100_000)}`);
    expect(answer.statusCode).toBe(200);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(answer.body).toContain(`You wrote “${'x'.repeat(60)}…”`);
    expect(answer.body?.length).toBeLessThan(120_000);
    expect((await event.send(answer.body ?? '', STATED)).statusCode).toBe(422);
  });

  it('with a column twice reads the first, and says of the other that it is not read', async () => {
    const answer = await event.read('fullName,position,fullName,\nSokha Sample,Officer,Dara Sample,x');
    expect(answer.body).toContain('<b>Row 2: Sokha Sample</b>');
    expect(answer.body).toContain('These columns are not read: fullName');
  });

  it('AB7: formulas are kept as text', async () => {
    const formula = '=HYPERLINK("http://evil.test","Sokha")';
    const answer = await event.read(`fullName,position\n"${formula.replaceAll('"', '""')}",Officer`);
    expect(answer.body).toContain('<b>Row 2: =HYPERLINK(&quot;http://evil.test&quot;,&quot;Sokha&quot;)</b>');
    expect(answer.body).not.toContain('<a href="http://evil.test');
  });

  it('opens all of a line that has more cells than the first, as a comma without quotes makes it', async () => {
    const answer = await event.read('fullName,position\nSample, Sokha,Officer\nDara Sample,Officer');
    expect(wrongCells(answer.body)).toEqual(['rows-2-fullName']);
    const fields = asShown(answer.body ?? '');
    expect(fields).toContainEqual(['rows.2.position', 'Sokha']);
    expect(fields.some(([name]) => name.startsWith('rows.3.'))).toBe(false);
  });

  it('all of whose lines have too many cells, of every column, comes back whole', async () => {
    const cells = await columnsOf('tables');
    const lines = Array.from({ length: 25 }, (_, row) =>
      [...cells.map((_, column) => `x${row}-${column}`), 'more'].join(','),
    );
    const shown = await event.read([cells.map((name) => `"${name}"`).join(','), ...lines].join('\n'));
    expect(openedRows(shown.body)).toHaveLength(25);
    const again = await event.send(shown.body ?? '', STATED);
    expect(again.statusCode).toBe(422);
    for (const row of [0, 24]) expect(again.body).toContain(`You wrote “x${row}-7”.`);
  });

  it('keeps the numbers of the spreadsheet, whatever is empty and whoever is registered', async () => {
    const mine = await openDelegation(parts, 'numbers');
    const shown = await mine.read(
      'fullName,position,country\n,,\nSokha Sample,Officer,KH\n\nDara Sample,Officer,Nowhere',
    );
    expect(shown.body).toContain('<b>Row 3: Sokha Sample</b>');
    expect(shown.body).toContain('<h3 id="row-5">Row 5: Dara Sample</h3>');
    const left = await mine.send(shown.body ?? '', STATED);
    expect(left.statusCode).toBe(422);
    expect(left.body).toContain('One person is registered');
    expect(openedRows(left.body)).toEqual(['5']);
    expect(await names('numbers')).toEqual(['Sokha Sample']);
  });

  it('is read as offices keep it: below a title, numbered beforehand, with broken lines, and a total that is left out', async () => {
    const mine = await openDelegation(parts, 'office', { questions: forum().questions });
    const shown = await mine.read(
      [
        'Delegation of a Sample Ministry;;;;;',
        ';Person;;Travel;;',
        'No.;Full name;Position;Flight;Country;answers.interpretation',
        '1;"Sokha\r\nSample";"Deputy\nDirector";X1;KH;"Khmer\nLao"',
        '2;Dara Sample;Officer;;TH;',
        ...['3;;;;;', '4;;;;;', ';Total;;2;;'],
      ].join('\r\n'),
    );
    expect(shown.body).toContain('3 people were read');
    expect(wrongCells(shown.body)).toEqual(['rows-8-position']);
    expect(shown.body).toContain('These columns are not read: No., Flight');
    expect((await mine.send(shown.body ?? '', { ...STATED, 'leave.8': 'yes' })).statusCode).toBe(303);
    const { registrations } = await readRegistry(parts, 'office');
    expect(registrations.map(({ fullName }) => fullName).sort()).toEqual(['Dara Sample', 'Sokha Sample']);
    expect(registrations.find(({ country }) => country === 'KH')).toMatchObject({
      position: 'Deputy Director',
      answers: { interpretation: ['khmer', 'lao'] },
    });
    expect(shown.body).toMatch(/type="checkbox"[^>]* name="leave\.8"/);
  });

  it('is read by ids or titles in any language of the event, with digits of any script; an answer of one’s own is asked of that one', async () => {
    const mine = await openDelegation(parts, 'own-words', { questions: forum().questions });
    const table = [
      'ឈ្មោះពេញ\tposition\tប្រទេស\tcategory\tmode\tdays\tanswers.interpretation',
      'សុខ ដារ៉ា\tOfficer\tកម្ពុជា\tPrivate sector\tតាមប្រព័ន្ធអនឡាញ\tថ្ងៃទី១\tKhmer; Lao',
      'Somchai Sample\tOfficer\tThailand\tAcademia\tIn-Person\tSecond day\t',
    ].join('\n');
    const shown = await mine.read(table);
    expect(wrongCells(shown.body)).toEqual([]);
    expect(understoodIn(shown.body)).toEqual(['“ថ្ងៃទី១”: read as First day | Which days will you attend? (row 2)']);
    const body = shown.body ?? '';
    const asked = ['companySize', 'companyReach', 'companyRole'];
    for (const id of asked) expect(body).toContain(`name="answers.${id}"`);
    // What no column says is asked first, and a mistake only once it was left unanswered.
    expect(body).not.toMatch(/answers-company\w+-error|class="errors"/);
    const left = await mine.send(body, STATED);
    for (const id of asked) expect(left.body).toContain(`id="answers-${id}-error"`);
    expect(body).not.toContain('data-when');
    const answers = { 'answers.companySize': 'large', 'answers.companyReach': 'national' };
    const good = await mine.send(body, { ...STATED, ...answers, 'answers.companyRole': 'senior-management' });
    expect(good.statusCode, wrongCells(good.body).join()).toBe(303);
    const { registrations } = await readRegistry(parts, 'own-words');
    expect(registrations.find(({ fullName }) => fullName === 'សុខ ដារ៉ា')).toMatchObject({
      country: 'KH',
      category: 'private-sector',
      mode: 'online',
      days: ['day-1'],
      answers: { companySize: 'large', interpretation: ['khmer', 'lao'] },
    });
    expect(registrations.find(({ fullName }) => fullName === 'Somchai Sample')).toMatchObject({
      mode: 'in-person',
      days: ['day-2'],
      answers: {},
    });
  });

  it('has a template with every column, in the language of the reader, that is read back', async () => {
    for (const lang of ['en', 'km']) {
      const cells = await columnsOf('tables', lang);
      expect(cells.length).toBeGreaterThan(15);
      expect(cells).toContain(lang === 'en' ? 'Full name' : 'ឈ្មោះពេញ');
    }
  });
});

const HEAD = 'Honorific,Full name,Position,Email address,Organisation or delegation,Country,Group,Mode,Days';
/** 25 people, six cells of whom are wrong, and others are near to what they mean. */
const MANY = [
  HEAD.replace('Group', 'category').replace('Mode', 'mode').replace('Days', 'days'),
  ...Array.from({ length: 25 }, (_, index) => {
    const number = index + 2;
    const changes: Record<
      number,
      Partial<Record<'country' | 'category' | 'mode' | 'days' | 'email' | 'position', string>>
    > = {
      3: { country: 'Atlantis' },
      6: { mode: 'maybe' },
      9: { category: 'Friends' },
      12: { days: 'Friday' },
      15: { email: 'nobody' },
      18: { position: '' },
      4: { country: 'Cambodja' },
      5: { mode: 'in person', days: 'Both' },
    };
    const cells = {
      ...{ email: `p${number}@example.org`, country: 'Thailand', category: 'Academia', mode: 'Online' },
      ...{ days: 'First day', position: 'Officer' },
      ...changes[number],
    };
    const honorific = number === 7 ? 'ឯកឧត្តម' : number === 8 ? 'H.E.' : '';
    const name = number === 10 ? 'Dr. Person 10' : `Person ${number}`;
    return [
      honorific,
      name,
      cells.position,
      cells.email,
      'Sample Ministry',
      cells.country,
      cells.category,
      cells.mode,
      cells.days,
    ].join(',');
  }),
].join('\r\n');
const MENDED = {
  'rows.3.country': 'KH',
  'rows.6.mode': 'online',
  'rows.9.category': 'academia',
  'rows.12.days': ['', 'day-2'],
  'rows.15.email': 'p15@example.org',
  'rows.18.position': 'Director',
};

describe('mending a table', () => {
  it('opens six wrong cells of 25 people, each as it is chosen, and registers all with what was right', async () => {
    const mine = await openDelegation(parts, 'mended');
    const body = (await mine.read(blob(Buffer.from(MANY)), NOTHING_COMMON)).body ?? '';
    expect(wrongCells(body)).toEqual([
      'rows-3-country',
      'rows-6-mode',
      'rows-9-category',
      'rows-12-days',
      'rows-15-email',
      'rows-18-position',
    ]);
    for (const quoted of ['Atlantis', 'maybe', 'Friends', 'Friday']) expect(body).toContain(`You wrote “${quoted}”.`);
    expect(body).toContain('value="nobody"');
    expect(body).toContain('6 cells to correct');
    expect(understoodIn(body)).toEqual([
      '“Cambodja”: read as Cambodia | Country (row 4)',
      '“Both”: read as First day; Second day | Which days will you attend? (row 5)',
    ]);
    expect(body).not.toMatch(/<h2>The same for everyone/);
    expect(await names('mended')).toEqual([]);
    const done = await mine.send(body, { ...STATED, ...MENDED });
    expect(done.statusCode, wrongCells(done.body).join()).toBe(303);
    const { registrations } = await readRegistry(parts, 'mended');
    expect(registrations).toHaveLength(25);
    const of = (number: number) =>
      registrations.find(({ email }) => email === `p${number}@example.org`) ?? { fullName: 'nobody' };
    expect(of(3)).toMatchObject({ country: 'KH' });
    expect(of(4)).toMatchObject({ country: 'KH' });
    expect(of(5)).toMatchObject({ mode: 'in-person', days: ['day-1', 'day-2'] });
    expect(of(6)).toMatchObject({ mode: 'online' });
    expect(of(12)).toMatchObject({ days: ['day-2'] });
    expect(of(18)).toMatchObject({ position: 'Director', organisation: 'Sample Ministry', country: 'TH' });
    // Honorifics stay as they were typed, beside the name or at its head.
    expect(of(7)).toMatchObject({ honorific: 'ឯកឧត្តម', fullName: 'Person 7' });
    expect(of(8)).toMatchObject({ honorific: 'H.E.', fullName: 'Person 8' });
    expect(of(10)).toMatchObject({ fullName: 'Dr. Person 10', badgeName: 'Dr. Person 10' });
    expect(of(2)).not.toHaveProperty('honorific');
    const rows = ['ឯកឧត្តម,Sokha Sample,Director', 'Dr.,Dara Sample,Officer'].join('\n');
    const shown = await openDelegation(parts, 'honorifics');
    const table = await shown.read(`honorific,fullName,position\n${rows}`);
    expect(table.body).toContain('<b>Row 2: ឯកឧត្តម Sokha Sample</b>');
    await shown.send(table.body ?? '', STATED);
    expect(await shown.list()).toContain('>ឯកឧត្តម Sokha Sample</a>');
    const [line] = await shown.members();
    expect((await shown.person(line?.member ?? '')).body).toMatch(/<h1>(?:ឯកឧត្តម Sokha|Dr\. Dara) Sample<\/h1>/);
  });

  it('keeps the honorific of who is reached at an address of their own, before they agree to be seen and after', async () => {
    const mine = await openDelegation(parts, 'titled');
    const own = 'sokha@titled.example.org';
    await mine.add([
      person(1, { honorific: 'ឯកឧត្តម', email: own }),
      person(2, { email: 'dara@titled.example.org' }),
      person(3, { honorific: 'Dr.' }),
    ]);
    const line = async (name: string) => (await mine.members()).find((each) => each.name === name);
    const { member = '' } = (await line('Person 1')) ?? {};
    const shows = async (title: string) => {
      expect(await mine.list()).toContain(`>${title}</a>`);
      expect((await mine.person(member)).body).toContain(`<h1>${title}</h1>`);
    };
    await shows('ឯកឧត្តម Person 1');
    expect(await mine.list()).toContain('>Dr. Person 3</a>');
    expect(await line('Person 2')).not.toHaveProperty('honorific');
    // Of a person who is reached through the coordinator the registration says it.
    expect(await line('Person 3')).not.toHaveProperty('honorific');
    await mine.press(own, 'show-coordinator');
    await shows('ឯកឧត្តម Person 1');
    const { revision } = await mine.registrationOf(own);
    expect((await mine.substitute(member, { revision: String(revision) })).statusCode).toBe(303);
    const left = (await mine.members()).find((each) => each.member === member);
    expect(left).toMatchObject({ member });
    expect(Object.keys(left ?? {})).not.toEqual(expect.arrayContaining(['honorific']));
  });

  it('loses nothing where it is sent wrong again, and quotes the same', async () => {
    const mine = await openDelegation(parts, 'mended-again');
    const first = (await mine.read(MANY, NOTHING_COMMON)).body ?? '';
    const second = await mine.send(first, { 'rows.15.email': 'still@nobody', 'rows.3.country': 'KH' });
    expect(second.statusCode).toBe(422);
    const body = second.body ?? '';
    // Nothing is stated yet: nobody is registered, and it is said in the order in which it stands.
    const [, summary = ''] = /class="errors"[^>]*>([\s\S]*?)<\/ul>/.exec(body) ?? [];
    expect([...summary.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id)).toEqual([
      'rows-6-mode',
      'adults',
      'consents-code-of-conduct',
    ]);
    expect(await names('mended-again')).toEqual([]);
    expect(wrongCells(body)).toEqual(wrongCells(first).filter((cell) => cell !== 'rows-3-country'));
    for (const quoted of ['maybe', 'Friends', 'Friday']) expect(body).toContain(`You wrote “${quoted}”.`);
    expect(body).toContain('value="still@nobody"');
    const third = await mine.send(body, STATED);
    expect(third.body).toContain('20 people are registered');
    expect(openedRows(third.body)).toEqual(['6', '9', '12', '15', '18']);
    const { 'rows.3.country': _, ...others } = MENDED;
    expect((await mine.send(third.body ?? '', others)).statusCode).toBe(303);
    expect(await names('mended-again')).toHaveLength(25);
  });

  it('reads nothing as something else before its coordinator has seen it, and asks where they say no', async () => {
    const mine = await openDelegation(parts, 'understood');
    const table =
      'fullName,position,country,mode\nSokha Sample,Officer,Cambodja,onsite\nDara Sample,Officer,Cambodja,Online';
    // As no page of ours sends it: the cells of both are near to something, and nobody has seen to what.
    const unseen = await mine.add([person(1, { country: 'Cambodja' }), person(2, { country: 'KH' })]);
    expect(unseen.statusCode).toBe(200);
    expect(understoodIn(unseen.body)).toEqual(['“Cambodja”: read as Cambodia | Country (row 0)']);
    expect(await names('understood')).toEqual(['Person 2']);
    const shown = await mine.read(table);
    expect(understoodIn(shown.body)).toEqual([
      '“Cambodja”: read as Cambodia | Country (rows 2, 3)',
      '“onsite”: read as In person, in Phnom Penh | How will you take part? (row 2)',
    ]);
    const refused = await mine.send(shown.body ?? '', { ...STATED, 'yes.0': [] });
    expect(refused.statusCode).toBe(422);
    expect(wrongCells(refused.body)).toEqual(['rows-2-country', 'rows-3-country']);
    expect(refused.body).toContain('You wrote “Cambodja”.');
    expect(understoodIn(refused.body)).toEqual([]);
    expect(await names('understood')).toEqual(['Person 2']);
    const chosen = { 'rows.2.country': 'CM', 'rows.3.country': 'KH' };
    expect((await mine.send(refused.body ?? '', chosen)).statusCode).toBe(303);
    expect((await readRegistry(parts, 'understood')).registrations).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ fullName: 'Sokha Sample', country: 'CM', mode: 'in-person' }),
        expect.objectContaining({ fullName: 'Dara Sample', country: 'KH', mode: 'online' }),
      ]),
    );
  });

  it('says of two rows with one address which they are, registers neither, and lets one be left out or changed', async () => {
    const mine = await openDelegation(parts, 'doubled');
    const table = [
      'fullName,position,email',
      'Sokha Sample,Officer,same@example.org',
      'Dara Sample,Officer,dara@example.org',
      'Maly Sample,Officer,Same@Example.org',
      'Somchai Sample,Officer,other@example.org',
      'Other Sample,Officer,other@example.org',
    ].join('\n');
    const shown = await mine.read(table);
    expect(openedRows(shown.body)).toEqual(['2', '4', '5', '6']);
    expect(shown.body).toContain('The same is in Row 4: Maly Sample.');
    expect(shown.body).toContain('The same is in Row 2: Sokha Sample.');
    const still = await mine.send(shown.body ?? '', STATED);
    expect(still.statusCode).toBe(422);
    expect(await names('doubled')).toEqual(['Dara Sample']);
    const changes = { 'leave.2': 'yes', 'rows.6.email': '' };
    expect((await mine.send(still.body ?? '', changes)).statusCode).toBe(303);
    expect(await names('doubled')).toEqual(['Dara Sample', 'Maly Sample', 'Other Sample', 'Somchai Sample']);
    const { registrations } = await readRegistry(parts, 'doubled');
    expect(registrations.find(({ fullName }) => fullName === 'Other Sample')?.delegation).toMatchObject({
      throughCoordinator: true,
    });
  });

  it('asks once whether an address is right that looks mistyped, and never refuses it', async () => {
    const mine = await openDelegation(parts, 'mistyped');
    const table =
      'fullName,position,email\nSokha Sample,Officer,sokha@gmial.com\nDara Sample,Officer,dara@gmail.con\nMaly Sample,Officer,';
    const shown = await mine.read(table);
    expect(openedRows(shown.body)).toEqual(['2', '3']);
    expect(wrongCells(shown.body)).toEqual([]);
    expect(shown.body).toContain('Did you mean sokha@gmail.com?');
    expect(await names('mistyped')).toEqual([]);
    const done = await mine.send(shown.body ?? '', { ...STATED, 'meant.2': 'sokha@gmail.com' });
    expect(done.statusCode).toBe(303);
    const emails = (await readRegistry(parts, 'mistyped')).registrations.map(({ fullName, email }) => [
      fullName,
      email,
    ]);
    expect(Object.fromEntries(emails)).toMatchObject({
      'Sokha Sample': 'sokha@gmail.com',
      'Dara Sample': 'dara@gmail.con',
    });
  });

  it('opens someone with nothing to correct at a press, and leaves out whom their coordinator does not want', async () => {
    const mine = await openDelegation(parts, 'changed');
    const shown = await mine.read(
      'fullName,position,country\nSokha Sample,Officer,Cambodia\nDara Sample,Officer,Thailand',
    );
    expect(openedRows(shown.body)).toEqual([]);
    const opened = await mine.send(shown.body ?? '', {}, 'change.3');
    expect(opened.statusCode).toBe(200);
    expect(openedRows(opened.body)).toEqual(['3']);
    const fields = Object.fromEntries(asShown(opened.body ?? ''));
    expect(fields).toMatchObject({ 'rows.3.fullName': 'Dara Sample', 'rows.3.country': 'TH' });
    // What a field is written in goes along once; what one chooses from may have been written otherwise.
    expect(JSON.parse(fields['row.3'] ?? '')).toEqual({ country: 'Thailand' });
    expect(JSON.parse(fields['row.2'] ?? '')).toMatchObject({ fullName: 'Sokha Sample', country: 'Cambodia' });
    const changes = { ...STATED, 'rows.3.fullName': 'Dara Good', 'rows.3.country': 'LA' };
    expect((await mine.send(opened.body ?? '', changes)).statusCode).toBe(303);
    expect((await readRegistry(parts, 'changed')).registrations).toEqual(
      expect.arrayContaining([expect.objectContaining({ fullName: 'Dara Good', country: 'LA' })]),
    );
    const again = await mine.read('fullName,position\nLeft Out,Officer\nMaly Sample,Officer');
    const left = await mine.send((await mine.send(again.body ?? '', {}, 'change.2')).body ?? '', {
      ...STATED,
      'leave.2': 'yes',
    });
    expect(left.statusCode).toBe(303);
    expect(await names('changed')).toEqual(['Dara Good', 'Maly Sample', 'Sokha Sample']);
  });

  it.each([
    ['a row that is none', { 'row.2': 'Sokha' }],
    ['a row of numbers', { 'row.2': '{"fullName":1}' }],
    ['a column that there is not', { 'row.2': '{"fullName":"Sokha","status":"confirmed"}' }],
    ['a prototype', { 'row.2': '{"fullName":"Sokha","__proto__":"x"}' }],
    ['a reading that is none', { 'understood.0': 'x', 'yes.0': '["KH"]' }],
  ])('%s is refused, and registers nobody', async (_, changes) => {
    const before = await everything();
    const shown = await event.read('fullName,position\nSokha Sample,Officer');
    const answer = await event.send(shown.body ?? '', { ...STATED, ...changes } as Record<string, string>);
    expect(answer.statusCode).toBe(422);
    expect(await everything()).toEqual(before);
  });

  it('a reading of nothing, of another column or of other words changes nothing', async () => {
    const mine = await openDelegation(parts, 'inert');
    const shown = await mine.read('fullName,position,country\nSokha Sample,Officer,Cambodja');
    const forged = {
      'understood.1': 'null',
      'yes.1': '["KH"]',
      'understood.2': '{"column":"status","text":"Officer"}',
      'yes.2': '["confirmed"]',
      'understood.3': '{"column":"country","text":"Cambodia"}',
      'yes.3': '[{"toString":1}]',
      'understood.4': '{"column":{"toString":1},"text":"Cambodia"}',
      'yes.4': '["KH"]',
    };
    expect((await mine.send(shown.body ?? '', { ...STATED, ...forged })).statusCode).toBe(303);
    const { registrations } = await readRegistry(parts, 'inert');
    expect(registrations).toMatchObject([{ fullName: 'Sokha Sample', position: 'Officer', country: 'KH' }]);
  });

  it('never registers a reading that its coordinator refused, or has not seen', async () => {
    const mine = await openDelegation(parts, 'refused');
    const table =
      'fullName,position,country\nSokha Sample,Officer,S. Sudan\nDara Sample,,S. Sudan\nMaly Sample,Officer,KH';
    const guess = (await mine.read(table)).body ?? '';
    const [, index = ''] = /name="yes\.(\d+)"[^>]*>[^<]*S\. Sudan/.exec(guess) ?? [];
    expect(understoodIn(guess)[Number(index)]).toMatch(/^“S\. Sudan”: read as .* \(rows 2, 3\)$/);
    let body = (await mine.send(guess, { ...STATED, [`yes.${index}`]: [], 'rows.3.position': 'Officer' })).body ?? '';
    for (const _ of [1, 2, 3]) {
      expect(await names('refused')).toEqual(['Maly Sample']);
      expect(wrongCells(body)).toEqual(['rows-2-country', 'rows-3-country']);
      expect(understoodIn(body)).toEqual([]);
      expect(Object.fromEntries(asShown(body))).toMatchObject({ 'rows.2.country': '', 'rows.3.country': '' });
      body = (await mine.send(body, STATED)).body ?? '';
    }
    const opened = (await mine.send(guess, {}, 'change.2')).body ?? '';
    // The row that is open says for itself what was written; the other one is still asked by its box.
    expect(Object.fromEntries(asShown(opened))).toMatchObject({ 'rows.2.country': '' });
    expect(opened).toContain('You wrote “S. Sudan”.');
    expect(understoodIn(opened).map((each) => each.replace(/^.*\(/, ''))).toEqual(['row 3)', 'row 4)']);
    const pressed = await mine.send(opened, { ...STATED, 'rows.3.position': 'Officer', 'leave.4': 'yes' });
    expect(wrongCells(pressed.body)).toEqual(['rows-2-country']);
    expect(await names('refused')).toEqual(['Dara Sample', 'Maly Sample']);
    expect((await mine.send(pressed.body ?? '', { 'rows.2.country': 'SS' })).statusCode).toBe(303);
    const { registrations } = await readRegistry(parts, 'refused');
    expect(registrations.find(({ fullName }) => fullName === 'Sokha Sample')?.country).toBe('SS');
  });

  it('asks of two letters whether they are the code they are', async () => {
    const mine = await openDelegation(parts, 'codes');
    const shown = await mine.read('fullName,position,country\nSokha Sample,Officer,CA\nDara Sample,Officer,KM');
    expect(understoodIn(shown.body)).toEqual([
      '“CA”: read as Canada | Country (row 2)',
      '“KM”: read as Comoros | Country (row 3)',
    ]);
    const refused = await mine.send(shown.body ?? '', { ...STATED, 'yes.0': [] });
    expect(wrongCells(refused.body)).toEqual(['rows-2-country']);
    // What is chosen stays chosen, though nothing is registered by it yet.
    const chosen = await mine.send(refused.body ?? '', { 'rows.2.country': 'CM', adults: [] });
    expect(chosen.statusCode).toBe(422);
    expect(understoodIn(chosen.body)).toEqual([]);
    expect((await mine.send(chosen.body ?? '', STATED)).statusCode).toBe(303);
    const { registrations } = await readRegistry(parts, 'codes');
    expect(registrations.map(({ country }) => country).sort()).toEqual(['CM', 'KM']);
  });

  it('asks once about an address, though the form comes back for something else, from a table and from names', async () => {
    const mine = await openDelegation(parts, 'asked-once');
    const table = 'fullName,position,email,country\nSokha Sample,Officer,sokha@gmial.com,Nowhere';
    let body = (await mine.read(table)).body ?? '';
    expect(body).toContain('Did you mean sokha@gmail.com?');
    for (const _ of [1, 2, 3]) {
      body = (await mine.send(body, STATED)).body ?? '';
      expect(wrongCells(body)).toEqual(['rows-2-country']);
      expect(body).not.toContain('Did you mean');
    }
    expect((await mine.send(body, { 'rows.2.country': 'KH' })).statusCode).toBe(303);
    let typed = (await mine.add([person(0, { email: 'typed@gmial.com', position: '' })])).body ?? '';
    expect(typed).toContain('Did you mean typed@gmail.com?');
    for (const press of ['register', 'more', 'register']) {
      typed = (await mine.send(typed, STATED, press)).body ?? '';
      expect(typed).not.toContain('Did you mean');
    }
    const other = await mine.send(typed, {
      ...STATED,
      'rows.0.email': 'other@gmial.com',
      'rows.0.position': 'Officer',
    });
    expect(other.body).toContain('Did you mean other@gmail.com?');
    const kept = { 'rows.0.email': 'typed@gmial.com', 'rows.0.position': 'Officer' };
    expect((await mine.send(typed, kept)).statusCode).toBe(303);
    const emails = (await readRegistry(parts, 'asked-once')).registrations.map(({ email }) => email).sort();
    expect(emails).toEqual(['sokha@gmial.com', 'typed@gmial.com']);
  });

  it('AB11: as large as any may be, with every cell wrong and every box ticked, can be sent again; one field more is told', async () => {
    const questions = [...forum().questions, { ...BOXES, options: optionsOf(72) }];
    const mine = await openDelegation(parts, 'largest', { questions });
    expect(fieldsOfPerson(forum({ questions })) * (MOST_PEOPLE + 1)).toBe(MOST_TABLE_FIELDS);
    const columns = await columnsOf('largest');
    const long = columns.indexOf(panelQuestion?.title['en'] ?? '');
    const linesOf = (letters: number): string =>
      [columns, ...Array.from({ length: MOST_PEOPLE }, (_, row) => columns.map((_, column) => `x${row}-${column}`))]
        .map((cells, row) => (row === 0 ? cells : [...cells.with(long, 'ក'.repeat(letters)), 'more']).join('\t'))
        .join('\n');
    // As many letters as a file of UTF-16 has room for: in UTF-8 they are longer by half.
    const letters = Math.floor((BODY_LIMIT.upload / 2 - 1 - linesOf(0).length) / MOST_PEOPLE);
    const shown = await mine.read(blob(Buffer.from(`\uFEFF${linesOf(letters)}`, 'utf16le')), NOTHING_COMMON);
    expect(openedRows(shown.body)).toHaveLength(MOST_PEOPLE);
    const boxes = [...(shown.body ?? '').matchAll(/<input[^>]*type="checkbox"[^>]*>/g)].flatMap(([tag]) => {
      const [, name = '', value = ''] = / name="([^"]*)" value="([^"]*)"/.exec(tag) ?? [];
      return name.startsWith('leave.') ? [] : [[name, value] as const];
    });
    const sent = [...asShown(shown.body ?? ''), ...boxes, ['press', 'register'] as const];
    const again = await posted(mine, sent);
    expect(again.statusCode).toBe(422);
    for (const wrote of ['x0-7', 'x24-7']) expect(again.body).toContain(`You wrote “${wrote}”.`);
    expect(asShown(again.body ?? '')).toContainEqual(['rows.26.answers.panelQuestion', 'ក'.repeat(letters)]);
    // Boxes that are sent twice say the same: they fill the form up to its limit.
    const [box = ['', '']] = boxes;
    const filled = [...sent, ...Array.from({ length: MOST_TABLE_FIELDS - sent.length }, () => box)];
    expect((await posted(mine, filled)).statusCode).toBe(422);
    const before = await everything();
    const beyond = await posted(mine, [...filled, box]);
    expect(beyond.statusCode).toBe(413);
    expect(beyond.body).toContain(`A form may have ${MOST_TABLE_FIELDS} fields at most. Nothing of this one was kept`);
    expect(await everything()).toEqual(before);
  });

  it('AB11: of whose cells each is like a choice, and no two alike, can be sent again, and registers everyone', async () => {
    const options = optionsOf(2).map((option, index) => ({ ...option, ...named('កខ'.charAt(index).repeat(60)) }));
    const choices = Array.from(
      { length: 58 },
      (_, index): Question => ({
        ...{
          id: `${index}`.padStart(40, 'q').replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? ''),
          type: 'choice',
        },
        ...{ required: true, title: { en: `Choice ${index}`, km: `ជម្រើស ${index}` }, options },
      }),
    );
    const mine = await openDelegation(parts, 'like', { questions: choices });
    expect(tableProblems(forum({ questions: choices }))).toEqual([]);
    const columns = choices.map(({ id }) => `answers.${id}`);
    const lines = Array.from({ length: MOST_PEOPLE }, (_, row) => {
      const like = [...'ក'.repeat(60)].toSpliced(row * 2, 1, 'គ').join('');
      return [`Person ${row}`, 'Officer', ...columns.map(() => like)].join('\t');
    });
    const table = Buffer.from(
      `\uFEFF${[['fullName', 'position', ...columns].join('\t'), ...lines].join('\n')}`,
      'utf16le',
    );
    const shown = await mine.read(blob(table));
    expect(wrongCells(shown.body)).toEqual([]);
    expect(shown.body?.match(/name="understood\.\d+"/g)).toHaveLength(MOST_PEOPLE * choices.length);
    expect((await mine.send(shown.body ?? '', STATED)).statusCode).toBe(303);
    const { registrations } = await readRegistry(parts, 'like');
    expect(registrations).toHaveLength(MOST_PEOPLE);
    for (const { answers } of registrations) expect(new Set(Object.values(answers))).toEqual(new Set([options[0]?.id]));
  });

  it('with one person more than there is room for is refused, and stays in its field', async () => {
    const table = ['fullName,position', ...Array.from({ length: MOST_PEOPLE + 1 }, (_, row) => `Person ${row},x`)];
    const answer = await event.read(table.join('\n'));
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('This table has 26 people. There is room for 25');
    const [[, pasted = ''] = []] = asShown(answer.body ?? '');
    expect(pasted.replaceAll('\r\n', '\n')).toBe(table.join('\n'));
  });

  it('whose answers are long and wrong comes back short enough to be sent again', async () => {
    const mine = await openDelegation(parts, 'long', { questions: forum().questions });
    const long = 'ក'.repeat(2_500);
    const rows = Array.from({ length: 24 }, (_, row) => `Person ${row},Officer,KH,${long}`);
    const table = `fullName,position,country,answers.panelQuestion\n${rows.join('\n')}`;
    const shown = await mine.read(blob(Buffer.from(table)));
    expect(shown.statusCode).toBe(200);
    expect(wrongCells(shown.body).filter((cell) => cell.endsWith('panelQuestion'))).toHaveLength(24);
    const again = await mine.send(shown.body ?? '', STATED);
    expect(again.statusCode).toBe(422);
    expect(asShown(again.body ?? '')).toContainEqual(['rows.25.answers.panelQuestion', long]);
  });

  it('lets sessions be chosen for everyone where each has days of their own', async () => {
    const mine = await openDelegation(parts, 'own-days');
    const own = await mine.read('fullName,position,days\nSokha Sample,Officer,First day');
    expect(own.body).toContain('name="sessions"');
    expect(own.body).not.toContain('data-day=');
    const same = await mine.read('fullName,position\nSokha Sample,Officer');
    expect(same.body).toMatch(/data-day="[^"]+"/);
  });

  it('of whom everyone is left out is asked for again', async () => {
    const mine = await openDelegation(parts, 'left-out');
    const shown = await mine.read('fullName,position\nSokha Sample,Officer');
    const opened = await mine.send(shown.body ?? '', {}, 'change.2');
    const left = await mine.send(opened.body ?? '', { ...STATED, 'leave.2': 'yes' });
    expect(left.statusCode).toBe(422);
    expect(left.body).not.toContain('Row 0');
    expect(left.body).toContain('There is nobody in this table');
    expect(left.body).toContain('type="file"');
  });

  it.each(['en', 'km'])(
    'reads in %s what countries an event adds, calls otherwise and leaves out',
    async (language) => {
      const id = `places-${language}`;
      const countries = {
        added: [{ code: 'XA', title: { en: 'Sample Island', km: 'កោះគំរូ' } }],
        renamed: [
          { code: 'TW', title: { en: 'Chinese Taipei', km: 'ចិនតៃប៉ិ' } },
          { code: 'KR', title: { en: 'Korea', km: 'កូរ៉េ' } },
        ],
        leftOut: ['VN'],
      };
      const { codes, ...featured } = forum().featuredCountries;
      const featuredCountries = { ...featured, codes: codes.filter((code) => code !== 'VN') };
      const mine = await openDelegation(parts, id, { countries, featuredCountries });
      const said = language === 'en' ? ['Sample Island', 'Chinese Taipei', 'Korea'] : ['កោះគំរូ', 'ចិនតៃប៉ិ', 'កូរ៉េ'];
      const rows = [...said, 'Vietnam'].map((country, row) => `Person ${row},Officer,${country}`);
      const shown = await mine.read(`fullName,position,country\n${rows.join('\n')}`);
      expect(understoodIn(shown.body)).toEqual([]);
      expect(wrongCells(shown.body)).toEqual(['rows-5-country']);
      const [picker = ''] = /<select id="rows-5-country"[\s\S]*?<\/select>/.exec(shown.body ?? '') ?? [];
      expect(picker).toContain('Sample Island');
      expect(picker).not.toMatch(/value="?VN/);
      expect((await mine.send(shown.body ?? '', { ...STATED, 'rows.5.country': 'XA' })).statusCode).toBe(303);
      const { registrations } = await readRegistry(parts, id);
      const named = registrations.map(({ fullName, country }) => `${fullName} ${country}`).sort();
      expect(named).toEqual(['Person 0 XA', 'Person 1 TW', 'Person 2 KR', 'Person 3 XA']);
    },
  );

  it('registers who is ready, and keeps the rest with what only they have', async () => {
    const mine = await openDelegation(parts, 'both');
    const answer = await mine.add([
      person(1, { country: 'KH' }),
      person(2, { country: 'Nowhere', organisation: 'Another Ministry' }),
    ]);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('You wrote “Nowhere”.');
    const { registrations } = await readRegistry(parts, 'both');
    expect(registrations).toMatchObject([{ fullName: 'Person 1', country: 'KH', organisation: 'Sample Ministry' }]);
    expect((await mine.send(answer.body ?? '', { 'rows.1.country': 'TH' })).statusCode).toBe(303);
    expect((await readRegistry(parts, 'both')).registrations).toEqual(
      expect.arrayContaining([expect.objectContaining({ fullName: 'Person 2', organisation: 'Another Ministry' })]),
    );
  });
});

describe('typed names', () => {
  it('keep their numbers when others are registered, and are asked once about an address that looks mistyped', async () => {
    const mine = await openDelegation(parts, 'typed');
    const rows = [person(1), person(2, { email: 'two@gmial.com' }), person(3, { position: '' })];
    const first = await mine.add(rows);
    expect(first.statusCode).toBe(422);
    expect(await names('typed')).toEqual(['Person 1']);
    expect(first.body).toContain('>Person 2</h3>');
    expect(first.body).toContain('>Person 3</h3>');
    expect(first.body).not.toContain('>Person 1</h3>');
    expect(first.body).toContain('Did you mean two@gmail.com?');
    const second = await mine.send(first.body ?? '', { 'rows.2.position': 'Officer' });
    expect(second.statusCode).toBe(303);
    const emails = (await readRegistry(parts, 'typed')).registrations.map(({ email }) => email);
    expect(emails).toContain('two@gmial.com');
  });

  it('with nothing wrong but an address in doubt are asked by a question, not by an error', async () => {
    const mine = await openDelegation(parts, 'typed-doubt');
    const asked = await mine.add([person(1, { email: 'one@hotmial.com' })]);
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('<a href="#meant-0">Did you mean one@hotmail.com?</a>');
    expect(await names('typed-doubt')).toEqual([]);
    expect((await mine.send(asked.body ?? '', { 'meant.0': 'one@hotmail.com' })).statusCode).toBe(303);
    expect((await readRegistry(parts, 'typed-doubt')).registrations[0]?.email).toBe('one@hotmail.com');
  });
});

const named = (title: string) => ({ title: { en: title, km: title } });
/** Ids as long as they may be. */
const optionsOf = (length: number) =>
  Array.from({ length }, (_, index) => ({ id: `o-${index}`.padEnd(LONGEST_ID, 'x'), ...named(`Box ${index}`) }));
const BOXES: Question = { id: 'q'.repeat(40), type: 'multi-choice', required: true, ...named('Boxes') };
const panelQuestion = forum().questions.find(({ id }) => id === 'panelQuestion');

async function columnsOf(eventId: string, lang = 'en'): Promise<readonly string[]> {
  const { headers = {}, ...template } = await call('getDelegationTable', { params: { eventId }, query: { lang } });
  expect(headers).toMatchObject({ 'content-type': WORKBOOK, 'content-disposition': expect.stringContaining('.xlsx"') });
  return readWorkbook(Buffer.from(template.body ?? '', 'base64'))?.[0]?.cells ?? [];
}

const posted = async (
  { token }: Pick<Awaited<ReturnType<typeof openDelegation>>, 'token'>,
  fields: readonly (readonly [string, string])[],
) => call('postPeople', { params: { token: await token() }, ...(await postUpload(fields)) });

const NOTHING_COMMON = Object.fromEntries(
  ['organisation', 'country', 'category', 'mode', 'days', 'adults', 'consents.code-of-conduct'].map((name) => [
    name,
    [],
  ]),
);
