import { manifest as checkinManifest } from '../../functions/checkin/function.ts';
import { realDeps as checkin } from '../../functions/checkin/index.ts';
import { manifest as doorsManifest } from '../../functions/doors/function.ts';
import { realDeps as doors } from '../../functions/doors/index.ts';
import { manifest as resultsManifest } from '../../functions/feedback-results/function.ts';
import { realDeps as results } from '../../functions/feedback-results/index.ts';
import { manifest as messagesManifest } from '../../functions/messages/function.ts';
import { realDeps as messages } from '../../functions/messages/index.ts';
import { showMessage } from '../../shared/announcements/write/messages.case.ts';
import { previewMessage } from '../../shared/announcements/write/send.case.ts';
import { loadAttendance } from '../../shared/checkin/attendance/attendance.case.ts';
import { showArrivalBoard } from '../../shared/checkin/attendance/board.case.ts';
import { listWhoCame } from '../../shared/checkin/attendance/who-came.case.ts';
import { enrolDevice } from '../../shared/checkin/device/enrol.case.ts';
import { listBadges } from '../../shared/checkin/review/list-badges.case.ts';
import { searchPeople } from '../../shared/checkin/search/search-people.case.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { EVENT_FORM } from '../../shared/feedback/form/form.ts';
import { attendance, peopleIn } from '../../shared/feedback/result/attended.case.ts';
import { requireRoom } from '../../shared/kernel/http/reply.ts';
import type { KnownPeople } from '../../shared/registration/people/people.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { forum } from '../../test/support/forum.ts';
import { offerCode, ownSecret, SEARCH_CODE } from '../../test/support/phone.ts';
import { AGREED } from './agreed.ts';
import { BECAME, CAME_TO, type GrownEvent, MESSAGE } from './event.ts';

/** What is asked of a function. */
export interface Question {
  readonly what: string;
  /** Of how much memory the function has follows how much of a processor. */
  readonly manifest: { readonly memory: number };
  /** Of whose answer the processor time is agreed exactly: the others may take longer. */
  readonly isHeld?: true;
  /**
   * Asks it of a new instance, each call once more.
   *
   * @returns the read units of what is read beside the indexes
   * @throws Error when the answer is another one than of all people
   */
  readonly newInstance: () => () => Promise<number>;
}

type Told = { readonly body: unknown };

const ORGANISER = { id: 'member', grants: [{ role: 'organiser' }] } as never;
/** Read units beside the indexes, one each: lists, phones that are silent, and what is said of who answers a form. */
const [LISTS, PHONES, LABELS] = [1, 1, 1];

/** All that is asked of an event of so many, by an organiser and by a phone of its own. */
export async function questionsOf({ parts, id, people, index, system }: GrownEvent): Promise<readonly Question[]> {
  const size = people.length;
  const person = people[size >> 1] as Registration;
  const { rules } = splitTexts(forum({ id }));
  const { code } = await offerCode(parts, id, { maySearch: true });
  const enrolment = { code, secret: ownSecret(), searchCode: SEARCH_CODE };
  const { body: enrolled } = (await enrolDevice(checkin())({ body: enrolment } as never)) as Told;
  const headers = { authorization: `Bearer ${(enrolled as { token: string }).token}` };
  // Once it is open, no code is asked for, which takes the longest on purpose.
  let sent: Readonly<Record<string, string>> = { ...headers, 'search-unlock': `code ${SEARCH_CODE}` };
  const instanceOf = <Deps extends object>(deps: Deps) => ({
    ...{ ...deps, system, people: index },
    ...{ peopleMemory: new Map<string, KnownPeople>(), attendanceMemory: new Map(), notedNews: new Map() },
  });
  /** @throws Error when Lambda would refuse it for its size */
  const answered = async (answer: unknown) => {
    const { body } = (await answer) as Told;
    requireRoom(JSON.stringify(body));
    return body as Record<string, unknown>;
  };
  const asked = (query: object, more: object = {}) =>
    ({ params: { eventId: id, ...more }, query, language: 'en' }) as never;
  return [
    {
      ...{ what: 'desk search', manifest: checkinManifest, isHeld: true },
      newInstance() {
        const search = searchPeople(instanceOf(checkin()));
        return async () => {
          const answer = await search.admit({ ...headers, params: {} } as never);
          const { body } = (await answer({ query: { q: person.fullName }, headers: sent } as never)) as Told;
          sent = headers;
          if (!JSON.stringify(body).includes(person.reference)) throw new Error('the desk found another one');
          return 0;
        };
      },
    },
    {
      ...{ what: 'preview', manifest: messagesManifest, isHeld: true },
      newInstance() {
        const preview = previewMessage(instanceOf(messages()));
        const wanted = { params: { eventId: id }, body: { segment: {} }, language: 'en' } as never;
        return async () => {
          const { body } = (await preview(wanted, ORGANISER)) as Told;
          if ((body as { people: number }).people !== size) throw new Error('the preview counts others');
          return 0;
        };
      },
    },
    {
      ...{ what: 'page of a message', manifest: messagesManifest, isHeld: true },
      newInstance() {
        const show = showMessage(instanceOf(messages()));
        return async () => {
          const { counts } = await answered(show(asked({}, { messageId: MESSAGE }), ORGANISER));
          if ((counts as { arrived: number }).arrived !== size / BECAME.length) throw new Error('others arrived');
          return 0;
        };
      },
    },
    {
      ...{ what: 'who came', manifest: doorsManifest },
      newInstance() {
        const list = listWhoCame(instanceOf(doors()));
        // An answer of Lambda holds the names of some 25,000: of more, a part is asked.
        const isWhole = size <= AGREED;
        const inList = asked(isWhole ? {} : { part: person.reference.slice(0, 1) }, { listId: CAME_TO[1] });
        return async () => {
          const { people: came } = await answered(list(inList, ORGANISER));
          const told = came as readonly { reference: string }[];
          const isTold = isWhole ? told.length === size : told.some((each) => each.reference === person.reference);
          if (!isTold) throw new Error('others came');
          return LISTS;
        };
      },
    },
    {
      ...{ what: 'attendance, a page', manifest: doorsManifest },
      newInstance() {
        const load = loadAttendance(instanceOf(doors()));
        return async () => {
          if ((await answered(load(asked({}), ORGANISER)))['total'] !== size) throw new Error('attendance of others');
          return LISTS;
        };
      },
    },
    {
      ...{ what: 'arrival board', manifest: doorsManifest },
      newInstance() {
        const show = showArrivalBoard(instanceOf(doors()));
        return async () => {
          const board = await answered(show(asked({ list: CAME_TO[1] }), ORGANISER));
          if (!JSON.stringify(board).includes(`${size}`)) throw new Error('a board of others');
          return LISTS + PHONES;
        };
      },
    },
    {
      ...{ what: 'page of results', manifest: resultsManifest, isHeld: true },
      newInstance() {
        const deps = instanceOf(results());
        return async () => {
          const { attendedBy } = await attendance(deps, rules);
          if (peopleIn(await attendedBy({ id: EVENT_FORM })) !== size) throw new Error('others took part');
          return LISTS + LABELS;
        };
      },
    },
    {
      ...{ what: 'badges, but a unit for each', manifest: doorsManifest },
      newInstance() {
        const list = listBadges(instanceOf(doors()));
        return async () => ((await answered(list(asked({}), ORGANISER)))['badges'] as readonly object[]).length;
      },
    },
  ];
}

/** What it asks for the badge of one person. */
export function askForBadge({ id, people }: GrownEvent): () => Promise<unknown> {
  const badges = listBadges(doors());
  const asked = { params: { eventId: id }, query: { reference: people[1]?.reference }, language: 'en' } as never;
  return async () => badges(asked, ORGANISER);
}
