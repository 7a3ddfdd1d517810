import type { AnswerValue } from '../../event/condition.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { table } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { csvOf } from '../../kernel/text/csv.ts';
import { noteRead } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { eventOf, isVisible } from '../../team/role/within-reach.case.ts';
import { isOverdue } from '../decide/approval.ts';
import type { Registration } from '../registration.schema.ts';
import { inOrder } from './registration-order.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from './registrations.routes.ts';
import { matcher } from './search.ts';

type Deps = Needs<'auditTable' | 'events' | 'listRegistrations' | 'registrations' | 'system' | 'write'>;

/** Bytes of Lambda's answer, in which the table is a JSON string: its limit is 6 MB, and headers take some. */
const LARGEST = 6_000_000;

/** A file leaves the system and its rules behind: nobody under 18 is in it, whoever asks. */
export const exportRegistrations =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.exportRegistrations> =>
  async ({ params: { eventId }, query: { overdue, ...filter }, language }, caller) => {
    const [event, all] = await Promise.all([eventOf(deps, eventId, language), deps.listRegistrations(eventId)]);
    const now = deps.system.now();
    const isWanted = matcher(event, filter);
    const isLate = (each: Registration): boolean => overdue === undefined || isOverdue(event, each, now);
    const mayLeave = (each: Registration): boolean => each.ageBand !== 'minor' && isVisible(caller, each, event);
    const wanted = all.filter((each) => mayLeave(each) && isWanted(each) && isLate(each));
    const columns = columnsOf(event);
    const rows = inOrder('newest', wanted).map((each) => columns.map(([, value]) => text(value(each))));
    const csv = csvOf([columns.map(([name]) => name), ...rows]);
    if (Buffer.byteLength(JSON.stringify(csv)) > LARGEST) throw new ProblemError('export-too-large');
    await noteRead(deps, event, caller, 'export');
    return table(`${eventId}-${now.toISOString().slice(0, 10)}`, csv);
  };

type Column = readonly [name: string, value: (registration: Registration) => AnswerValue | undefined];

const COLUMNS = [
  'reference',
  'status',
  'role',
  'honorific',
  'fullName',
  'badgeName',
  'nativeName',
  'email',
  'position',
  'organisation',
  'country',
  'category',
  'mode',
  'days',
  'sessions',
  'closedSessions',
  'language',
] as const satisfies readonly (keyof Registration)[];
const TIMES = ['submittedAt', 'changedAt'] as const satisfies readonly (keyof Registration)[];

/** What someone needs arranged is kept apart from registrations, and its questions have no column either. */
function columnsOf(event: EventDefinition<string>): readonly Column[] {
  const { questions, consents } = event;
  return [
    ...COLUMNS.map((name): Column => [name, (registration) => asHeld(event, registration)[name]]),
    ['waitingSince', ({ waiting }) => waiting?.since],
    ...TIMES.map((name): Column => [name, (registration) => registration[name]]),
    // Otherwise than `mode` where the event has moved online since.
    ['modeAsked', ({ mode }) => mode],
    ...questions
      .filter(({ care }) => !care)
      .map(({ id, title }): Column => [`${id}: ${title}`, ({ answers }) => answers[id]]),
    ...consents.map(({ id, title }): Column => [`${id}: ${title}`, (each) => each.consents[id]]),
  ];
}

const text = (value: AnswerValue | undefined): string =>
  typeof value === 'object' ? value.join('; ') : String(value ?? '');
