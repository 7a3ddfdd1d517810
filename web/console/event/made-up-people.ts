import { type AnswerValue, holds } from '../../../shared/event/condition.ts';
import type { EventDefinition, Question, QuestionType } from '../../../shared/event/event.ts';
import { areExclusive, signUpSessions } from '../../../shared/event/sessions.ts';
import { placesOffered } from '../../../shared/kernel/text/countries.ts';
import type { BodyOf } from '../kernel/api.ts';

/** What of an event says whom it takes. */
type Taking = Pick<
  EventDefinition<string>,
  | 'categories'
  | 'consents'
  | 'countries'
  | 'days'
  | 'featuredCountries'
  | 'languages'
  | 'modes'
  | 'questions'
  | 'sessions'
>;

type MadeUpPerson = BodyOf<'POST /api/organiser/events/{eventId}/on-behalf'>;

/** Names that nobody has, by the countries where they are written so: *Sample*, and then two of what grows, flows or shines. */
const NAMES = (
  [
    ['KH', 'គំរូ,ស្វាយ,ផ្កាឈូក,ទន្លេ,ភ្នំ,ផ្កាយ,ដូង,ភ្លៀង,ទូក,ព្រៃ,ឫស្សី'],
    ['TH', 'ตัวอย่าง,มะม่วง,ดอกบัว,แม่น้ำ,ภูเขา,ดวงดาว,มะพร้าว,สายฝน,เรือ,ป่าไม้,ไผ่'],
    ['LA', 'ຕົວຢ່າງ,ໝາກມ່ວງ,ດອກບົວ,ແມ່ນ້ຳ,ພູເຂົາ,ດວງດາວ,ໝາກພ້າວ,ຝົນ,ເຮືອ,ປ່າໄມ້,ໄມ້ໄຜ່'],
    ['MM', 'နမူနာ,သရက်,ကြာပန်း,မြစ်,တောင်,ကြယ်,အုန်း,မိုး,လှေ,တော,ဝါး'],
    ['VN', 'Mẫu,Xoài,Hoa Sen,Sông,Núi,Ngôi Sao,Dừa,Mưa,Thuyền,Rừng,Tre'],
    ['MY,BN,ID', 'Contoh,Mangga,Teratai,Sungai,Gunung,Bintang,Kelapa,Hujan,Perahu,Hutan,Buluh'],
    ['SG,MY', 'மாதிரி,மாம்பழம்,தாமரை,ஆறு,மலை,நட்சத்திரம்,தேங்காய்,மழை,படகு,காடு,மூங்கில்'],
    ['SG,CN', '样本,芒果,莲花,江河,高山,星星,椰子,雨水,小船,森林,竹子'],
    ['PH,TL', 'Sample,Mango,Lotus,River,Mountain,Star,Coconut,Rain,Boat,Forest,Bamboo'],
  ] as const
).map(([countries, words]) => ({ countries: countries.split(','), words: words.split(',') }));
const LATIN = NAMES.at(-1)?.words ?? [];

const ORGANISATIONS = ['Ministry', 'University', 'Company', 'Network', 'Foundation'].map((kind) => `Sample ${kind}`);
const POSITIONS = ['Sample director', 'Sample adviser', 'Sample researcher', 'Sample reporter'];

/** Of every so many answers that may be left out, one is. */
const LEFT_OUT = 4;

/**
 * People for a rehearsal, as `registerOnBehalf` takes them: adults of all groups in turn, in scripts of the region in turn, on days and in
 * modes that the event has, with answers to most of what it asks of them. What their names say, in their own language, is that they are samples.
 *
 * @param seed of what is drawn, and part of their addresses: people of two seeds are different people. No mail is sent to `.invalid` (RFC 6761)
 */
export function madeUpPeople(event: Taking, count: number, seed: number): readonly MadeUpPerson[] {
  const draw = draws(seed);
  return Array.from({ length: count }, (_, each) =>
    madeUpPerson(event, seed + each, `${seed.toString(36)}-${each}`, draw),
  );
}

/** A place among so many: 0 and above. */
type Draw = (most: number) => number;

function madeUpPerson(event: Taking, turn: number, unique: string, draw: Draw): MadeUpPerson {
  const one = <T>(of: readonly T[]): T | undefined => of[draw(of.length)];
  const category = event.categories[turn % event.categories.length];
  const { countries = [], words = LATIN } = NAMES[turn % NAMES.length] ?? {};
  const open = placesOffered(event.countries).filter((code) => category?.countries?.includes(code) ?? true);
  const near = [countries, event.featuredCountries.codes, open].map((codes) =>
    codes.filter((code) => open.includes(code)),
  );
  const country = one(near.find(({ length }) => length > 0) ?? []) ?? '';
  const others = LATIN.length - 1;
  const first = draw(others);
  const second = (first + 1 + draw(others - 1)) % others;
  const named = (all: readonly string[]): string => [all[0], all[1 + first], all[1 + second]].join(' ');
  const mode = one(event.modes)?.id ?? '';
  const ids = event.days.map(({ id }) => id);
  const days = draw(3) > 0 ? ids : [one(ids) ?? ''];
  const sessions = chosenSessions(event, days, draw);
  const about = { category: category?.id ?? '', mode, country };
  return {
    ageBand: 'adult',
    email: `made-up-${unique}@rehearsal.invalid`,
    // Half of them write their name in Latin letters, and in their own besides.
    ...(words !== LATIN && draw(2) > 0
      ? { fullName: named(LATIN), nativeName: named(words) }
      : { fullName: named(words) }),
    position: one(POSITIONS) ?? '',
    organisation: one(ORGANISATIONS) ?? '',
    ...about,
    days: [...days],
    sessions,
    language: one(event.languages) ?? '',
    answers: answersOf(event, { ...about, sessions }, draw),
    consents: Object.fromEntries(
      event.consents.flatMap(({ id, required, version }) => (required ? [[id, version]] : [])),
    ),
  };
}

/** About half of those that are chosen in the form, none of them at the same time as another. */
function chosenSessions(event: Taking, days: readonly string[], draw: Draw): string[] {
  const chosen: Taking['sessions'][number][] = [];
  for (const session of signUpSessions(event)) {
    const isFree = days.includes(session.day) && !chosen.some((each) => areExclusive(each, session));
    if (isFree && draw(2) > 0) chosen.push(session);
  }
  return chosen.map(({ id }) => id);
}

/** To what the form asks of someone like them at first; nothing of needs, which nobody says for another. */
function answersOf(
  { questions }: Taking,
  about: { readonly category: string; readonly mode: string; readonly country: string; readonly sessions: string[] },
  draw: Draw,
): MadeUpPerson['answers'] {
  const answers: Record<string, AnswerValue> = {};
  for (const question of questions) {
    if (question.care || question.later || !holds(question.when, { ...about, answers })) continue;
    if (question.required || draw(LEFT_OUT) > 0)
      answers[question.id] = ANSWERS[question.type](question, about.country, draw);
  }
  return answers;
}

const WORDS = 'A sample answer';
const words = ({ max = WORDS.length }: Question<string>): string => WORDS.slice(0, max).trim();
const options = ({ options: all = [] }: Question<string>): readonly string[] => all.map(({ id }) => id);

const ANSWERS: Readonly<Record<QuestionType, (to: Question<string>, country: string, draw: Draw) => AnswerValue>> = {
  text: words,
  'long-text': words,
  email: () => 'made-up@rehearsal.invalid',
  // No country's code begins so.
  phone: () => '+000 00 000 000',
  country: (_, country) => country,
  organisation: () => ORGANISATIONS[0] ?? '',
  choice: (question, _, draw) => options(question)[draw(options(question).length)] ?? '',
  'multi-choice': (question, _, draw) => {
    const first = draw(options(question).length);
    return options(question).slice(first, first + 1 + draw(2));
  },
  'yes-no': (_, __, draw) => draw(2) > 0,
  number: ({ max = 9 }, _, draw) => 1 + draw(Math.min(max, 9)),
  date: (_, __, draw) => `200${draw(10)}-01-01`,
};

/** Numbers that seem random, the same ones of one seed (mulberry32, by Tommy Ettinger, in the public domain). */
function draws(seed: number): Draw {
  let state = seed | 0;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}
