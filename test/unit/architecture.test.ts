import { describe, expect, it } from 'vitest';
import { FUNCTION_NAMES } from '../../functions/manifests.ts';
import { circlesIn, importsOf, PRODUCT, sourcesIn } from '../house/source.ts';

const sources = sourcesIn([...PRODUCT, 'bench']);
const imports = sources.flatMap(importsOf).filter(({ late }) => !late);

/** Leaf modules of `shared` that belong to no room: words and values that every room may use. */
const COMMON = [
  'shared/html.ts',
  'shared/env.ts',
  'shared/errors.ts',
  'shared/log.ts',
  'shared/manifest.ts',
  'shared/metric.ts',
  'shared/once.ts',
  'shared/system.ts',
  'shared/turns.ts',
];

/** What each room may import, besides itself and packages. */
const RULES: Record<string, readonly string[]> = {
  'shared/domain': [],
  'shared/contract': ['shared/domain', 'shared/env.ts', 'shared/manifest.ts', 'shared/once.ts'],
  'shared/i18n': ['shared/domain', 'shared/contract', ...COMMON],
  'shared/keys': ['shared/domain', 'shared/contract', ...COMMON],
  'shared/store': ['shared/domain', 'shared/contract', ...COMMON],
  'shared/http': ['shared/domain', 'shared/contract', 'shared/i18n', ...COMMON],
  'shared/mail': ['shared/domain', 'shared/contract', 'shared/i18n', ...COMMON],
  'shared/documents': ['shared/domain', ...COMMON],
  'functions/site': ['shared', 'web/site'],
  'shared/registering': ['shared/domain', 'shared/contract', 'shared/keys', 'shared/store', ...COMMON],
  'shared/organising': [
    'shared/domain',
    'shared/contract',
    'shared/http',
    'shared/registering',
    'shared/store',
    ...COMMON,
  ],
  'shared/checking-in': [
    'shared/domain',
    'shared/contract',
    'shared/keys',
    'shared/organising',
    'shared/registering',
    'shared/store',
    ...COMMON,
  ],
  'shared/publishing': ['shared/domain', 'shared/contract', 'shared/registering', 'shared/store', ...COMMON],
  'functions/registration': ['shared', 'web/site'],
  'functions/attendee': ['shared', 'web/site'],
  'functions/attendee-care': ['shared', 'web/site'],
  'functions/delegation': ['shared', 'web/site'],
  'functions/care': ['shared', 'web/site'],
  'functions/organiser': ['shared', 'web/site'],
  'functions/housekeeping': ['shared'],
  'functions/outbox': ['shared'],
  'web/site': ['shared/domain', 'shared/i18n', 'shared/html.ts', 'shared/errors.ts'],
  'web/checkin': ['shared/domain', 'shared/contract/checkin-page.ts'],
  'web/console': ['shared/domain', 'shared/contract/console-page.ts', 'web/site/styles'],
  events: [
    'shared/contract',
    'shared/domain',
    'shared/i18n',
    'shared/publishing',
    'shared/registering',
    'shared/store',
    'shared/system.ts',
  ],
  'infra/operate': [
    'shared/contract',
    'shared/domain',
    'shared/store',
    'local/aws.ts',
    'local/operator-file.ts',
    'events/command.ts',
  ],
  infra: [
    'functions/manifests.ts',
    'shared/contract',
    'shared/domain',
    'shared/env.ts',
    'shared/http/known.ts',
    'shared/manifest.ts',
    'shared/metric.ts',
    'shared/store/tables.ts',
    'shared/turns.ts',
    'cdk.json',
  ],
  local: [
    'functions/manifests.ts',
    'shared/contract',
    'shared/domain',
    'shared/env.ts',
    'shared/html.ts',
    'shared/http/known.ts',
    'shared/manifest.ts',
    'shared/store/tables.ts',
    'shared/turns.ts',
    'events',
    'infra/bundle.ts',
  ],
  // The use cases themselves, on a simulated clock.
  'bench/hot-counters': [
    'shared',
    'functions/attendee',
    'functions/registration',
    'functions/housekeeping',
    'test/support',
  ],
  // A bench drives use cases themselves where no bundle can be driven: on a clock of its own.
  bench: ['shared', 'functions', 'local', 'infra', 'events', 'test/support'],
};

const roomOf = (file: string): string | undefined =>
  Object.keys(RULES).find((room) => file === room || file.startsWith(`${room}/`));
const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);

describe('who may import whom', () => {
  it('finds the code', () => expect(imports.length).toBeGreaterThan(100));

  it.each(Object.entries(RULES))('%s', (room, allowed) => {
    const strangers = imports
      .filter(({ from }) => roomOf(from) === room)
      .filter(({ to }) => ![room, ...allowed].some((place) => isIn(to, place)))
      // Pages are typed by the contract, of which nothing but types may reach a browser.
      .filter(({ to, typeOnly }) => !(isIn(room, 'web') && typeOnly && isIn(to, 'shared/contract')))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(strangers).toEqual([]);
  });

  it('a manifest is data: of all else it imports types alone, and those of manifests', () => {
    const manifests = sources.filter(({ path }) => /^functions\/[^/]+\/function\.ts$/.test(path));
    expect(manifests).toHaveLength(FUNCTION_NAMES.length);
    for (const each of manifests) {
      expect(importsOf(each)).toEqual([{ from: each.path, to: 'shared/manifest.ts', typeOnly: true, late: false }]);
    }
  });

  it('there is no circle', () => expect(circlesIn(imports)).toEqual([]));
});

describe('RE1: time and chance come in from outside', () => {
  const FORBIDDEN =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.random|\brandomBytes\(|\brandomUUID\(|\brandomInt\(/;
  it('only shared/system.ts touches the clock and randomness', () => {
    const offenders = sources
      .filter(({ path }) => isIn(path, 'shared') || isIn(path, 'functions') || isIn(path, 'web'))
      .filter(({ path }) => path !== 'shared/system.ts')
      .filter(({ text }) => FORBIDDEN.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });
});

describe('zod is imported as a namespace, or bundles carry all of its languages', () => {
  it('everywhere', () => {
    const offenders = sources.filter(({ text }) => /import \{[^}]*\} from 'zod'/.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });
});
