import { MANIFESTS } from '../functions/manifests.ts';
import { LANGUAGE_TAGS } from '../shared/kernel/i18n/languages.ts';
import type { FunctionName } from '../shared/kernel/manifest.ts';
import { buildBareClient } from './bundles/bare-client.ts';
import { checkinSize } from './bundles/checkin-size.ts';
import { importRatios } from './bundles/cold-import.ts';
import { consoleSizes } from './bundles/console-sizes.ts';
import { zipSize } from './bundles/zip-size.ts';
import type { Measure } from './measure.ts';

interface BundleBudget {
  /** Bytes of the zip that is deployed, without words. */
  readonly zip: number;
  /** Cold import, as a ratio to a bundle that only creates a `DynamoDBDocumentClient`. */
  readonly coldImport: number;
}

/** Lines and metrics by Powertools are 10 KB of each. */
const DEFAULT: BundleBudget = { zip: 137_200, coldImport: 1.25 };
/** Who notes what members do has 1 KB of which actions there are, by kind, of whichever use cases it has. */
const OTHERS: Partial<Record<FunctionName, BundleBudget>> = {
  // The form, and nearly everything else that someone can do with a registration.
  attendee: { zip: 175_000, coldImport: 1.35 },
  // Who amends, beside what is asked of care: half a kilobyte more than most.
  'attendee-care': { zip: 143_800, coldImport: 1.25 },
  // Reports: what is written, grouped and proven, beside all that is done about people under 18; the index of people 4 KB.
  care: { zip: 168_300, coldImport: 1.25 },
  // The form's fields and tables, what cells are like and the page that mends them, workbooks 9 KB,
  // all that can be done about someone, and signed tickets.
  delegation: { zip: 182_600, coldImport: 1.35 },
  // The form's page and fields, names of countries, and addresses that look mistyped.
  registration: { zip: 149_500, coldImport: 1.25 },
  // Fonts of six scripts, HarfBuzz twice (what shapes names, and what leaves of a font only what is drawn), and 8 KB that order runs.
  certificates: { zip: 1_388_900, coldImport: 1.35 },
  // The client of SES that knows the account is 21 KB of it, that of SQS 6 KB; the indexes of people and attendance 7 KB.
  // What became of the mails of messages 2.5 KB; what is left of a rehearsal half a kilobyte.
  housekeeping: { zip: 197_700, coldImport: 1.4 },
  // Mail to many, by the indexes of people and attendance, and what became of it: 2 KB.
  messages: { zip: 139_500, coldImport: 1.25 },
  // All that is done about one person and about many: the index of people 4 KB, bulk changes 8 KB, a change for who calls 5 KB.
  // A whole definition, what is wrong with it and how that is said: 7 KB.
  organiser: { zip: 195_300, coldImport: 1.35 },
  // A copy of an event, and what is wrong with it: 10 KB; the end of a rehearsal half a kilobyte.
  team: { zip: 140_200, coldImport: 1.25 },
  // Who came to each list, by the indexes of people and attendance; people to greet 2 KB.
  doors: { zip: 168_300, coldImport: 1.3 },
  // Whom desks look for and whose unknown tickets are, by the index of people.
  checkin: { zip: 150_100, coldImport: 1.25 },
  // Mails cost a library.
  outbox: { zip: 204_000, coldImport: 1.45 },
};

/** Bytes of a language's words in the zip of a function that holds the most of them; 1.8 KB of them why something does not fit the event. */
const WORDS = 49_900;

const NAMES = Object.keys(MANIFESTS) as FunctionName[];
const budgetOf = (name: FunctionName): BundleBudget => OTHERS[name] ?? DEFAULT;
const folderOf = (name: FunctionName): string => `dist/functions/${name}`;

const wordsOf = (): Measure[] =>
  LANGUAGE_TAGS.map((language) => ({
    what: `words in ${language}, zipped`,
    value: Math.max(...NAMES.map((name) => zipSize(folderOf(name), (path) => path.startsWith(`words/${language}/`)))),
    unit: 'bytes',
    budget: { atMost: WORDS },
  }));

/** What a cold start pays for: the size of each function's zip, and the time its bundle takes to import. */
export async function bundleBudget(): Promise<Measure[]> {
  const sizes = NAMES.map((name) => ({
    what: `zip of ${name}`,
    value: zipSize(folderOf(name), (path) => !path.startsWith('words/')),
    unit: 'bytes',
    budget: { atMost: budgetOf(name).zip },
  }));
  const bundles = NAMES.map((name) => ({ file: `${folderOf(name)}/index.mjs`, budget: budgetOf(name).coldImport }));
  const ratios = await importRatios(await buildBareClient(), bundles);
  const imports = NAMES.map((name, index) => ({
    what: `cold import of ${name}`,
    value: ratios[index] ?? Number.NaN,
    unit: 'x',
    budget: { atMost: budgetOf(name).coldImport },
  }));
  return [...sizes, ...wordsOf(), ...imports, ...consoleSizes(), checkinSize()];
}
