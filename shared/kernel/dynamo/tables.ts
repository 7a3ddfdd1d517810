/** What of an entry of `Audit` its indexes hold beside its key, which says of which event and when it is. */
export const AUDIT_SHOWN = [
  ...([
    'by',
    'byLabel',
    'action',
    'about',
    'person',
    'label',
    'grants',
    'vettedUntil',
    'why',
    'people',
    'columns',
  ] as const),
] as const;

/** The shape of each table: what the Data stack creates, what the local database creates, what repositories use. */
export const TABLES = {
  registry: {
    partitionKey: 'pk',
    sortKey: 'sk',
    ttl: 'expiresAt',
    stream: false,
    indexes: {
      /** Who has a ticket, or had one, by when that changed: see `changesShard`. */
      changes: { partitionKey: 'rosterShard', sortKey: 'changedAt' },
      /** Every registration, whatever its status, from its first write until it is deleted, by when it changed: see `toRegistrationItem`. */
      registrations: { partitionKey: 'registrationShard', sortKey: 'lastChange', also: ['revision'] },
    },
  },
  /** What only a few may read: guardians, reports about children, care needs. Has a key of its own. */
  care: { partitionKey: 'pk', sortKey: 'sk', ttl: 'expiresAt', stream: false },
  outbox: {
    partitionKey: 'id',
    ttl: 'expiresAt',
    stream: true,
    indexes: {
      /** What is to be looked at again, by when. */
      due: { partitionKey: 'due', sortKey: 'notBefore' },
      /** What was written about a registration, by when: to be shown, from when its turn to leave first came. */
      about: { partitionKey: 'about', sortKey: 'createdAt' },
    },
  },
  audit: {
    partitionKey: 'pk',
    sortKey: 'sk',
    ttl: 'expiresAt',
    stream: false,
    // They hold what is shown of an entry: to read fifty by their keys would cost eight times as much as the 3 units that writing one costs.
    indexes: {
      /** What someone did, by when. */
      member: { partitionKey: 'memberShard', sortKey: 'sk', also: AUDIT_SHOWN },
      /** What was done about the person of a registration, by when. */
      person: { partitionKey: 'personShard', sortKey: 'sk', also: AUDIT_SHOWN },
      /** What is of a kind, by when. */
      kind: { partitionKey: 'kindShard', sortKey: 'sk', also: AUDIT_SHOWN },
    },
  },
  /**
   * What people answered who came. Nothing in it leads to anyone, nor to `Registry`; what could be recovered as it was at any moment
   * would tell in which order they answered.
   */
  feedback: { partitionKey: 'pk', sortKey: 'sk', ttl: 'expiresAt', stream: false, recovery: false },
} as const satisfies Record<string, TableShape>;

export type TableName = keyof typeof TABLES;

/** Tables that can be brought back as they were. */
export const BACKED_UP = ['registry', 'outbox', 'care', 'audit'] as const satisfies readonly Exclude<
  TableName,
  'feedback'
>[];

/** What a restore brings back, with what it is called in names. Of `Outbox`, mail would leave again; of `Feedback`, order would show who answered. */
export const RESTORED_TABLES = {
  registry: 'Registry',
  care: 'Care',
  audit: 'Audit',
} as const satisfies Partial<Record<TableName, string>>;
export type RestoredTable = keyof typeof RESTORED_TABLES;

/** The moment that tables were restored to, as their names have it: `20261201T090000Z`. */
export const generationOf = (to: Date): string => to.toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** The configuration leads to a restored table by its name, and a restore of the same moment finds it. @param system as configured */
export const restoredName = (system: string, table: RestoredTable, generation: string): string =>
  `${system}-${RESTORED_TABLES[table]}-${generation}`;

export interface TableShape {
  /** All keys are strings. */
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Epoch seconds. */
  readonly ttl: string;
  /** NEW_IMAGE stream. */
  readonly stream: boolean;
  /** To any second of the last weeks; it is, unless this is `false`. */
  readonly recovery?: false;
  /** By name. */
  readonly indexes?: Readonly<Record<string, TableIndex>>;
}

/** Holds the keys of items that have both its attributes. It lags: nothing may be decided on what it says. */
export interface TableIndex {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** What else of an item it holds. */
  readonly also?: readonly string[];
}

/** The attributes that tell what is in `Outbox`: the stream wakes one function for mail, another for jobs. */
export const MAIL_ATTRIBUTE = 'kind';
export const JOB_ATTRIBUTE = 'job';

/** Begins the partitions of `Registry` that say an event is under attack: the outbox function may write these, and no others. */
export const GUARD_PREFIX = 'GUARD#';

/** Begins the partitions of `Registry` that say what an event is, and nothing about anybody. */
export const EVENT_PREFIX = 'EVENT#';

/** The partition that says which events there are. */
export const EVENT_LIST = 'EVENTS';

/** Begin the partitions that say who may do what, what was offered to whom, and which events someone has a role in. */
export const ROLE_PREFIXES = { roles: 'ROLE#', invitations: 'ROLE-INVITATION#', ownEvents: 'OWN-EVENT#' } as const;

/** Begins those that say who was erased, by a hash, and which events were deleted. */
export const TOMBSTONE_PREFIX = 'TOMBSTONE#';

/** Begins those that hold the keys of a form: with `EVENT_PREFIX`, all of `Registry` that who takes answers may read. */
export const FEEDBACK_KEYS_PREFIX = 'FEEDBACK-KEYS#';

/** Begins those that say who was given a token: with the keys, all that who gives them may write. */
export const ISSUED_TOKENS_PREFIX = 'FEEDBACK-ISSUED#';
/** Begins the partitions of `Feedback` that hold answers, sealed, and the tokens that were spent for them: all that who takes answers may write. */
export const ANSWERS_PREFIX = 'ANSWER#';
export const SPENT_TOKENS_PREFIX = 'SPENT#';
/** Begins those that say what was shown of it: the function that shows it may write these, and delete what was opened for them. */
export const PUBLISHED_PREFIX = 'PUBLISHED#';
export const WORDS_PREFIX = 'WORDS#';

/** The item of `Outbox` that says how the SES account stands: the organiser function may read it there, and no other. */
export const MAIL_ACCOUNT_ID = 'MAIL-ACCOUNT';

/** What of an item says until when it is kept, with its key: housekeeping may see and change no more of what is in `Feedback`. */
export const END_ATTRIBUTES = ['pk', 'sk', 'expiresAt'] as const;

/** What of a message says what became of it: all but the address that it is to. */
export const FATE_ATTRIBUTES = [
  'v',
  'id',
  'kind',
  'eventId',
  'reference',
  'announcement',
  'language',
  'state',
  'createdAt',
  'notBefore',
  'attempts',
  'failure',
  'fate',
] as const;
