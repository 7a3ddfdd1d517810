import { describe, expect, it } from 'vitest';
import { CONFIGURATIONS } from './configurations.ts';
import { type CloudFormationResource, type Context, stacksOf } from './fixture.ts';

const STACKS = Object.entries<Context>(CONFIGURATIONS).map(([name, context]) => ({
  name,
  context,
  isProtected: context['plenary:protection'] === 'on',
}));

/** What has an own say in whether it can be deleted, and how it says so. */
const PROTECTABLE: Readonly<Record<string, readonly [property: string, on: unknown]>> = {
  'AWS::DynamoDB::Table': ['DeletionProtectionEnabled', true],
  'AWS::Cognito::UserPool': ['DeletionProtection', 'ACTIVE'],
};

/** What CloudFormation cannot delete while anything is in it. */
const MUST_BE_EMPTY = ['AWS::S3::Bucket', 'AWS::ECR::Repository'];

const resourcesOf = (context: Context): CloudFormationResource[] =>
  stacksOf(context).flatMap(({ template }) => Object.values(template.Resources));

const isSaid = ({ Properties = {} }: CloudFormationResource): string[] =>
  Object.keys(Properties).filter(
    (name) =>
      /DeletionProtection|TerminationProtection/.test(name) &&
      ![false, 'INACTIVE'].includes(Properties[name] as string),
  );

describe('IN3: a first deployment that fails can be repeated', () => {
  it.each(STACKS.filter(({ isProtected }) => !isProtected))('$name: nothing is protected', ({ context }) => {
    expect(resourcesOf(context).flatMap(isSaid)).toEqual([]);
    expect(stacksOf(context).filter(({ terminationProtection }) => terminationProtection)).toEqual([]);
  });

  it.each(STACKS)(
    '$name: its rollback deletes everything, since no policy and no file keeps anything then',
    ({ context }) => {
      const resources = resourcesOf(context);
      const policies = new Set(resources.map(({ DeletionPolicy }) => DeletionPolicy));
      expect([...policies].filter((policy) => policy === 'Retain' || policy === 'Snapshot')).toEqual([]);
      const full = resources.filter(({ Type }) => MUST_BE_EMPTY.includes(Type));
      const emptied = resources.filter(({ Type }) => Type === 'Custom::S3AutoDeleteObjects');
      expect(full.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(emptied.map(() => 'Delete'));
    },
  );
});

describe('IN3: a bucket', () => {
  const resources = stacksOf().find(({ name }) => name === 'Web')?.template.Resources ?? {};
  const idsOf = (type: string): string[] => Object.keys(resources).filter((id) => resources[id]?.Type === type);

  /** What CloudFormation makes before a resource, and deletes after it. */
  function madeBefore(id: string, found = new Set<string>()): Set<string> {
    const { DependsOn = [], Properties } = resources[id] ?? {};
    const named = [...JSON.stringify(Properties ?? {}).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/g)].map(
      ([, it]) => it ?? '',
    );
    for (const before of [...DependsOn, ...named]) {
      if (found.has(before)) continue;
      found.add(before);
      madeBefore(before, found);
    }
    return found;
  }

  it('is filled once there is what empties it, so that it is empty where CloudFront does not serve the account yet', () => {
    const [emptying = ''] = idsOf('Custom::S3AutoDeleteObjects');
    const [distribution = ''] = idsOf('AWS::CloudFront::Distribution');
    expect(madeBefore(emptying)).toContain(distribution);
    const copies = idsOf('Custom::CDKBucketDeployment');
    expect(copies).toHaveLength(2);
    for (const copy of copies) expect(madeBefore(copy)).toContain(emptying);
  });

  it('gets one copy after the other: none runs on while another is rolled back', () => {
    const copies = idsOf('Custom::CDKBucketDeployment');
    expect(copies.filter((copy) => copies.some((other) => madeBefore(copy).has(other)))).toHaveLength(1);
  });
});

describe('IN3: what holds data', () => {
  const HOLDS = ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::Cognito::UserPool'];

  it.each(STACKS.filter(({ context }) => context['plenary:removal'] !== 'destroy'))(
    '$name: outlives `cdk destroy`, and whatever would replace it',
    ({ context }) => {
      const holding = resourcesOf(context).filter(({ Type }) => HOLDS.includes(Type));
      expect(holding.length).toBeGreaterThan(8);
      for (const { DeletionPolicy, UpdateReplacePolicy } of holding)
        expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
    },
  );
});

describe('IN3: once it has succeeded', () => {
  const context = CONFIGURATIONS.protected;

  it('tables, accounts and their stacks refuse to be deleted', () => {
    const protectable = resourcesOf(context).filter(({ Type }) => Type in PROTECTABLE);
    expect(new Set(protectable.map(({ Type }) => Type))).toEqual(new Set(Object.keys(PROTECTABLE)));
    for (const { Type, Properties, DeletionPolicy } of protectable) {
      const [property, on] = PROTECTABLE[Type] ?? [''];
      expect(Properties?.[property]).toBe(on);
      expect(DeletionPolicy).toBe('RetainExceptOnCreate');
    }
    const kept = stacksOf(context).filter(({ template }) =>
      Object.values(template.Resources).some(({ Type }) => Type in PROTECTABLE),
    );
    expect(kept.map(({ name }) => name).sort()).toEqual(['Data', 'Identity']);
    for (const { terminationProtection } of kept) expect(terminationProtection).toBe(true);
  });

  it('each deployment warns until they do, but for trials', () => {
    const warnings = (context: Context) => stacksOf(context).flatMap(({ warnings }) => warnings);
    expect(warnings(CONFIGURATIONS.none)).toContainEqual(expect.stringContaining('set plenary:protection to on'));
    for (const context of [CONFIGURATIONS.protected, CONFIGURATIONS['a trial']]) {
      expect(warnings(context).join()).not.toContain('plenary:protection');
    }
  });
});

describe('deployments come in an order', () => {
  const deployedBefore = (name: string): readonly string[] =>
    stacksOf().find((stack) => stack.name === name)?.dependencies ?? [];

  it('files, then what answers, then the pages of the apps: these never meet an older API', () => {
    expect(deployedBefore('Api')).toContain('Web');
    expect(deployedBefore('Pages')).toContain('Api');
    const order = stacksOf().map(({ name }) => name);
    expect(order.slice(order.indexOf('Web')).filter((name) => ['Web', 'Api', 'Pages'].includes(name))).toEqual([
      'Web',
      'Api',
      'Pages',
    ]);
  });

  it('the pages and what lies beside them, such as the service worker, are in no other deployment', () => {
    const prefixes = (stack: string) =>
      stacksOf()
        .filter(({ name }) => name === stack)
        .flatMap(({ template }) => Object.values(template.Resources))
        .filter(({ Type }) => Type === 'Custom::CDKBucketDeployment')
        .map(({ Properties }) => Properties?.['DestinationBucketKeyPrefix']);
    expect(prefixes('Web').sort()).toEqual(['assets', undefined]);
    expect(prefixes('Pages').sort()).toEqual(['checkin', 'console']);
  });
});
