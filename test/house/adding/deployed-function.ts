import { type Addition, after, row, whole } from './addition.ts';

const NAMES = 'shared/kernel/manifest.ts';
const MANIFESTS = 'functions/manifests.ts';
const MANIFEST = 'functions/notices/function.ts';
const ENTRY = 'functions/notices/index.ts';
const HOUSE = 'test/unit/architecture.test.ts';

const manifest = (
  environment: string,
  more: string,
): string => `import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'notices',
  purpose: 'notices of an event',
  environment: [${environment}],
  access: { registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'] },
  ${more}
} as const satisfies Manifest;
`;

const entry = `import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { manifest } from './function.ts';

const realDeps = (client = documentClient()) => depsOf(manifest, { client }, { events: eventStore });

export const handler = async (): Promise<boolean> => (await realDeps().events.readEvent('forum', 'en')) !== undefined;
`;

const REST = "reaches: ['event', 'seats'],\n  memory: 512,\n  timeout: 10,";

export const deployedFunction: Addition = {
  what: 'a function',
  stages: [
    {
      adds: [after(NAMES, 'export type FunctionName =', "\n  | 'notices'")],
      lacks: [{ what: 'its manifest among all', file: MANIFESTS, says: /'?notices'? is missing/ }],
    },
    {
      adds: [
        row(
          MANIFESTS,
          'export const MANIFESTS: Manifests = {',
          '  notices,',
          "import { manifest as notices } from './notices/function.ts';",
        ),
      ],
      lacks: [{ what: 'its manifest', file: MANIFESTS, says: /notices\/function/ }],
    },
    {
      adds: [whole(MANIFEST, manifest("'originKeys'", ''))],
      lacks: [
        {
          what: 'what its bundle may reach, its memory and its time',
          file: MANIFEST,
          says: /reaches, memory, timeout/,
        },
        { what: 'its entry', file: HOUSE, says: /functions\/notices\/index\.ts/ },
      ],
    },
    {
      adds: [whole(MANIFEST, manifest("'originKeys'", REST)), whole(ENTRY, entry)],
      lacks: [{ what: 'a table that its parts are made of', file: ENTRY, says: /registry/ }],
    },
    { adds: [whole(MANIFEST, manifest("'originKeys', 'registry'", REST))], lacks: [] },
  ],
};
