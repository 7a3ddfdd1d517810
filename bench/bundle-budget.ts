import { MANIFESTS } from '../functions/manifests.ts';
import type { FunctionName } from '../shared/kernel/manifest.ts';
import { buildBareClient } from './bundles/bare-client.ts';
import { checkinSize } from './bundles/checkin-size.ts';
import { importRatios } from './bundles/cold-import.ts';
import { consoleSizes } from './bundles/console-sizes.ts';
import { zipSize } from './bundles/zip-size.ts';
import type { Measure } from './measure.ts';

interface BundleBudget {
  /** Bytes of the zip that is deployed. */
  readonly zip: number;
  /** Cold import, as a ratio to a bundle that only creates a `DynamoDBDocumentClient`. */
  readonly coldImport: number;
}

const DEFAULT: BundleBudget = { zip: 145_000, coldImport: 1.25 };
const OTHERS: Partial<Record<FunctionName, BundleBudget>> = {
  // The form, and nearly everything else that someone can do with a registration, in each language.
  attendee: { zip: 172_500, coldImport: 1.35 },
  // The form's fields, for someone under 18, and those about needs.
  'attendee-care': { zip: 143_000, coldImport: 1.25 },
  // Counters are read by a store of seats: 50 bytes, and other modules come before others.
  site: { zip: 145_100, coldImport: 1.25 },
  // Reports: what is written, grouped and proven, beside all that is done about people under 18.
  care: { zip: 159_000, coldImport: 1.25 },
  // The form's fields and tables, all that can be done about someone, and signed tickets with their QR codes.
  delegation: { zip: 166_600, coldImport: 1.35 },
  // Fonts of five scripts, and HarfBuzz twice: what shapes names, and what leaves of a font only what is drawn.
  certificates: { zip: 1_238_700, coldImport: 1.35 },
  // Each submission, and the list of the unproven seats that it keeps.
  registration: { zip: 150_000, coldImport: 1.25 },
  // A preview is written by the code that writes the mail.
  messages: { zip: 143_000, coldImport: 1.25 },
  // It forgets who proposed to reset a second factor, and why.
  housekeeping: { zip: 146_500, coldImport: 1.25 },
  // Accounts are Cognito's, whose client is 7 KB of it.
  organiser: { zip: 157_000, coldImport: 1.25 },
  // Mails cost a library.
  outbox: { zip: 204_200, coldImport: 1.3 },
};

const NAMES = Object.keys(MANIFESTS) as FunctionName[];
const budgetOf = (name: FunctionName): BundleBudget => OTHERS[name] ?? DEFAULT;
const folderOf = (name: FunctionName): string => `dist/functions/${name}`;

/** What a cold start pays for: the size of each function's zip, and the time its bundle takes to import. */
export async function bundleBudget(): Promise<Measure[]> {
  const sizes = NAMES.map((name) => ({
    what: `zip of ${name}`,
    value: zipSize(folderOf(name)),
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
  return [...sizes, ...imports, ...consoleSizes(), checkinSize()];
}
