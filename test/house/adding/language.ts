import { readFileSync } from 'node:fs';
import { type Addition, after, type Edit, row, whole } from './addition.ts';

const ROWS = 'shared/kernel/i18n/languages.ts';
const SHEET = 'web/site/lao.css';
const APP = 'web/checkin/index.html';
const APP_STYLES = 'web/checkin/checkin.css';
const APP_FRAME = 'web/checkin/styles/frame.css';
/** `npm run languages`, as a test. */
const WORDS = 'test/unit/languages.test.ts';
const SCRIPTS = 'test/unit/language.test.ts';
const OPENING = 'test/unit/checkin-app.test.ts';

const wordsOf = (catalogue: string): string => readFileSync(`shared/kernel/i18n/en/${catalogue}.json`, 'utf8');
const words = (catalogue: string, text = wordsOf(catalogue)): Edit =>
  whole(`shared/kernel/i18n/lo/${catalogue}.json`, text);

const COLUMNS = "locale: 'lo', font: 'lao', readers: 'alike'";
const said = (columns: string): string => `  lo: { ${columns} },`;
const instead = (before: string, next: string): Edit => ({
  file: ROWS,
  isRow: true,
  to: (text) => text.replace(said(before), said(next)),
});

const [unknown, wrong, right] = ["script: 'Lao', ", "script: 'Thai', ", "script: 'Laoo', "].map(
  (script) => script + COLUMNS,
) as [string, string, string];

const sheet = readFileSync('web/site/khmer.css', 'utf8')
  .replaceAll('Khmer', 'Lao')
  .replaceAll('noto-sans-khmer-khmer', 'noto-sans-lao-lao')
  .replaceAll('noto-sans-khmer', 'noto-sans-lao')
  .replaceAll(/unicode-range: .*;/g, 'unicode-range: U+0E80-0EFF;');

export const language: Addition = {
  what: 'a language',
  stages: [
    {
      adds: [words('site')],
      lacks: [{ what: 'its row', file: WORDS, says: /lo has no row in languages\.ts/ }],
    },
    {
      adds: [row(ROWS, 'export const PRODUCT_LANGUAGES = {', said("locale: 'lo'"))],
      lacks: [
        { what: 'what it is written in', file: ROWS, says: /missing the following properties.*script/ },
        { what: 'whether pages bring its font', file: ROWS, says: /missing the following properties.*font/ },
        { what: 'what it calls its readers', file: ROWS, says: /missing the following properties.*readers/ },
      ],
    },
    {
      adds: [instead("locale: 'lo'", unknown)],
      lacks: [{ what: 'a script that mails and certificates can be set in', file: ROWS, says: /"Lao"/ }],
    },
    {
      adds: [instead(unknown, wrong), words('site', wordsOf('site').replace('"site.name"', '"site.names"'))],
      lacks: [
        { what: 'the script that it is written in', file: SCRIPTS, says: /expected 'Laoo' to be 'Thai'/ },
        { what: 'a message', file: WORDS, says: /lo\/site\.json: site\.name is missing/ },
        { what: 'the words of mails', file: WORDS, says: /lo\/mail\.json: there is no such file/ },
        { what: 'those of notices', file: WORDS, says: /lo\/notices\.json: there is no such file/ },
        { what: 'those of the check-in app', file: WORDS, says: /lo\/checkin\.json: there is no such file/ },
        { what: 'that the check-in app is opening', file: OPENING, says: /says in 'lo' that it is opening/ },
        { what: 'the sheet of its font', file: OPENING, says: /no such file.*web\/site\/lao\.css/ },
        { what: 'its font in the check-in app', file: OPENING, says: /has the font of 'lo'/ },
        { what: 'letters of its own there', file: OPENING, says: /draws letters of 'lo' by it/ },
        { what: 'room for them', file: OPENING, says: /gives letters of 'lo' room/ },
      ],
    },
    {
      adds: [
        instead(wrong, right),
        ...['site', 'mail', 'notices', 'checkin'].map((catalogue) => words(catalogue)),
        whole(SHEET, sheet),
        { ...after(APP, 'class="opening">', '<span lang="lo">ກຳລັງເປີດ…</span> '), isRow: true },
        row(APP_STYLES, '@import "../site/khmer.css";', '@import "../site/lao.css";'),
        { ...after(APP_FRAME, '--font: ', 'Lao, '), isRow: true },
        { ...after(APP_FRAME, ':root:lang(km', ', lo'), isRow: true },
      ],
      lacks: [],
    },
  ],
};
