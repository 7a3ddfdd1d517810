import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { FUNCTION_NAMES } from '../../functions/manifests.ts';
import { CAPABILITIES, filed, goesWrongWay, type Layer } from '../house/capability.ts';
import { circlesIn, type Import, importsOf, needsOf, PRODUCT, type Source, sourcesIn } from '../house/source.ts';

const sources = sourcesIn([...PRODUCT, 'bench']);
const imports = sources.flatMap(importsOf);
const needs = needsOf(sources);
const atOnce = imports.filter(({ late }) => !late);

const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);
const linesOf = (found: readonly Import[]): readonly string[] =>
  [...new Set(found.map(({ from, to }) => `${from} -> ${to}`))].sort();

describe('who may import whom', () => {
  it('finds the code', () => expect(imports.length).toBeGreaterThan(100));

  it('in shared: lower layers, and of the same layer earlier capabilities', () =>
    expect(linesOf([...imports, ...needs].filter(goesWrongWay))).toEqual([]));

  /** What the rooms around `shared` may import of each other. */
  const ROOMS: Record<string, readonly string[]> = {
    ...Object.fromEntries(FUNCTION_NAMES.map((name) => [`functions/${name}`, []])),
    'functions/manifests.ts': ['functions'],
    'web/site': [],
    'web/checkin': [],
    'web/console': ['web/site/styles'],
    // Commands read the configuration that they deploy, and which records it is about.
    cli: ['local/aws.ts', 'functions/manifests.ts', 'infra/config.ts', 'infra/stacks/dns.ts'],
    infra: ['functions/manifests.ts', 'cdk.json'],
    local: ['functions/manifests.ts', 'cli', 'infra/bundle.ts'],
    // A bench drives use cases themselves where no bundle can be driven, on a clock of its own; and pages as tests in the browser do.
    bench: ['functions', 'local', 'infra', 'cli', 'test/support', 'test/e2e'],
  };

  it.each(Object.entries(ROOMS))('%s', (room, allowed) => {
    const strangers = imports
      .filter(({ from }) => isIn(from, room))
      .filter(({ to }) => ![room, 'shared', ...allowed].some((place) => isIn(to, place)));
    expect(linesOf(strangers)).toEqual([]);
  });

  /** Of which layers of `shared` a room may import values. */
  const VALUES: Record<string, readonly Layer[]> = {
    web: [''],
    infra: ['', 'schema', 'routes'],
    local: ['', 'schema', 'routes'],
  };

  it.each(Object.entries(VALUES))('%s takes values from its layers of shared alone', (room, layers) => {
    const strangers = imports
      .filter(({ from, to, typeOnly }) => isIn(from, room) && isIn(to, 'shared') && !typeOnly)
      .filter(({ to }) => {
        const layer = filed(to)?.layer;
        return layer === undefined ? room === 'web' : !layers.includes(layer);
      });
    expect(linesOf(strangers)).toEqual([]);
  });

  it('a manifest is data: of all else it imports types alone, and those of manifests', () => {
    const manifests = sources.filter(({ path }) => /^functions\/[^/]+\/function\.ts$/.test(path));
    expect(manifests).toHaveLength(FUNCTION_NAMES.length);
    for (const each of manifests) {
      expect(importsOf(each)).toEqual([
        { from: each.path, to: 'shared/kernel/manifest.ts', typeOnly: true, late: false },
      ]);
    }
  });

  it('a function is two files', () => {
    const files = readdirSync('functions', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const two = FUNCTION_NAMES.flatMap((name) =>
      ['function.ts', 'index.ts'].map((file) => join('functions', name, file)),
    );
    expect(files.sort()).toEqual([...two, 'functions/manifests.ts'].sort());
  });

  it('there is no circle', () => expect(circlesIn(atOnce)).toEqual([]));

  it('what a page fetches later is no part of what fetches it, or there would be nothing to fetch', () => {
    const values = atOnce.filter(({ typeOnly }) => !typeOnly);
    const partsOf = (file: string, known = new Set<string>()): ReadonlySet<string> => {
      if (known.has(file)) return known;
      known.add(file);
      for (const { from, to } of values) if (from === file) partsOf(to, known);
      return known;
    };
    const late = imports.filter((each) => each.late && each.from.startsWith('web/'));
    expect(late.length).toBeGreaterThan(20);
    expect(late.filter(({ from, to }) => partsOf(from).has(to))).toEqual([]);
  });
});

describe('what a layer may hold', () => {
  const packagesOf = ({ text }: Source): readonly string[] =>
    [...text.matchAll(/^(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^.'][^']*)'/gm)].map(
      ([, name = '']) => name,
    );
  const SDK = /^(?:node:|@aws-sdk\/|@middy\/|nodemailer)/;
  const FORBIDDEN: Partial<Record<Layer, RegExp>> = {
    '': /^(?:zod|altcha-lib)|^(?:node:|@aws-sdk\/|@middy\/|nodemailer)/,
    schema: SDK,
    routes: SDK,
  };

  it('what is pure holds no schema, no SDK and nothing of node; schemas and routes neither of the last', () => {
    const offenders = sources.flatMap((each) => {
      const layer = filed(each.path)?.layer;
      const forbidden = layer === undefined ? undefined : FORBIDDEN[layer];
      return forbidden === undefined
        ? []
        : packagesOf(each)
            .filter((name) => forbidden.test(name))
            .map((name) => `${each.path}: ${name}`);
    });
    expect(offenders).toEqual([]);
  });
});

describe('RE11: every registration of an event', () => {
  /** What reads a partition of registrations, or all of them. */
  const READS = /\b(?:registrationPartition|rosterPeople|registrationPages)\(|\bpeople\.partition\(/;
  const MAY = [
    // The key, and a page at a time.
    ...['shared/kernel/dynamo/keys.ts', 'shared/registration/list/registration-list.store.ts'],
    // Makes the index, and compares it at night.
    ...['shared/registration/people/people.store.ts', 'shared/registration/people/keep-people.case.ts'],
    'shared/registration/tags/tags.case.ts',
    // Jobs that write to nearly everyone, or decide whom to on each registration: a hundred at a time, from where they stand. Where
    // guardians are told, it must not rest on an index that lags: nobody tells them later.
    ...['shared/announcements/told.store.ts', 'shared/announcements/timed/announcing.store.ts'],
    // What a phone takes once, to go without a network: some partitions at a time.
    ...['shared/checkin/roster/roster-people.store.ts', 'shared/checkin/roster/roster-for.case.ts'],
  ];
  const readers = sources.filter(({ text }) => READS.test(text)).map(({ path }) => path);
  const product = readers.filter((path) => /^(?:shared|functions)\//.test(path));

  it('is read by nothing else than what makes or compares the index, or visits each in a job', () =>
    expect(product.filter((path) => !MAY.includes(path))).toEqual([]));

  it('is read by each of these', () => expect(MAY.filter((path) => !product.includes(path))).toEqual([]));

  it('is looked at neither by housekeeping at eight, nor by who looks after children or needs', () =>
    expect(product.filter((path) => /^shared\/(?:registration\/digest|seats|event|minors|care)\//.test(path))).toEqual(
      [],
    ));
});

describe('schema and type are one', () => {
  interface Shape {
    readonly at: string;
    /** Names of its members, in order of the alphabet. */
    readonly members: string;
  }
  const FEWEST = 3;
  const ZOD = /^z\.(?:object|strictObject|looseObject)$|^stored$/;

  /** By capability: interfaces that are written by hand, and what schemas say; a part that is spread is not looked into. */
  function shapesIn({ path, text }: Source) {
    const [byHand, bySchema]: [Shape[], Shape[]] = [[], []];
    const note = (shapes: Shape[], at: string, names: readonly (string | undefined)[]) => {
      const members = names.filter((name) => name !== 'v');
      if (members.length >= FEWEST && !members.includes(undefined)) shapes.push({ at, members: members.sort().join() });
    };
    const nameOf = (key: { readonly type: string; readonly start: number; readonly end: number }) =>
      text.slice(key.start, key.end).replaceAll("'", '');
    const visitor = new Visitor({
      TSInterfaceDeclaration({ id, body: { body } }) {
        const names = body.map((each) => (each.type === 'TSPropertySignature' ? nameOf(each.key) : undefined));
        note(byHand, `${path} ${id.name}`, names);
      },
      CallExpression({ callee, arguments: [given] }) {
        if (!ZOD.test(text.slice(callee.start, callee.end))) return;
        const made = given?.type === 'ArrowFunctionExpression' ? given.body : given;
        const shape = made?.type === 'ParenthesizedExpression' ? made.expression : made;
        if (shape?.type !== 'ObjectExpression') return;
        const names = shape.properties.map((each) => (each.type === 'Property' ? nameOf(each.key) : undefined));
        note(bySchema, path, names);
      },
    });
    visitor.visit(parseSync(path, text).program);
    return { byHand, bySchema };
  }

  function saidTwiceIn(all: readonly Source[]): readonly string[] {
    return CAPABILITIES.flatMap((capability) => {
      const shapes = all.filter(({ path }) => filed(path)?.capability === capability).map(shapesIn);
      const said = new Set(shapes.flatMap(({ bySchema }) => bySchema.map(({ members }) => members)));
      return shapes.flatMap(({ byHand }) => byHand.filter(({ members }) => said.has(members)).map(({ at }) => at));
    });
  }

  it('sees an interface that says what a schema of its capability says', () => {
    const rule = { path: 'shared/care/some.ts', text: 'interface Some {\n  a: 1;\n  readonly b?: 2;\n  c: 3;\n}' };
    const schemas = ['z.object({ c: z.int(), a, b })', 'stored(() => ({ v: field(), a: field(), b, c: 1 }))'];
    for (const text of schemas) {
      const schema = { path: 'shared/care/some.schema.ts', text: `const some = ${text};` };
      expect(saidTwiceIn([rule, schema])).toEqual(['shared/care/some.ts Some']);
      expect(saidTwiceIn([rule, { ...schema, path: 'shared/minors/some.schema.ts' }])).toEqual([]);
    }
  });

  it('what a schema says, no interface of its capability says again', () => {
    // One definition of an event is read in one language and in all: the interface is generic in its words, a schema is not.
    const generic = /^shared\/event\/(?:event|definition\/feedback-rules)\.ts /;
    // Browsers need how many adults there may be, which lies beside its rule, and the schema needs it too.
    const besideItsNumber = 'shared/minors/handover/handover.ts HandoverSent';
    const found = saidTwiceIn(sources).filter((each) => !generic.test(each) && each !== besideItsNumber);
    expect(found).toEqual([]);
  });
});

describe('what is told apart by kind, type or status', () => {
  const TOLD_APART = /(?:kind|type|status|state)$/i;
  const PARTLY = /\bPartial<\s*(?:Readonly<\s*)?Record<\s*\w*(?:Kind|Type|Status|State)\b/g;

  /** Where a case that is not named is answered all the same: by `default`, by what follows a switch, or by a table without it. */
  const defaultsIn = ({ path, text }: Source): readonly string[] => {
    const found = [...text.matchAll(PARTLY)].map(({ index }) => index);
    if (/\bswitch\b/.test(text)) {
      const visitor = new Visitor({
        SwitchCase({ test, start }) {
          if (test === null) found.push(start);
        },
        BlockStatement({ body }) {
          for (const [at, each] of body.entries()) {
            const next = body[at + 1];
            if (each.type !== 'SwitchStatement' || next === undefined || next.type === 'ThrowStatement') continue;
            const { start, end } = each.discriminant;
            if (TOLD_APART.test(text.slice(start, end))) found.push(each.end);
          }
        },
      });
      visitor.visit(parseSync(path, text).program);
    }
    return found.map((at) => `${path}:${text.slice(0, at).split('\n').length}`);
  };

  it('sees a default branch, what follows a switch, and a table of some', () => {
    const text = 'switch (kind) {\n  case 1:\n    break;\n  default:\n}';
    expect(defaultsIn({ path: 'some.ts', text })).toEqual(['some.ts:4']);
    const followed = 'function f() {\n  switch (a.status) {\n    case 1:\n      return 2;\n  }\n  return 3;\n}';
    expect(defaultsIn({ path: 'some.ts', text: followed })).toEqual(['some.ts:5']);
    expect(defaultsIn({ path: 'some.ts', text: 'const WORDS: Partial<Record<MailKind, string>> = {};' })).toEqual([
      'some.ts:1',
    ]);
  });

  it('is told apart case by case: the compiler names what a new one lacks, which a default would swallow', () => {
    // Of sixty problems some are counted, and the others are not.
    const counted = /^shared\/kernel\/http\/handler\.case\.ts:/;
    expect(sources.flatMap(defaultsIn).filter((each) => !counted.test(each))).toEqual([]);
  });
});

describe('RE1: time and chance come in from outside', () => {
  const FORBIDDEN =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.random|\brandomBytes\(|\brandomUUID\(|\brandomInt\(/;
  it('only the system of the kernel touches the clock and randomness', () => {
    const offenders = sources
      .filter(({ path }) => isIn(path, 'shared') || isIn(path, 'functions') || isIn(path, 'web'))
      .filter(({ path }) => path !== 'shared/kernel/system.store.ts')
      .filter(({ text }) => FORBIDDEN.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });
});

describe('AB14: no code path fetches an address that a user gave', () => {
  /** What opens a connection, or has a browser open one. */
  const NAMES = 'fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|addAll|createRemoteJWKSet';
  const PACKAGES = '(?:node:)?(?:https?|http2|net|tls|dgram|dns)|undici|axios|got|node-fetch|oauth4webapi';
  const [OPENERS, MODULES] = [NAMES, PACKAGES].map((each) => new RegExp(`^(?:${each})$`)) as [RegExp, RegExp];
  /** Most files name none, and need not be read as code. */
  const COULD = new RegExp(`\\b(?:${NAMES})\\b|'(?:${PACKAGES})'`);
  /** Each place that may, and whose address it opens. */
  const MAY: Readonly<Record<string, string>> = {
    'cli/game-day/day.ts': 'the API of the stage, by what CloudFormation says of it',
    'infra/constructs/origin-keys.cjs': 'where CloudFormation awaits the answer to its own call',
    'local/gateway/authorizer.ts': 'the issuer that the local system was started with',
    'local/http.ts': 'serves, and asks nobody',
    'local/mailbox/emulator.ts': 'what stands in for SES on this machine',
    'local/mailbox/ses.ts': 'the same',
    'shared/checkin/canary.case.ts': 'the system itself, where the deployment says that it is',
    'shared/mail/outbox/mailer.case.ts': 'keeps connections of the SDK to SES',
    'web/checkin/engine/api.ts': 'paths of our own API',
    'web/checkin/engine/deps.ts': 'hands on the browser’s own, to be called with these',
    'web/checkin/worker/sw.ts': 'files of the app itself',
    'web/console/kernel/api.ts': 'paths of the contract',
    'web/console/kernel/parts/lazy.tsx': 'parts of the console itself',
    'web/console/kernel/session.ts': 'our own configuration, and the issuer that it names',
    'web/console/registration/person/registration.tsx': 'parts of the console itself',
    'web/site/script/feedback/prove.ts': 'paths of the page’s own event',
  };

  function opensIn({ path, text }: Source): readonly string[] {
    if (!COULD.test(text)) return [];
    const found = new Set<string>();
    const visitor = new Visitor({
      Identifier({ name }) {
        if (OPENERS.test(name)) found.add(name);
      },
      ImportDeclaration({ source, importKind }) {
        if (importKind !== 'type' && MODULES.test(source.value)) found.add(source.value);
      },
    });
    visitor.visit(parseSync(path, text).program);
    return [...found];
  }
  const code = sourcesIn(PRODUCT, /\.(?:tsx?|[cm]?js)$/);

  it('nothing opens a connection but what is named here, with whose address it is', () =>
    expect(code.filter((each) => opensIn(each).length > 0).map(({ path }) => path)).toEqual(Object.keys(MAY).sort()));

  it('sees one that is called, handed on or imported', () => {
    const text = "import { get } from 'node:https';\nconst ask = fetch;\nnavigator.sendBeacon(at);";
    expect(opensIn({ path: 'some.ts', text })).toEqual(['node:https', 'fetch', 'sendBeacon']);
  });

  it('clients of AWS find their address in the environment, and mail is put together from nothing that it would fetch', () => {
    const functions = code.filter(({ path }) => /^(?:shared|functions)\//.test(path));
    expect(functions.filter(({ text }) => /\bendpoint\b\s*[:,}]/.test(text)).map(({ path }) => path)).toEqual([]);
    const composing = functions.filter(({ text }) => text.includes("from 'nodemailer"));
    expect(composing.length).toBeGreaterThan(0);
    for (const { path, text } of composing) expect(text, path).toContain('disableUrlAccess: true');
  });
});

describe('zod is imported as a namespace, or bundles carry all of its languages', () => {
  it('everywhere', () => {
    const offenders = sources.filter(({ text }) => /import \{[^}]*\} from 'zod'/.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });
});
