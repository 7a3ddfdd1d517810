import { randomBytes } from 'node:crypto';
import { type EnrolmentTerms, writeOffer } from '../../shared/checkin/device/enrol.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { call, postJson } from './call.ts';
import type { Parts } from './parts.ts';

const HOUR = 3_600_000;

/** 256 bits, as a phone makes its own secret. */
export const ownSecret = () => randomBytes(32).toString('base64url');
/** 128 bits, as a phone names a scan. */
export const scanId = () => randomBytes(16).toString('base64url');

/** A code that an organiser shows. */
export function offerCode(
  parts: { readonly database: Pick<Parts['database'], 'client' | 'tables'> },
  eventId: string,
  change: Partial<EnrolmentTerms> = {},
) {
  const deps = {
    client: documentClient(parts.database.client),
    registry: parts.database.tables.registry,
    system: realSystem,
  };
  const wanted: EnrolmentTerms = {
    ...{ eventId, name: 'Hall, left door', lists: ['event'], maySearch: false },
    ...{ endsAt: Date.now() + 8 * HOUR, enrolledBy: 'organiser' },
    ...change,
  };
  return writeOffer(deps, wanted, 2 ** 32);
}

/** Six digits that phones of tests show. */
export const SEARCH_CODE = '204817';

/** A phone at a door of an event, and what it sends. A desk's has the code to its search, and types it each time. */
export async function openPhone(parts: Parts, eventId: string, change: Partial<EnrolmentTerms> = {}) {
  const { code, deviceId } = await offerCode(parts, eventId, change);
  const secret = ownSecret();
  const answer = await call('enrolDevice', postJson({ code, secret, searchCode: SEARCH_CODE }));
  if (answer.statusCode !== 200) throw new Error(`no device: ${answer.body}`);
  const { token } = JSON.parse(answer.body ?? '');
  const headers = { authorization: `Bearer ${token}` };
  return {
    deviceId,
    token: token as string,
    headers,
    async send(scans: readonly unknown[]) {
      const { statusCode, body = '' } = await call('postScans', postJson({ scans }, headers));
      return { status: statusCode, ...JSON.parse(body) };
    },
    /** @param state what it says of itself */
    async roster(since?: string, state?: string) {
      const query = since === undefined ? {} : { query: { since } };
      const said = state === undefined ? headers : { ...headers, 'phone-state': state };
      const { statusCode, body = '' } = await call('getRoster', { headers: said, ...query });
      return { status: statusCode, text: body, ...JSON.parse(body) };
    },
    /** @param unlock nothing where it asks as it is */
    async search(q: string, unlock = `code ${SEARCH_CODE}`) {
      const opened = unlock === '' ? headers : { ...headers, 'search-unlock': unlock };
      const { statusCode, body = '' } = await call('searchPeople', { headers: opened, query: { q } });
      return { status: statusCode, ...JSON.parse(body) };
    },
    /** The code and secret that it was let in with. */
    enrolment: { code, secret },
  };
}

/** A scan as a phone tells of it. */
export const sentScan = (change: object = {}) => ({
  ...{ scanId: scanId(), list: 'event', ticket: scanId(), kind: 'in' },
  ...{ scannedAt: Date.now(), correctedAt: Date.now() },
  ...change,
});
