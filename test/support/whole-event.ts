import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { EventDefinition, Question } from '../../shared/event/event.ts';
import { feedbackToken } from '../../shared/feedback/token/feedback-link.store.ts';
import { CANARY_EVENT } from '../../shared/kernel/canary.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import type { Route, Tick } from '../../shared/kernel/route.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { putCanarySecret } from '../../shared/registration/canary.store.ts';
import { mailOfRegistration, manageToken, unsubscribeToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { beginYoung } from './begin-young.ts';
import { byMail } from './by-mail.ts';
import { type Call, call, postForm, postJson } from './call.ts';
import { CANARY, CARE_ANSWERS, careForum } from './care.ts';
import { changeAddress } from './change-address.ts';
import { openDelegation, person } from './delegation.ts';
import { forum } from './forum.ts';
import { raiseGuard } from './guard.ts';
import { OPEN_NOW, setForms } from './open-forms.ts';
import type { Parts } from './parts.ts';
import { openPhone, SEARCH_CODE, scanId, sentScan } from './phone.ts';
import { readRegistry } from './registry.ts';
import { ask, grantTeam, identityOf, TEAM_MEMBERS, type TeamMember } from './team.ts';
import { completeFields, consentFields, onPaper, signedForm, youngSubmission } from './young.ts';

/** In every name, address and note that is typed here: nobody but whom it is for may find it anywhere. */
export const MARK = 'canary';

const at = (name: string): string => `${MARK}.${name}@whole.example.org`;
const named = (name: string): string => `Canary ${name}`;
/** Of the one canary, whichever events there are. */
const CANARY_SECRET = randomBytes(32).toString('base64url');
const HELP: [string, string] = ['answers.help', `captions, ${CANARY}`];
const NEEDS = postForm([['action', 'keep'], HELP]);

/**
 * One event in which everyone takes part whom it knows of - someone who comes and says what they need, someone who waits for a
 * decision, a delegation, a form that waits to be confirmed, young people at each step - and a team that runs it; and what opens the pages of each of them.
 *
 * @param also what the form asks besides, and what the adult who comes and a minor answer to it
 * @param rehearsal whether it is one
 */
export async function openWholeEvent(
  parts: Parts,
  id: string,
  also: { readonly questions: readonly Question[]; readonly answers: Readonly<Record<string, string>> } = {
    questions: [],
    answers: {},
  },
  rehearsal?: true,
) {
  const approval = forum().categories.map((category) => ({ ...category, approval: category.id === 'media' }));
  const { questions = [], ...rest } = careForum();
  const changes: Partial<EventDefinition> = {
    ...rest,
    questions: [...questions, ...also.questions],
    categories: approval,
    ...(rehearsal && { rehearsal }),
  };
  const event = await openDelegation(parts, id, changes);
  await grantTeam(parts, id);
  const { secrets } = event.deps;
  const all = async (): Promise<readonly Registration[]> => (await readRegistry(parts, id)).registrations;
  const found = async (matches: (each: Registration) => boolean): Promise<Registration> => {
    const one = (await all()).find(matches);
    if (one === undefined) throw new Error('nobody is as was looked for');
    return one;
  };
  const byEmail = (email: string): Promise<Registration> => found((each) => each.email === email);
  const expectDone = ({ statusCode, body }: { statusCode?: number; body?: string }): void =>
    expect([200, 202, 303], body).toContain(statusCode);

  const organisation = named('Ministry');
  await event.register(at('comer'), {
    fullName: named('Comer'),
    organisation,
    answers: { ...CARE_ANSWERS, ...also.answers },
  });
  await event.register(at('online'), { fullName: named('Online'), organisation, mode: 'online' });
  await event.register(at('waits'), { fullName: named('Waits'), organisation, category: 'media' });
  const rows = [person(1, { fullName: named('Delegate') }), person(2, { fullName: named('Own'), email: at('own') })];
  expectDone(await event.add(rows));
  const delegate = await found(({ fullName }) => fullName === named('Delegate'));
  expectDone(await call('postNeeds', { params: { token: await manageToken(delegate, secrets) }, ...NEEDS }));

  const writer = await byEmail(at('waits'));
  const question = { text: `A ${MARK} of a question of its own?`, revision: writer.revision };
  const askedAt = { eventId: id, reference: writer.reference };
  expect((await ask('organiser', 'askApplicant', { params: askedAt, body: question })).status).toBe(200);
  const open = (await byEmail(at('waits'))).asked?.at(-1);
  expectDone(
    await event.press(at('waits'), 'answer', [
      ['answer', `A ${MARK} of an answer of its own`],
      ['asked', open?.at ?? ''],
    ]),
  );

  const waiting = await byEmail(at('waits'));
  const handing = {
    to: memberId(identityOf('thailand')),
    note: `A ${MARK} of a hand-over of its own`,
    revision: waiting.revision,
  };
  expect((await ask('organiser', 'handOver', { params: askedAt, body: handing })).status).toBe(200);

  const moving = changeAddress(parts, secrets);
  expectDone(await moving.sendCode(await byEmail(at('waits'))));
  const mover = await byEmail(at('waits'));
  expectDone(await moving.ask(mover, await moving.codeOf(mover), at('moves-to')));

  const line = (await event.members()).find(({ name }) => name === named('Delegate'))?.member ?? '';

  await raiseGuard(parts, id);
  const forms = byMail(parts, id, secrets);
  expectDone(await forms.send(at('by-mail'), { fullName: named('By mail'), organisation }, [HELP]));
  await raiseGuard(parts, id, 0);

  const young = async (name: string): Promise<Registration> => {
    const guardian = { name: named('Guardian'), email: at(`guardian.${name}`), language: 'en' };
    return beginYoung(parts, id, youngSubmission({ email: at(name), name: named(name), guardian }));
  };
  const agreed = async (name: string): Promise<Registration> => {
    const registration = await young(name);
    const params = { token: await consentToken(registration, secrets) };
    expectDone(await call('postConsent', { params, ...postForm(consentFields()) }));
    return registration;
  };
  const asked = await young('asked');
  const completing = await agreed('completing');
  const child = await agreed('child');
  const childPage = { params: { token: await manageToken(child, secrets) } };
  const said = Object.entries(also.answers).map(([question, answer]) => [`answers.${question}`, answer]);
  const answers = completeFields({ fullName: named('Child'), organisation, ...Object.fromEntries(said) });
  expectDone(await call('postComplete', { ...childPage, ...postForm(answers) }));
  expectDone(await call('postNeeds', { ...childPage, ...NEEDS }));
  const leaving = postForm([
    ['action', 'say-handover'],
    ['handover.alone', 'no'],
    ['handover.adult1', named('Fetcher')],
    ['handover.never', named('Unwanted')],
  ]);
  expectDone(await call('postConsent', { params: { token: await consentToken(child, secrets) }, ...leaving }));
  const paper = { ...onPaper('paper'), email: at('paper'), guardian: { name: named('Signer'), onPaper: true } };
  expectDone(await call('submitRegistration', { params: { eventId: id }, ...postJson(paper) }));
  const signed = await byEmail(at('paper'));
  const record = { ...signedForm({ signedBy: named('Signer') }), revision: signed.revision };
  const signedAt = { eventId: id, reference: signed.reference };
  expect((await ask('safeguarding', 'recordPaper', { params: signedAt, body: record })).status).toBe(200);

  const worry: [string, string][] = [
    ['what', `a ${MARK} of a report`],
    ['contact', at('worried')],
  ];
  const reported = await call('postReport', { params: { eventId: id }, ...postForm(worry) });
  const report = new URL(String(reported.headers?.['location']), 'https://forum.test').searchParams.get('sent') ?? '';
  const step = { state: 'looked-at', note: `a ${MARK} of a note`, after: 0 };
  const reportAt = { eventId: id, reference: report };
  expect((await ask('safeguarding', 'stepReport', { params: reportAt, body: step })).status).toBe(200);

  const code = {
    label: named('Newsroom'),
    uses: 2,
    validUntil: '2099-12-31T00:00:00Z',
    email: at('invited'),
  };
  const { body: invitation } = await ask('organiser', 'makeInvitation', { params: { eventId: id }, body: code });
  const colleague = { grants: [{ role: 'organiser' }], label: named('Colleague'), email: at('colleague') };
  const { body: role } = await ask('organiser', 'inviteToRoles', { params: { eventId: id }, body: colleague });
  const { body: team } = await ask('organiser', 'listRoles', { params: { eventId: id } });

  const message = {
    segment: {},
    words: { en: { subject: named('Subject'), text: `a ${MARK} of a message` } },
    people: 4,
  };
  const messageAt = { eventId: id, messageId: 'M'.repeat(22) };
  expect((await ask('organiser', 'sendMessage', { params: messageAt, body: message })).status).toBe(200);

  const comer = await byEmail(at('comer'));
  const many = [{ reference: comer.reference, revision: comer.revision }];
  const tagAt = { eventId: id, tagId: 'a2345678' };
  const tag = { name: named('Tag'), purpose: `a ${MARK} of a purpose` };
  expect((await ask('organiser', 'writeTag', { params: tagAt, body: tag })).status).toBe(200);
  const viewAt = { eventId: id, viewId: 'a2345678' };
  const view = { name: named('View'), shown: { filters: [], columns: [] } };
  expect((await ask('organiser', 'writeView', { params: viewAt, body: view })).status).toBe(200);
  const welcome = { why: `a ${MARK} of a line` };
  const noteAt = { eventId: id, reference: comer.reference, noteId: 'n2345678' };
  const noteText = { text: `A note that is a ${MARK} of its own` };
  expect((await ask('organiser', 'writeNote', { params: noteAt, body: noteText })).status).toBe(200);
  const greetedAt = { eventId: id, reference: comer.reference };
  expect((await ask('protocol', 'greetPerson', { params: greetedAt, body: welcome })).status).toBe(200);
  const bulk = { kind: 'approve', id: 'B'.repeat(22), people: many };
  expect((await ask('organiser', 'startBulk', { params: { eventId: id }, body: bulk })).status).toBe(202);
  const phone = await openPhone(parts, id, { name: named('Door'), maySearch: true });
  const other = await openPhone(parts, id, { name: named('Other door') });
  const [comerTicket, childTicket] = [ticketHashOf(comer), ticketHashOf(child)];
  const scanned = [comer, child].map(({ reference }, index) =>
    sentScan({ reference, ticket: [comerTicket, childTicket][index] }),
  );
  for (const each of [phone, other]) {
    const { answers } = await each.send(scanned.map((scan) => ({ ...scan, scanId: scanId() })));
    expect(answers).toMatchObject([{ result: 'kept' }, { result: 'kept' }]);
  }
  const thing = { name: named('Headset'), often: 'any', isLent: true };
  const thingAt = { eventId: id, listId: 'headset' };
  const { body: lists } = await ask('organiser', 'showCheckIn', { params: { eventId: id } });
  const made = { ...thing, revision: lists.revision };
  expect((await ask('organiser', 'putHandout', { params: thingAt, body: made })).status).toBe(200);
  const desk = await openPhone(parts, id, { name: named('Desk'), lists: ['headset'] });
  const given = scanned.map((scan) => ({ ...scan, scanId: scanId(), list: 'headset' }));
  expect((await desk.send(given)).answers).toMatchObject([{ result: 'kept' }, { result: 'kept' }]);
  const { body: inbox } = await ask('organiser', 'listConflicts', { params: { eventId: id } });
  const seen = inbox.conflicts.find(({ ticket }: { ticket: string }) => ticket === comerTicket);
  const decided = {
    decision: 'same-person',
    scans: [seen.scans[0].scanId],
    after: 0,
    note: `a ${MARK} of a decision`,
  };
  const conflictAt = { eventId: id, listId: 'event', ticket: comerTicket };
  expect((await ask('organiser', 'decideConflict', { params: conflictAt, body: decided })).status).toBe(200);
  const handed = { eventId: id, handOverId: 'H'.repeat(22) };
  const file = {
    device: phone.deviceId,
    entries: 2,
    isLast: true,
    scans: scanned.map((scan) => ({ ...scan, scanId: scanId() })),
  };
  expect((await ask('organiser', 'bringHandOver', { params: handed, body: file })).status).toBe(200);
  await setForms(parts, id, { event: OPEN_NOW });
  const canary = putCanarySecret(parts.database.tables.registry, CANARY_SECRET);
  await writeAll(documentClient(parts.database.client), [canary], realSystem);
  const tokens = {
    public: '',
    canary: CANARY_SECRET,
    organiser: '',
    registration: await manageToken(comer, secrets),
    guardian: await consentToken(asked, secrets),
    coordinator: await event.token(),
    address: await moving.confirmToken(mover),
    mailbox: await unsubscribeToken(mailOfRegistration(comer), secrets),
    feedback: await feedbackToken(comer, secrets),
    device: phone.token,
    unconfirmed: await forms.linkOf(at('by-mail')),
    asked: await manageToken(asked, secrets),
    completing: await manageToken(completing, secrets),
    online: await manageToken(await byEmail(at('online')), secrets),
  };
  const tokenFor = ({ auth, path }: Route): string => {
    if (path.endsWith('/complete')) return tokens.completing;
    if (path.endsWith('/guardian')) return tokens.asked;
    return path.startsWith('/j/') ? tokens.online : tokens[auth];
  };

  /** A call of a route that finds what it is about. */
  function callOf(route: RouteId): Call {
    const { auth, path, headers }: Route = ROUTES[route];
    const token = tokenFor(ROUTES[route]);
    const about = path.includes('/minors/') ? child.reference : path.includes('/reports/') ? report : comer.reference;
    const invitationId = path.includes('/role-') ? role.id : invitation.id;
    const quotaId = forum().quotas[0]?.id ?? '';
    const memberId = team.members.find(({ label }: { label: string }) => label === 'laos')?.id;
    return {
      params: {
        eventId: auth === 'canary' ? CANARY_EVENT : id,
        token,
        form: 'event',
        formId: 'event',
        reference: about,
        invitationId,
        quotaId,
        sessionId: 'opening',
        memberId,
        member: line,
        messageId: messageAt.messageId,
        bulkId: bulk.id,
        tagId: tagAt.tagId,
        noteId: noteAt.noteId,
        viewId: viewAt.viewId,
        listId: path.includes('/handouts/') ? thingAt.listId : conflictAt.listId,
        ticket: childTicket,
        deviceId: other.deviceId,
        handOverId: handed.handOverId,
      },
      ...(path.endsWith('/search') && { query: { q: comer.reference } }),
      ...(headers?.shape['authorization'] && {
        headers: {
          authorization: `Bearer ${token}`,
          ...(headers.shape['search-unlock'] && { 'search-unlock': `code ${SEARCH_CODE}` }),
        },
      }),
    };
  }

  return {
    ...event,
    /** The address of someone who comes, and said what they need. */
    comer: at('comer'),
    /** The address of a minor who comes, and said so too. */
    child: at('child'),
    callOf,
    /** What nobody may find who does not hold it. */
    secrets: [
      ...Object.values(tokens).map((token) => token.slice(token.lastIndexOf('.') + 1)),
      other.token.slice(other.token.lastIndexOf('.') + 1),
      invitation.code,
      new URLSearchParams(new URL(role.link).hash.slice(1)).get('invitation') ?? '',
    ].filter((secret) => secret !== ''),
  };
}

export type WholeEvent = Awaited<ReturnType<typeof openWholeEvent>>;

export interface Asked {
  readonly id: RouteId;
  /** Of the team, on a route for those who run an event. */
  readonly who: TeamMember | undefined;
}

/** Every route of the contract that is wanted, with everyone who may call it. */
export function everyCall(wanted: (route: Route) => boolean): Asked[] {
  return Object.entries<Route>(ROUTES)
    .filter(([, route]) => wanted(route))
    .flatMap(([id, { auth }]) =>
      (auth === 'organiser' ? TEAM_MEMBERS : [undefined]).map((who) => ({ id: id as RouteId, who })),
    );
}

export const callAs = ({ id, who }: Asked, what: Call) =>
  call(id, {
    ...what,
    ...(who && { caller: identityOf(who), headers: { [WHY_HEADER]: 'a%20test', ...what.headers } }),
  });

/** Of the team, for ticks that an owner who is vetted does not hold, or by which more than adults are seen. */
const HOLDER: Readonly<Partial<Record<Tick, TeamMember>>> = {
  safeguarding: 'safeguarding',
  'see-minors': 'safeguarding',
  care: 'vettedCare',
  greet: 'protocol',
};

/** A call of a route by a caller who may make it. */
export function callAsHolder(id: RouteId, what: Call) {
  const route: Route = ROUTES[id];
  const ticks = route.auth === 'organiser' ? route.ticks : undefined;
  const [tick = 'see-people'] = ticks === 'signed-in' ? [] : (ticks ?? []);
  const who = ticks && (ticks === 'signed-in' ? 'organiser' : (HOLDER[tick] ?? 'vettedOrganiser'));
  return callAs({ id, who }, what);
}
