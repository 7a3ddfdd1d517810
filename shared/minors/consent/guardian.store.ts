import { pendingAnswerKey } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { type Secrets, sameBytes } from '../../kernel/keys/secrets.store.ts';
import { crockfordDigits, encodeCrockford } from '../../kernel/text/crockford.ts';
import { type ManageClaim, parseManageToken } from '../../registration/link/manage-link.store.ts';
import type { GuardianChange, Registration } from '../../registration/registration.schema.ts';
import type { Tables } from '../../registration/registration.store.ts';
import {
  type Guardian,
  guardianKey,
  type PendingAnswer,
  toGuardianItem,
  toPendingAnswerItem,
} from './guardian.schema.ts';

const THERE = 'attribute_exists(pk)';
const NO_TRY = 'attribute_not_exists(handoverTries)';
const SAME_TRIES = 'handoverTries = :triesRead';
const NO_CODE_VERSION = 'attribute_not_exists(handoverCodeVersion)';
const SAME_CODE_VERSION = 'handoverCodeVersion = :versionRead';

/**
 * That nobody tried a code, and none was made, since the guardian was read: tries change the item alone, while all else is written
 * together with the registration.
 */
function codeAsRead({ handoverTries, handoverCodeVersion }: Guardian) {
  const values = {
    ...(handoverTries !== undefined && { ':triesRead': handoverTries }),
    ...(handoverCodeVersion !== undefined && { ':versionRead': handoverCodeVersion }),
  };
  const tries = handoverTries === undefined ? NO_TRY : SAME_TRIES;
  const version = handoverCodeVersion === undefined ? NO_CODE_VERSION : SAME_CODE_VERSION;
  return { condition: `${tries} AND ${version}`, values };
}

/**
 * @param careTable the physical name of `Care`
 * @param read as they were before, where that is not what is kept of their code
 */
export function putGuardian(careTable: string, guardian: Guardian, expiresAt: number, read = guardian): TransactItem {
  const { condition, values } = codeAsRead(read);
  return {
    Put: {
      TableName: careTable,
      Item: toGuardianItem(guardian, expiresAt),
      ConditionExpression: condition,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
  };
}

const NOTED_BY_ANOTHER =
  'handover.notedBy <> :second AND handover.saidAt = :notedAt AND attribute_not_exists(handover.confirmedBy)';

/** How a minor leaves, which a second person confirms: refused for the member who noted it, and once something else was noted. */
export function confirmHandover(
  careTable: string,
  guardian: Guardian,
  expiresAt: number,
  read: Guardian = guardian,
): TransactItem {
  const { condition, values } = codeAsRead(read);
  return {
    Put: {
      TableName: careTable,
      Item: toGuardianItem(guardian, expiresAt),
      ConditionExpression: `${condition} AND ${NOTED_BY_ANOTHER}`,
      ExpressionAttributeValues: {
        ...values,
        ':second': guardian.handover?.confirmedBy ?? '',
        ':notedAt': guardian.handover?.saidAt ?? '',
      },
    },
  };
}

const SET_TRIES = 'SET handoverTries = :tries';

/** How many wrong codes were tried by now: refused where another try was made since the guardian was read. */
export function setHandoverTries(careTable: string, read: Guardian, tries: number): TransactItem {
  const { condition, values } = codeAsRead(read);
  return {
    Update: {
      TableName: careTable,
      Key: guardianKey(read),
      UpdateExpression: SET_TRIES,
      ConditionExpression: `${THERE} AND ${condition}`,
      ExpressionAttributeValues: { ...values, ':tries': tries },
    },
  };
}

const RECORDED_BY_ANOTHER = 'paper.recordedBy <> :second AND paper.recordedAt = :recordedAt';

/** A signed form that a second person confirms: refused for the member who recorded it, and once another one was recorded. */
export const confirmGuardian = (
  careTable: string,
  guardian: Guardian,
  second: string,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: careTable,
    Item: toGuardianItem(guardian, expiresAt),
    ConditionExpression: RECORDED_BY_ANOTHER,
    ExpressionAttributeValues: { ':second': second, ':recordedAt': guardian.paper?.recordedAt ?? '' },
  },
});

export const deleteGuardian = (careTable: string, of: Pick<Registration, 'eventId' | 'reference'>): TransactItem => ({
  Delete: { TableName: careTable, Key: guardianKey(of) },
});

export const putPendingAnswer = (registry: string, pending: PendingAnswer, expiresAt: number): TransactItem => ({
  Put: { TableName: registry, Item: toPendingAnswerItem(pending, expiresAt) },
});

export const deletePendingAnswer = (
  registry: string,
  of: Pick<PendingAnswer, 'eventId' | 'reference' | 'answerBy'>,
): TransactItem => ({ Delete: { TableName: registry, Key: pendingAnswerKey(of) } });

/** Gives an awaited answer another time, and the guardian or minor who is to answer other reminders: those before are not sent any more. */
export function movePendingAnswer(
  { registry, outbox }: Tables,
  before: PendingAnswer,
  after: Pick<PendingAnswer, 'answerBy' | 'reminders'>,
  expiresAt: number,
): TransactItem[] {
  return [
    // Right before an event both end with its beginning, and an item stands only once in a transaction.
    ...(after.answerBy === before.answerBy ? [] : [deletePendingAnswer(registry, before)]),
    putPendingAnswer(registry, { ...before, ...after }, expiresAt),
    ...before.reminders.map((id) => deleteMessage(outbox, id)),
  ];
}

/** A reminder that nobody needs any more, whether or not it was sent. */
export const deleteMessage = (outbox: string, id: string): TransactItem => ({
  Delete: { TableName: outbox, Key: { id } },
});

type Identity = Pick<Registration, 'eventId' | 'reference' | 'minor'>;

/** 128 bits: 22 characters of base64url. */
const PROOF_BYTES = 16;

/**
 * The token of the link by which a guardian decides about a minor's registration. It looks like a manage link's and
 * opens nothing of what that opens, nor the other way round: its key serves no other purpose.
 */
export async function consentToken(registration: Identity, secrets: Secrets): Promise<string> {
  const proof = await proofOf(registration, secrets);
  return `${registration.eventId}.${registration.reference}.${proof.toString('base64url')}`;
}

/** Total: anything that is not a token is `undefined`. */
export const parseConsentToken = (token: string): ManageClaim | undefined => parseManageToken(token);

/** Whether a claim proves itself for this registration; never for that of an adult, who has no guardian. */
export async function isProvenConsent(claim: ManageClaim, registration: Identity, secrets: Secrets): Promise<boolean> {
  if (registration.minor?.guardianLinkVersion === undefined) return false;
  return sameBytes(claim.proof, await proofOf(registration, secrets));
}

async function proofOf({ eventId, reference, minor }: Identity, secrets: Secrets): Promise<Buffer> {
  const mac = await secrets.mac('consent-link', `${eventId}|${reference}|${minor?.guardianLinkVersion}`);
  return mac.subarray(0, PROOF_BYTES);
}

type Asked = Pick<Registration, 'eventId' | 'reference'>;

/** 40 bits, 8 digits: typed from a mail within two hours. */
const CODE_BYTES = 5;

/**
 * The code by which a minor shows that mail to them is theirs, before another guardian is asked than at first (AU4). It is
 * made anew whenever it is mailed or checked.
 */
export async function guardianCodeOf(of: Asked, { codeAt }: GuardianChange, secrets: Secrets): Promise<string> {
  const mac = await secrets.mac('guardian-code', `${of.eventId}|${of.reference}|${codeAt}`);
  return encodeCrockford(mac.subarray(0, CODE_BYTES));
}

/** Whether it is what the minor typed, in whatever case and with whatever spaces and hyphens. */
export async function isGuardianCode(
  typed: string,
  of: Asked,
  change: GuardianChange,
  secrets: Secrets,
): Promise<boolean> {
  const expected = await guardianCodeOf(of, change, secrets);
  return sameBytes(Buffer.from(crockfordDigits(typed) ?? ''), Buffer.from(expected));
}
