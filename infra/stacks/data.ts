import { Annotations, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  type GlobalSecondaryIndexProps,
  type ITable,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import {
  RESTORED_TABLES,
  type RestoredTable,
  restoredName,
  TABLES,
  type TableIndex,
  type TableName,
  type TableShape,
} from '../../shared/kernel/dynamo/tables.ts';
import type { Config } from '../config.ts';

/** As long as KMS allows: each of a key's first two rotations adds 1 USD a month for as long as the key exists. */
const LONGEST_ROTATION = Duration.days(2560);

/**
 * What must outlive every deployment: tables and keys.
 *
 * The tables are encrypted with keys that DynamoDB owns: these cost nothing, while a customer key costs 1 USD a month
 * idle and a call for each burst of requests. Data of special sensitivity gets a table and a customer key of its own.
 */
export class DataStack extends Stack {
  /** Those in use. */
  readonly tables: Readonly<Record<TableName, ITable>>;
  /** HMAC_256. It cannot rotate: every link ever mailed hangs on it. */
  readonly secretsKey: Key;
  /** Encrypts what signs the tokens of feedback forms, and what answers are sealed with. */
  readonly feedbackKey: Key;
  /** Ed25519: signs tickets. */
  readonly ticketKey: Key;
  /** Encrypts `Care`: a role that may not use it reads nothing there, whatever else it may. */
  readonly careKey: Key;

  constructor(
    scope: Construct,
    id: string,
    {
      name: system,
      removal,
      isProtected,
      ticketKeyGeneration,
      tables: generation,
    }: Pick<Config, 'name' | 'removal' | 'isProtected' | 'ticketKeyGeneration' | 'tables'>,
  ) {
    super(scope, id, { description: 'Plenary: tables and keys', terminationProtection: isProtected });
    if (removal !== RemovalPolicy.DESTROY && !isProtected) {
      Annotations.of(this).addWarningV2(
        'plenary:not-protected',
        'tables and accounts can be deleted: once a deployment has succeeded, set plenary:protection to on and deploy again (docs/operations.md)',
      );
    }

    const table = (name: TableName, logicalId: string, encryptionKey?: Key): Table => {
      const shape: TableShape = TABLES[name];
      const created = new Table(this, logicalId, {
        partitionKey: { name: shape.partitionKey, type: AttributeType.STRING },
        ...(shape.sortKey && { sortKey: { name: shape.sortKey, type: AttributeType.STRING } }),
        ...(shape.stream && { stream: StreamViewType.NEW_IMAGE }),
        timeToLiveAttribute: shape.ttl,
        billingMode: BillingMode.PAY_PER_REQUEST,
        encryption: encryptionKey ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.DEFAULT,
        ...(encryptionKey && { encryptionKey }),
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: shape.recovery ?? true },
        deletionProtection: isProtected,
        removalPolicy: removal,
      });
      for (const [name, keys] of Object.entries(shape.indexes ?? {}))
        created.addGlobalSecondaryIndex(indexOf(name, keys));
      return created;
    };
    this.careKey = new Key(this, 'CareKey', {
      description: 'Plenary: encrypts what only a few may read',
      enableKeyRotation: true,
      rotationPeriod: LONGEST_ROTATION,
      removalPolicy: removal,
    });
    const first = {
      registry: table('registry', 'Registry'),
      outbox: table('outbox', 'Outbox'),
      care: table('care', 'Care', this.careKey),
      audit: table('audit', 'Audit'),
      feedback: table('feedback', 'Feedback'),
    };
    this.tables = { ...first, ...(generation !== undefined && this.restored(system, generation, first)) };
    for (const [name, logicalId] of Object.entries(TABLE_IDS)) {
      new CfnOutput(this, `${logicalId}TableName`, { value: this.tables[name as TableName].tableName });
    }

    this.secretsKey = new Key(this, 'SecretsKey', {
      description: 'Plenary: root of links, address locks and idempotency keys',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: removal,
    });
    new CfnOutput(this, 'SecretsKeyArn', { value: this.secretsKey.keyArn });
    this.feedbackKey = new Key(this, 'FeedbackKey', {
      description: 'Plenary: encrypts the private keys of feedback forms, and seals answers',
      // What it encrypts are keys, made for a form or for an instance and dropped with them: rotating adds cost and no safety.
      enableKeyRotation: false,
      removalPolicy: removal,
    });
    const ticketKeys = Array.from({ length: ticketKeyGeneration }, (_, index) => {
      const generation = index + 1;
      return new Key(this, generation === 1 ? 'TicketKey' : `TicketKey${generation}`, {
        description: generation === 1 ? 'Plenary: signs tickets' : `Plenary: signs tickets, generation ${generation}`,
        keySpec: KeySpec.ECC_NIST_EDWARDS25519,
        keyUsage: KeyUsage.SIGN_VERIFY,
        removalPolicy: removal,
      });
    });
    this.ticketKey = required(ticketKeys.at(-1));
    // While functions still sign with the one before, it may not disappear from what this stack gives to others.
    for (const former of ticketKeys.slice(0, -1)) this.exportValue(former.keyArn);
  }

  /**
   * What a restore brought back, beside the tables that are created here: of no stack, so that none deletes them. Functions use the first ones
   * until their own stack is deployed, and again where this is taken back: they stay among what is given to others.
   */
  private restored(
    system: string,
    generation: string,
    first: Readonly<Record<RestoredTable, Table>>,
  ): Record<RestoredTable, ITable> {
    const restored = Object.entries(RESTORED_TABLES).map(([name, logicalId]) => {
      const table = name as RestoredTable;
      for (const value of [first[table].tableArn, first[table].tableName]) this.exportValue(value);
      return [table, Table.fromTableName(this, `Restored${logicalId}`, restoredName(system, table, generation))];
    });
    return Object.fromEntries(restored);
  }
}

const TABLE_IDS = { ...RESTORED_TABLES, outbox: 'Outbox', feedback: 'Feedback' } as const satisfies Record<
  TableName,
  string
>;

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is no key for tickets');
  return value;
}

const indexOf = (indexName: string, { partitionKey, sortKey, also }: TableIndex): GlobalSecondaryIndexProps => ({
  indexName,
  partitionKey: { name: partitionKey, type: AttributeType.STRING },
  sortKey: { name: sortKey, type: AttributeType.STRING },
  ...(also
    ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...also] }
    : { projectionType: ProjectionType.KEYS_ONLY }),
});
