import { enrolment } from '../../shared/checkin/device/device.schema.ts';
import { roster } from '../../shared/checkin/roster/roster.schema.ts';
import { type SentScan, scanAnswers, scanBatch, sentScan } from '../../shared/checkin/scan/scans.schema.ts';
import type { ProblemType } from '../../shared/kernel/http/problem.schema.ts';
import { written } from '../support/door/answers.ts';
import type { KeptDatabase } from '../support/kept-database.ts';

/** What a phone kept under a name. */
export const stateOf = <Value>({ stores }: KeptDatabase, name: string): Value =>
  stores.find((store) => store.name === 'state')?.records.find(({ key }) => key === name)?.value as Value;

/** What is in one of its stores, in order. */
export const valuesIn = <Value>({ stores }: KeptDatabase, name: string): readonly Value[] =>
  (stores.find((store) => store.name === name)?.records ?? []).map(({ value }) => value as Value);

interface Device {
  readonly token: string;
  readonly terms: ReturnType<typeof roster.parse>['device'];
}

/** Knows a phone by the token that it kept, and says what the contract lets a server say: that all is as the phone has it. */
export function serverOf(kept: KeptDatabase) {
  const device = stateOf<Device | undefined>(kept, 'device');
  const scans: SentScan[] = [];
  const cursors: (string | null)[] = [];
  const enrolments: unknown[] = [];
  function answer(path: string, headers: Headers, body: unknown): object | ProblemType {
    const { pathname, searchParams } = new URL(path, 'http://door.test');
    if (pathname === '/api/checkin/devices') {
      enrolments.push(enrolment.parse(body));
      return 'enrolment-taken';
    }
    if (device === undefined || headers.get('authorization') !== `Bearer ${device.token}`) return 'device-unknown';
    if (pathname === '/api/checkin/scans') {
      const told = scanBatch.parse(body).scans.map((each) => sentScan.parse(each));
      scans.push(...told);
      return scanAnswers.parse({ answers: told.map(() => ({ result: 'kept' })) });
    }
    cursors.push(searchParams.get('since'));
    const cursor = searchParams.get('since') ?? '';
    return roster.parse({ isWhole: false, hasMore: false, cursor, device: device.terms, entries: '', checkIns: [] });
  }
  return {
    scans,
    cursors,
    enrolments,
    async serve(path: string, { headers, body }: Pick<RequestInit, 'headers' | 'body'>): Promise<Response> {
      const said = answer(path, new Headers(headers), typeof body === 'string' ? JSON.parse(body) : undefined);
      const { status, type, text } = written(said);
      return new Response(text, { status, headers: { 'content-type': type } });
    },
  };
}
