import type { Route } from '../../shared/kernel/route.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { peopleFields, person } from '../support/delegation.ts';
import { formFields, submission } from '../support/forum.ts';
import { scanId, sentScan } from '../support/phone.ts';
import type { WholeEvent } from '../support/whole-event.ts';
import { completeFields, consentFields, signedForm, youngFields, youngSubmission } from '../support/young.ts';
import type { Chance } from './chance.ts';

/** What is there when a request is drawn. */
export interface Now {
  readonly event: WholeEvent;
  readonly id: RouteId;
  readonly params: Readonly<Record<string, string>>;
  readonly people: readonly Registration[];
  /** Of the request in its round. */
  readonly number: number;
  /** What a route answers that tells more. */
  readonly ask: (id: RouteId, params?: Readonly<Record<string, string>>, body?: object) => Promise<Told>;
}

/** Of what routes answer: each has some of it. */
interface Told {
  readonly version?: number;
  readonly revision?: number;
  readonly members?: readonly { readonly id: string; readonly revision: number }[];
  readonly people?: number;
  readonly outcome?: object;
  readonly definition?: object;
}

type Draw<Drawn> = (now: Now, chance: Chance) => Drawn | Promise<Drawn>;
type ByRoute<Drawn> = { readonly [Id in RouteId]?: Draw<Drawn> };

const HOUR = 3_600_000;
const inAnHour = (): string => new Date(Date.now() + HOUR).toISOString();
const versionOf = async ({ ask }: Now) => (await ask('getProgramme')).version;

/** Of what a route changes, as its caller has just read it. */
async function revisionOf({ id, params, people, ask }: Now): Promise<number> {
  const { path }: Route = ROUTES[id];
  const reference = people.find((each) => each.reference === params['reference']);
  const revision = async (): Promise<number | undefined> => {
    if (path.includes('{reference}')) return path.includes('/notes/') ? 1 : reference?.revision;
    if (path.includes('/check-in/')) return (await ask('showCheckIn')).revision;
    if (path.includes('/feedback/')) return (await ask('listFeedback')).revision;
    const { members = [] } = path.includes('/roles/') ? await ask('listRoles') : {};
    return members.find((each) => each.id === params['memberId'])?.revision;
  };
  return (await revision()) ?? 1;
}

const withRevision = async (now: Now, body: object) => ({ ...body, revision: await revisionOf(now) });
const namesOf = (chance: Chance) => ({ fullName: chance.text(), organisation: chance.text(), position: chance.text() });
const some = <T>(all: readonly T[], chance: Chance): T[] => all.filter(() => chance.is(0.25));
const selected = ({ people }: Now, chance: Chance) =>
  some(people, chance).map(({ reference, revision }) => ({ reference, revision }));
const someone = ({ people }: Now, chance: Chance): string => chance.of(...people).reference;

/** What properties are in most of all cases, by their names. */
export const KNOWN: Readonly<Record<string, Draw<unknown>>> = {
  revision: revisionOf,
  version: versionOf,
  email: ({ people, number }, chance) => (chance.is(0.8) ? chance.address(number) : chance.of(...people).email),
  language: (_, chance) => chance.of('en', 'km'),
  category: (_, chance) => chance.of('academia', 'media', 'children-youth'),
  categories: () => ['academia', 'media'],
  mode: (_, chance) => chance.of('in-person', 'online'),
  country: (_, chance) => chance.of('TH', 'KH', 'LA'),
  countries: () => ['TH', 'LA'],
  days: (_, chance) => chance.of(['day-1'], ['day-1', 'day-2']),
  consents: (_, chance) => chance.of({ 'code-of-conduct': '2027-1' }, { attendance: '2027-1' }),
  consent: (_, chance) => chance.of('attendance', 'photo-recording'),
  people: selected,
  references: ({ people }, chance) => some(people, chance).map(({ reference }) => reference),
  reference: someone,
  chaperone: someone,
  title: (_, chance) => chance.words(),
  endsAt: (_, chance) => chance.of('9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00Z', inAnHour()),
  validUntil: (_, chance) => chance.of('9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00Z', inAnHour()),
  firstDay: (_, chance) => chance.of('0000-01-01', '2028-02-29', '9999-12-31'),
  day: (_, chance) => chance.of('day-1', 'day-2'),
  session: () => 'opening',
  phone: () => '+855 12 000 000',
  after: (_, chance) => chance.below(3),
  segment: (_, chance) => chance.of({}, { categories: ['academia'] }, { statuses: ['confirmed'], modes: ['online'] }),
  definition: async ({ ask }) => (await ask('getDefinition')).definition,
  device: ({ event }) => event.callOf('bringHandOver').params?.['deviceId'],
};

const scansOf = ({ people }: Now, chance: Chance) =>
  some(people, chance).map((each) => {
    const time = Date.now() - chance.below(HOUR);
    const odd = () => chance.of(time, time, 0, -1, 1.5, 8.64e15);
    return sentScan({
      ...{ reference: each.reference, ticket: ticketHashOf(each), kind: chance.of('in', 'in', 'out') },
      ...{ list: chance.of('event', 'headset', 'day-1'), scannedAt: odd(), correctedAt: odd() },
    });
  });

const GRANTS = [
  [{ role: 'viewer' }],
  [{ role: 'focal-point', countries: ['TH'] }],
  [{ role: 'custom', ticks: ['see-numbers'] }],
  [{ role: 'staff', endsAt: '2099-12-31T00:00:00Z' }],
];
const announced = (chance: Chance) => ({
  segment: {},
  words: { en: { subject: chance.text(), text: chance.text() } },
});

/** Bodies as routes take them, whatever the names in them. */
export const TAKEN: ByRoute<object> = {
  submitRegistration: ({ number }, chance) => {
    const sent = { email: chance.address(number), category: chance.of('academia', 'media'), ...namesOf(chance) };
    const guardian = { name: chance.text(), email: `guardian-${number}@fuzz.example.org`, language: 'km' };
    return chance.is(0.7) ? submission(sent) : youngSubmission({ email: sent.email, name: chance.text(), guardian });
  },
  addRegistration: ({ number }, chance) => {
    const { ageBand: _, consents: __, ...sent } = submission({ email: chance.address(number), ...namesOf(chance) });
    return { ...sent, role: chance.of('speaker', 'interpreter', 'volunteer') };
  },
  registerOnBehalf: ({ number }, chance) => submission({ email: chance.address(number), ...namesOf(chance) }),
  amendRegistration: (_, chance) => ({ ...namesOf(chance), mode: chance.of('in-person', 'online') }),
  previewAmendment: (now, chance) => withRevision(now, { organisation: chance.text(), mode: 'online' }),
  amendPerson: async (now, chance) => {
    const sent = await withRevision(now, { ...namesOf(chance), mode: chance.of('in-person', 'online') });
    const { outcome } = await now.ask('previewAmendment', now.params, sent);
    return { ...sent, tell: chance.is(0.5), promised: outcome };
  },
  substituteRegistration: (now, chance) =>
    withRevision(now, {
      email: chance.address(now.number),
      language: 'en',
      ...namesOf(chance),
      organisation: undefined,
    }),
  inviteToRoles: (_, chance) => ({ grants: chance.of(...GRANTS), label: chance.text(100) }),
  changeRoles: (now, chance) => withRevision(now, { grants: chance.of(...GRANTS) }),
  recordPaper: (now, chance) => withRevision(now, signedForm({ signedBy: chance.text() })),
  changeSession: async (now, chance) => {
    const session = { title: chance.words(), room: chance.words(), day: 'day-1', start: '10:00', end: '11:00' };
    return { session, version: await versionOf(now) };
  },
  previewMessage: (_, chance) => announced(chance),
  testMessage: (_, chance) => ({ language: 'en', words: announced(chance).words.en }),
  sendMessage: async ({ ask, params }, chance) => {
    const sent = announced(chance);
    return { ...sent, people: (await ask('previewMessage', params, sent)).people };
  },
  previewBulk: (now, chance) => ({ kind: 'approve', people: selected(now, chance) }),
  startBulk: (now, chance) => ({
    ...{ kind: chance.of('approve', 'decline', 'take-back', 'cancel', 'tag', 'untag', 'add-to-session') },
    ...{ id: scanId(), people: selected(now, chance) },
    ...(chance.is(0.5) && { tag: 'a2345678', session: 'opening', reason: 'full' }),
  }),
  decideRegistration: (now, chance) =>
    withRevision(now, { decision: chance.of('approve', 'decline', 'take-back'), note: chance.text() }),
  askApplicant: (now, chance) => withRevision(now, { text: `A question? ${chance.text()}` }),
  handOver: (now, chance) => withRevision(now, { to: chance.of('me', 'nobody'), note: chance.text() }),
  putCheckInList: (now, chance) => {
    const place = chance.of({ kind: 'event' }, { kind: 'day', day: 'day-1' }, { kind: 'session', session: 'opening' });
    const passing = chance.of('once', 'again', 'in-and-out');
    return withRevision(now, { name: chance.text(), place, modes: ['in-person'], signedUpOnly: false, passing });
  },
  putHandout: (now, chance) => withRevision(now, { name: chance.text(), often: 'any', isLent: true }),
  offerEnrolment: (_, chance) => ({
    name: chance.text(),
    lists: ['event'],
    endsAt: inAnHour(),
    maySearch: chance.is(0.5),
  }),
  copyEvent: ({ event, number }, chance) => ({
    ...{ id: `${event.id}-${number}`, title: chance.words(), firstDay: '2027-12-06' },
    ...(chance.is(0.3) && { rehearsal: true }),
  }),
  changeRegistrationWindow: async (now) => {
    return { opensAt: '2026-01-01T00:00:00Z', closesAt: '2027-10-30T00:00:00Z', version: await versionOf(now) };
  },
  writeView: (_, chance) => ({ name: chance.text(), shown: { filters: [], columns: ['name'] } }),
  replaceNeeds: (_, chance) => ({ answers: { food: ['vegan'], note: chance.text(), help: chance.text() } }),
  addNeeds: (_, chance) => ({ answers: { food: ['halal'], help: chance.text() } }),
  giveConsent: (_, chance) =>
    chance.of<object>(
      { action: 'agree', consents: { attendance: '2027-1' }, phone: '+855 12 000 000' },
      { action: 'say-handover', handover: { alone: false, adults: [chance.text(), 'Second'], never: chance.text() } },
      { action: 'replace-code' },
    ),
  noteHandover: (now, chance) =>
    withRevision(now, { handover: { alone: chance.is(0.5), adults: [chance.text()], never: chance.text() } }),
  postScans: (now, chance) => ({ scans: scansOf(now, chance) }),
  bringHandOver: (now, chance) => {
    const { deviceId: device } = now.event.callOf('bringHandOver').params ?? {};
    return { device, entries: 3, isLast: chance.is(0.5), scans: scansOf(now, chance) };
  },
  makeInvitation: (_, chance) => ({ label: chance.text(100), uses: 5, validUntil: inAnHour() }),
};

/** Fields as forms of pages take them. */
export const TAKEN_FIELDS: ByRoute<[string, string][]> = {
  postForm: ({ number }, chance) =>
    formFields({
      email: chance.address(number),
      ...namesOf(chance),
      category: 'media',
      'answers.oftext': chance.text(),
    }),
  postYoungForm: ({ number }, chance) => {
    const guardian = { 'guardian.name': chance.text(), 'guardian.email': `guardian-${number}@fuzz.example.org` };
    return youngFields({ email: chance.address(number), name: chance.text(), ...guardian });
  },
  postPeople: ({ number }, chance) => {
    const rows = [1, 2, 3].map((nth) =>
      person(10 * number + nth, { ...namesOf(chance), email: chance.address(number) }),
    );
    return peopleFields(
      rows.map(({ organisation: _, ...row }) => row),
      {},
      chance.of('register', 'check', 'more'),
    );
  },
  postConsent: (_, chance) => consentFields(chance.is(0.5)),
  postComplete: (_, chance) => completeFields({ ...namesOf(chance), 'answers.oflongtext': chance.text() }),
  postReport: ({ number }, chance) => [
    ['what', chance.text()],
    ['contact', chance.address(number)],
  ],
  postNeeds: (_, chance) => [
    ['action', 'keep'],
    ['answers.food', 'vegan'],
    ['answers.note', chance.text()],
  ],
};
