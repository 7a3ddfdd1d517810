import { describe, expect, it } from 'vitest';
import type { CloudFormationResource, CloudFormationTemplate } from './fixture.ts';
import { shapeOf, updateProblems } from './stack-shape.ts';

const index = (name: string, key = name) => ({
  IndexName: name,
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  Projection: { ProjectionType: 'KEYS_ONLY' },
});

const table = (more: object = {}): CloudFormationResource => ({
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'RetainExceptOnCreate',
  Properties: {
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    GlobalSecondaryIndexes: [index('due')],
    ...more,
  },
});

const key = (more: Record<string, unknown>): CloudFormationResource => ({
  Type: 'AWS::KMS::Key',
  DeletionPolicy: 'Retain',
  Properties: more,
});

const template = (resource: CloudFormationResource, value: unknown = { Ref: 'Kept' }): CloudFormationTemplate => ({
  Resources: { Kept: resource },
  Outputs: { Kept: { Value: value, Export: { Name: 'Kept' } } },
});

const problems = (before: CloudFormationTemplate, after: CloudFormationTemplate, imported: string[] = []): string[] =>
  updateProblems(shapeOf(before), shapeOf(after), new Set(imported));

describe('an update', () => {
  it('may change what is not fixed', () => {
    const attributes = [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'new', AttributeType: 'S' },
    ];
    const after = table({
      DeletionProtectionEnabled: true,
      AttributeDefinitions: attributes,
      GlobalSecondaryIndexes: [index('due'), index('new')],
    });
    expect(problems(template(table()), template(after), ['Kept'])).toEqual([]);
  });

  it.each<[string, CloudFormationResource, string]>([
    ['the keys of a table', table({ KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }), 'would be another one'],
    ['an index', table({ GlobalSecondaryIndexes: [index('due', 'dueShard')] }), 'GlobalSecondaryIndexes due would be'],
    ['two indexes at once', table({ GlobalSecondaryIndexes: ['due', 'a', 'b'].map((name) => index(name)) }), 'one of'],
    [
      'the type of a key',
      table({ AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }] }),
      'pk would be',
    ],
    ['its type', key({}), 'would be another one'],
  ])('may not change %s', (_, after, message) => {
    expect(problems(template(table()), template(after))).toEqual([expect.stringContaining(message)]);
  });

  it('may not change what a key is for', () => {
    const of = (use: string) => template(key({ KeyUsage: use }));
    expect(problems(of('SIGN_VERIFY'), of('ENCRYPT_DECRYPT'))).toEqual(['Kept is kept, but would be another one']);
  });

  it('may not drop what is kept, nor what was to go and is to be kept from now on', () => {
    const gone: CloudFormationTemplate = { Resources: {} };
    expect(problems(template(table()), gone)).toEqual(['Kept is kept, but no longer there']);
    const trial = template({ ...table(), DeletionPolicy: 'Delete' });
    expect(problems(trial, gone)).toEqual([]);
    const renamed = template(table({ TableName: 'Kept' }));
    expect(problems(trial, renamed)).toEqual(['Kept is kept, but would be another one']);
  });

  it('may not drop or change an export that is in use', () => {
    const before = template(table());
    const gone: CloudFormationTemplate = { Resources: before.Resources };
    expect(problems(before, gone)).toEqual([]);
    expect(problems(before, gone, ['Kept'])).toEqual(['Kept is in use, but no longer there']);
    const other = template(table(), { 'Fn::GetAtt': ['Kept', 'Arn'] });
    expect(problems(before, other, ['Kept'])).toEqual(['Kept is in use, but would change']);
  });

  it('may not give an export another value by replacing what it, or what that stands on, refers to', () => {
    const client = (fixed: object, pool: object): CloudFormationTemplate => ({
      Resources: {
        Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UsernameAttributes: ['email'], ...pool } },
        Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' }, ...fixed } },
      },
      Outputs: { Id: { Value: { 'Fn::Join': ['-', ['id', { Ref: 'Client' }]] }, Export: { Name: 'Id' } } },
    });
    const before = client({ GenerateSecret: false }, {});
    expect(
      problems(before, client({ GenerateSecret: false, CallbackURLs: ['https://forum.test/'] }, {}), ['Id']),
    ).toEqual([]);
    const changed = ['Id is in use, but would change'];
    expect(problems(before, client({ GenerateSecret: true }, {}), ['Id'])).toEqual(changed);
    expect(problems(before, client({ GenerateSecret: false }, { UsernameAttributes: ['phone'] }), ['Id'])).toEqual(
      changed,
    );
  });
});
