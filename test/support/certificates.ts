import { expect, vi } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { beginYoung } from './begin-young.ts';
import { type Call, call, postForm } from './call.ts';
import { forum } from './forum.ts';
import type { Parts } from './parts.ts';
import { openPhone, sentScan } from './phone.ts';
import { openEvent } from './self-service.ts';
import { ask, grantTeam, type TeamMember } from './team.ts';
import { completeFields, consentFields, youngSubmission } from './young.ts';

/** The forum is on 2 and 3 November 2027, in Phnom Penh (UTC+7). */
export const FIRST_DAY = '2027-11-02T03:00:00Z';
export const AFTERWARDS = '2027-11-04T02:00:00Z';

/** A moment at which everything happens until the next one. */
export const setTime = (at: string): unknown => vi.useFakeTimers({ now: new Date(at), toFake: ['Date'] });

/** A certificate that was downloaded; what it says, and the address in its code. */
export function opened(answer: Awaited<ReturnType<typeof call>>) {
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.isBase64Encoded).toBe(true);
  const bytes = Buffer.from(answer.body ?? '', 'base64');
  const all = bytes.toString('latin1');
  const texts = (key: string) =>
    [...all.matchAll(new RegExp(`/${key} <FEFF([0-9A-F]*)>`, 'g'))].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').swap16().toString('utf16le'),
    );
  const [url = ''] = texts('Alt');
  return { bytes, title: texts('Title')[0] ?? '', url, code: url.split('#')[1] ?? '' };
}

/** What a page says beside whose event it is, and what was typed. */
export const mainOf = (page: string): string =>
  page
    .replace(/^[\s\S]*<main/, '<main')
    .replace(/<\/main>[\s\S]*$/, '')
    .replace(/ value="[^"]*"/, '')
    .replace(/\/e\/[a-z-]+\/verify/, '/e/…/verify');

/** An event with its team, a phone at its entrance, and what people do with the links to their certificates. */
export async function openCertificates(parts: Parts, id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, changes);
  await grantTeam(parts, id);
  const days = forum().days.map((day) => `day-${day.id}`);
  const withToken = async (email: string, what: Call = {}): Promise<Call> => ({
    params: { token: await event.tokenOf(email) },
    ...what,
  });
  return {
    ...event,
    /** Scans someone's ticket at the door of a day of the forum. */
    async comesOn(email: string, day = 0) {
      setTime(day === 0 ? FIRST_DAY : '2027-11-03T03:00:00Z');
      const phone = await openPhone(parts, id, { lists: days });
      const registration = await event.registrationOf(email);
      const ticket = ticketHashOf(registration);
      const sent = await phone.send([sentScan({ list: days[day], ticket, reference: registration.reference })]);
      if (sent.status !== 200 || sent.answers[0].result !== 'kept') throw new Error(JSON.stringify(sent));
    },
    /** A young person whose guardian agreed, and who then answered the rest. */
    async registerYoung(email: string, fields: Record<string, string> = {}) {
      const guardian = { name: 'Parent Sample', email: `guardian-of-${email}`, language: 'en' };
      const begun = await beginYoung(parts, id, youngSubmission({ email, guardian }));
      const agrees = await consentToken(begun, event.deps.secrets);
      await call('postConsent', { params: { token: agrees }, ...postForm(consentFields()) });
      const params = { token: await event.tokenOf(email) };
      const { statusCode, body } = await call('postComplete', { params, ...postForm(completeFields(fields)) });
      if (statusCode !== 303) throw new Error(body);
    },
    async joins(email: string, sessionId: string) {
      const session = forum().sessions.find((each) => each.id === sessionId);
      const date = forum().days.find((day) => day.id === session?.day)?.date;
      setTime(`${date}T${session?.start}:00+07:00`);
      const params = { token: await event.tokenOf(email), sessionId };
      const { statusCode, body } = await call('postJoin', { params, ...postForm([['action', 'join']]) });
      if (statusCode !== 200) throw new Error(body);
    },
    /** Their page. */
    show: async (email: string, language = 'en') =>
      (await call('showCertificate', await withToken(email, { query: { lang: language } }))).body ?? '',
    get: async (email: string, language = 'en') =>
      call('getCertificate', await withToken(email, { query: { lang: language } })),
    verify: async (code: string, eventId = id) => {
      const what = { params: { eventId }, ...postForm([['code', code]]) };
      const { statusCode, body = '' } = await call('postVerify', what);
      return { statusCode, body };
    },
    async rename(email: string, names: object, who: TeamMember = 'organiser', revised = 0) {
      const { reference, revision } = await event.registrationOf(email);
      const body = { ...names, revision: revision + revised };
      return ask(who, 'correctName', { params: { eventId: id, reference }, body });
    },
    async revoke(email: string, revoked: boolean, who: TeamMember = 'organiser') {
      const { reference, revision } = await event.registrationOf(email);
      return ask(who, 'revokeCertificate', { params: { eventId: id, reference }, body: { revision, revoked } });
    },
  };
}
