import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkEvent, loadEvent, readEvent } from '../../cli/event-file.ts';
import { readersPromised, widenedReaders } from '../../shared/event/answer-readers.ts';

const FILE = resolve('events/asean-ict-forum.yaml');
const FORUM = readFileSync(FILE, 'utf8');

describe('the forum', () => {
  it('is a definition without problems', () => {
    expect(checkEvent(FORUM)).toEqual([]);
  });

  it('is complete: groups, Member States, background documents, Khmer', () => {
    const { categories, featuredCountries, resources, languages } = loadEvent(FILE);
    expect(categories).toHaveLength(10);
    expect(featuredCountries.codes).toHaveLength(11);
    expect(resources).toHaveLength(8);
    expect(languages).toEqual(['en', 'km']);
  });

  it('reads the same with Windows line ends and a byte order mark', () => {
    expect(checkEvent(`\ufeff${FORUM.replaceAll('\n', '\r\n')}`)).toEqual([]);
  });
});

const KM_TWICE = '      km: លោកអ្នកបានចុះឈ្មោះរួចហើយ តាមការចុះឈ្មោះមួយផ្សេងទៀត។\n';

/** A mistake: `before` in the forum's file becomes `after`, and the problem is on the line of `▸`, which is removed. */
interface Mistake {
  readonly before: string;
  readonly after: string;
  readonly path: string;
  readonly message: string | RegExp;
}

/** The forum's questions with one more, of so many boxes. */
const boxes = (length: number): string => {
  const options = Array.from({ length }, (_, box) => `      - { id: box-${box}, title: { en: Box, km: ប្រអប់ } }\n`);
  const question = '  - id: boxes\n    type: multi-choice\n    required: false\n    title: { en: Boxes, km: ប្រអប់ }\n';
  return `questions:\n${question}    options:\n${options.join('')}`;
};

/** From the mark on the one group that people under 18 may choose to how they register, and to the end of that. */
const FOR_MINORS = '    minors: true\n';
const TO_MINORS = FORUM.slice(FORUM.indexOf(FOR_MINORS), FORUM.indexOf('\nminors:\n') + 1);
const PAST_MINORS = FORUM.slice(FORUM.indexOf(FOR_MINORS), FORUM.indexOf('\nresources:'));

/** From the questions on to the readers of one: in a group, with readers of its own or none. */
const READERS = '    readers: [protocol]\n';
const TO_READERS = FORUM.slice(FORUM.indexOf('\nquestions:\n'), FORUM.indexOf(READERS) + READERS.length);
const inGroup = (groups: string, own: string): string =>
  `\nquestionGroups:\n${groups}${TO_READERS.replace(READERS, own)}`;
const NEED =
  '  - id: ramp\n    type: yes-no\n    required: false\n    care: true\n▸    group: travel\n    title: { en: Ramp, km: ផ្លូវជម្រាល }\n';
const TRAVEL = '  - { id: travel, readers: [protocol, communications] }\n';

/** A question with as many options as there may be, each with a name as long as it may be. */
const crowded = (id: string) =>
  `    - id: ${id}\n      type: choice\n      required: false\n      title: {en: A, km: A}\n      options:\n${Array.from(
    { length: 12 },
    (_, option) => `        - {id: ${String(option).padStart(40, 'o')}, title: {en: A, km: A}}\n`,
  ).join('')}`;

/** From the seats of the one session that people sign up for to that. */
const SIGN_UP = '    signUp: true\n';
const TO_SIGN_UP = FORUM.slice(
  FORUM.indexOf('session: [industry-first-steps]'),
  FORUM.indexOf(SIGN_UP) + SIGN_UP.length,
);

/** What the event is called in Khmer, in full and in subjects of mails. */
const [TITLE_KM = '', SHORT_KM = ''] = FORUM.match(/(?<=^(?:title|shortTitle):\n {2}en: .*\n).*$/gm) ?? [];
const SHORT_TITLE = FORUM.slice(FORUM.indexOf('# Subjects of mails'), FORUM.indexOf('tagline:\n'));

const MISTAKES: Record<string, Mistake> = {
  'a text lacks the first language': {
    before: 'host:\n  en: Royal Government of Cambodia and ASEAN\n',
    after: '▸host:\n',
    path: 'host',
    message: 'lacks the language en',
  },
  'whoever leaves the form of a report would be watched on the way': {
    before: '  helplines:\n',
    after: '▸  leaveTo: http://weather.example.org/\n  helplines:\n',
    path: 'safeguarding.leaveTo',
    message: 'expected an address that begins with https://',
  },
  'a text lacks another language': {
    before: '    title:\n      en: First day\n      km: ថ្ងៃទីមួយ',
    after: '▸    title:\n      en: First day',
    path: 'days.0.title',
    message: 'lacks the language km',
  },
  'a text is in a language that the event does not have': {
    before: '      km: ថ្ងៃទីមួយ',
    after: '      km: ថ្ងៃទីមួយ\n▸      lo: ມື້ທີໜຶ່ງ',
    path: 'days.0.title.lo',
    message: '"lo" is not in languages',
  },
  'a text is blank': {
    before: 'en: First day',
    after: '▸en: " "',
    path: 'days.0.title.en',
    message: 'is blank',
  },
  'answers would be kept by what every object of a program has': {
    before: '  - id: invitationLetter',
    after: '  - ▸id: constructor',
    path: 'questions.9.id',
    message: 'is a word of programs: write another',
  },
  'a title has a line break, as a block of YAML has at its end': {
    before: '  en: ASEAN ICT Forum on Child Online Protection\n',
    after: '▸  en: |\n    ASEAN ICT Forum on Child Online Protection\n',
    path: 'title.en',
    message: /^has a line break/,
  },
  'a short title has a line break': {
    before: '  en: ASEAN ICT Forum\n',
    after: '▸  en: "ASEAN\\nICT Forum"\n',
    path: 'shortTitle.en',
    message: /^has a line break/,
  },
  'the title is too long for subjects of mails, and there is no short one': {
    before: `${TITLE_KM}\n${SHORT_TITLE}`,
    after: `▸${TITLE_KM}\n`,
    path: 'title.km',
    message: 'has 242 bytes, and subjects of mails have room for 43: give the event a shortTitle of no more than that',
  },
  'the short title is too long as well': {
    before: SHORT_KM,
    after: `▸  km: ${'ក'.repeat(15)}`,
    path: 'shortTitle.km',
    message: 'has 45 bytes, and subjects of mails have room for 43: shorten it',
  },
  'a short title lacks a language': {
    before: `shortTitle:\n  en: ASEAN ICT Forum\n${SHORT_KM}`,
    after: '▸shortTitle:\n  en: ASEAN ICT Forum',
    path: 'shortTitle',
    message: 'lacks the language km',
  },
  'the name of the secretariat has a line break': {
    before: '    en: Forum secretariat\n',
    after: '▸    en: "Forum\\nsecretariat"\n',
    path: 'secretariat.name.en',
    message: /^has a line break/,
  },
  'a text is no text in languages': {
    before: 'title:\n      en: First day\n      km: ថ្ងៃទីមួយ',
    after: '▸title: First day',
    path: 'days.0.title',
    message: /^expected the text in each language/,
  },
  'an id is there twice': {
    before: '  - id: children-youth',
    after: '▸  - id: media',
    path: 'categories.9.id',
    message: '"media" is there already',
  },
  'a reason to decline is there twice': {
    before: '  - id: not-nominated',
    after: '▸  - id: full',
    path: 'declineReasons.2.id',
    message: '"full" is there already',
  },
  'a reason to decline lacks a language': {
    before: `  - id: twice\n    title:\n      en: You are registered already, by another registration.\n${KM_TWICE}`,
    after: '  - id: twice\n▸    title:\n      en: You are registered already, by another registration.\n',
    path: 'declineReasons.4.title',
    message: 'lacks the language km',
  },
  'there are no reasons to decline where they are named': {
    before: FORUM.slice(FORUM.indexOf('\ndeclineReasons:'), FORUM.indexOf('\ncategories:')),
    after: '\n▸declineReasons: []\n',
    path: 'declineReasons',
    message: 'is empty',
  },
  'an option is there twice': {
    before: '      - id: multi-country',
    after: '▸      - id: national',
    path: 'questions.2.options.1.id',
    message: '"national" is there already',
  },
  'a language is there twice': {
    before: 'languages: [en, km]',
    after: '▸languages: [en, km, en]',
    path: 'languages.2',
    message: '"en" is there already',
  },
  'a certificate asks for more days than there are': {
    before: '  kind: days\n  least: 1\n',
    after: '  kind: days\n▸  least: 3\n',
    path: 'certificate.least',
    message: 'the event has 2 days',
  },
  'a certificate asks for more than all sessions': {
    before: '  kind: days\n  least: 1\n',
    after: '  kind: sessions\n▸  leastShare: 60\n',
    path: 'certificate.leastShare',
    message: 'expected at most 1',
  },
  'an id has a capital': {
    before: '  - id: ngo',
    after: '▸  - id: NGO',
    path: 'categories.4.id',
    message: 'expected lower-case letters, digits and hyphens',
  },
  'a condition names an unknown category': {
    before: 'when: { category: [member-state] }',
    after: '▸when: { category: [member-states] }',
    path: 'questions.0.when.category.0',
    message:
      /^there is no category "member-states"; there are asean-body, member-state, .*; did you mean "member-state"\?$/,
  },
  'a condition names an unknown mode': {
    before: 'when: { mode: [in-person] }',
    after: '▸when: { mode: [hybrid] }',
    path: 'questions.9.when.mode.0',
    message: 'there is no mode "hybrid"; there are in-person, online',
  },
  'a condition names an unknown question': {
    before: 'question: companyRole,',
    after: '▸question: role,',
    path: 'questions.4.when.question',
    message: 'there is no question "role"',
  },
  'a condition names an unknown option': {
    before: 'in: [technical] }',
    after: '▸in: [technical, legal] }',
    path: 'questions.4.when.in.1',
    message: '"legal" is no answer to "companyRole"; there are senior-management, technical, other',
  },
  'a condition expects a word of a yes-no question': {
    before: '  - id: interpretation\n    type: multi-choice\n    required: false\n',
    after:
      '  - id: interpretation\n    type: multi-choice\n    required: false\n' +
      '▸    when: { question: mediaEquipment, in: ["yes"] }\n',
    path: 'questions.10.when.in.0',
    message: '"yes" is no answer to "mediaEquipment"; there are true, false',
  },
  'a condition names a later question: two would wait for each other': {
    before: '    when: { category: [private-sector] }\n    title:\n      en: How large',
    after: '▸    when: { question: technicalArea, in: [compliance] }\n    title:\n      en: How large',
    path: 'questions.1.when.question',
    message: '"technicalArea" must be asked before the question that depends on it',
  },
  'a question depends on itself': {
    before: 'question: companyRole, in: [technical]',
    after: '▸question: technicalArea, in: [compliance]',
    path: 'questions.4.when.question',
    message: '"technicalArea" must be asked before the question that depends on it',
  },
  'a condition is wrong deep inside': {
    before: '      all:\n        - category: [media]\n        - mode: [in-person]\n    title:\n      en: Will',
    after:
      '      all:\n        - category: [media]\n        - any:\n            - not:\n▸                mode: [offline]\n' +
      '    title:\n      en: Will',
    path: 'questions.8.when.all.1.any.0.not.mode.0',
    message: /^there is no mode "offline"/,
  },
  'a condition has a field that is none': {
    before: '        - category: [media]\n        - mode: [in-person]\n    title:\n      en: Will',
    after: '        - category: [media]\n▸        - modes: [in-person]\n    title:\n      en: Will',
    path: 'questions.8.when.all.1',
    message: /^expected a condition/,
  },
  'a condition is of two kinds': {
    before: 'when: { category: [member-state] }',
    after: '▸when: { category: [member-state], mode: [online] }',
    path: 'questions.0.when',
    message: /^expected a condition/,
  },
  'a quota names an unknown category': {
    before: '    when: { mode: [online] }',
    after: '▸    when: { category: [press] }',
    path: 'quotas.1.when.category.0',
    message: /^there is no category "press"/,
  },
  'a quota is split over more counters than can be read at once': {
    before: '    capacity: 30\n',
    after: '    capacity: 30\n▸    shards: 65\n',
    path: 'quotas.2.shards',
    message: 'expected at most 64',
  },
  'a quota has half a seat': {
    before: 'capacity: 400',
    after: '▸capacity: 400.5',
    path: 'quotas.0.capacity',
    message: 'expected a whole number',
  },
  'a session is on an unknown day': {
    before: '  - id: closing\n    day: day-2',
    after: '  - id: closing\n▸    day: day-3',
    path: 'sessions.13.day',
    message: 'there is no day "day-3"; there are day-1, day-2',
  },
  'a session ends before it starts': {
    before: '    start: 09:00\n    end: 10:00',
    after: '    start: 09:00\n▸    end: 08:30',
    path: 'sessions.1.end',
    message: "must be later than the session's start, 09:00",
  },
  'a session starts before the doors open': {
    before: '    start: 09:00\n    end: 10:15',
    after: '▸    start: 08:00\n    end: 10:15',
    path: 'sessions.7.start',
    message: 'the day begins only at 08:30',
  },
  'a session ends after the day': {
    before: '    start: 17:15\n    end: 18:30',
    after: '    start: 17:15\n▸    end: 19:00',
    path: 'sessions.6.end',
    message: 'the day ends at 18:30',
  },
  'the days are out of order': {
    before: 'date: 2027-11-03',
    after: '▸date: 2027-11-01',
    path: 'days.1.date',
    message: 'must be later than 2027-11-02, the day before it',
  },
  'a day ends before it starts': {
    before: '    start: 08:00\n    end: 18:30',
    after: '    start: 08:00\n▸    end: 07:30',
    path: 'days.0.end',
    message: "must be later than the day's start, 08:00",
  },
  'a date is not in the calendar': {
    before: 'date: 2027-11-02',
    after: '▸date: 2027-02-29',
    path: 'days.0.date',
    message: 'expected a date such as 2027-11-02',
  },
  'a time is written in twelve hours': {
    before: '    end: 18:30\n    title',
    after: '▸    end: 6:30 pm\n    title',
    path: 'days.0.end',
    message: 'expected a time such as 09:00, in 24 hours',
  },
  'a time lacks its first digit': {
    before: '    start: 09:00\n    end: 10:00',
    after: '▸    start: 9:00\n    end: 10:00',
    path: 'sessions.1.start',
    message: 'expected a time such as 09:00, in 24 hours: write 09:00',
  },
  'a date is written without hyphens': {
    before: 'date: 2027-11-02',
    after: '▸date: 20271102',
    path: 'days.0.date',
    message: 'expected a date such as 2027-11-02: write 2027-11-02',
  },
  'a number that is called is none, but a text': {
    before: '      phone: "117"',
    after: '▸      phone: 117',
    path: 'safeguarding.emergencyNumbers.0.phone',
    message: 'expected a phone number such as "119" or "+855 12 345 678"',
  },
  'seats are to be proven within no time': {
    before: '\napproval:\n',
    after: '▸  proveWithin: a week\n\napproval:\n',
    path: 'registration.proveWithin',
    message: 'expected a time such as "7 days" or "96 hours"',
  },
  'a quota is of a session, and people sign up for none': {
    before: TO_SIGN_UP,
    after: `▸${TO_SIGN_UP.replace(SIGN_UP, '')}`,
    path: 'quotas.3.when.all.0.session.0',
    message: /^there is no session "industry-first-steps" that people sign up for, nor any other$/,
  },
  'a closed session is for an unknown category': {
    before: '  - id: opening\n',
    after: '  - id: opening\n▸    audience: [acadamia]\n',
    path: 'sessions.1.audience.0',
    message: 'there is no category "acadamia"; did you mean "academia"?',
  },
  'a question is asked of people with another answer': {
    before: 'in: [technical] }',
    after: '▸in: [tecnical] }',
    path: 'questions.4.when.in.0',
    message:
      '"tecnical" is no answer to "companyRole"; there are senior-management, technical, other; did you mean "technical"?',
  },
  'registration closes before it opens': {
    before: 'closesAt: 2027-10-22T23:59:00+07:00',
    after: '▸closesAt: 2026-10-22T23:59:00+07:00',
    path: 'registration.closesAt',
    message: 'must be later than when registration opens',
  },
  'registration closes after the event, by the clock of the venue': {
    before: 'closesAt: 2027-10-22T23:59:00+07:00',
    after: '▸closesAt: 2027-11-03T17:00:00Z',
    path: 'registration.closesAt',
    message: 'must not be later than the last day, 2027-11-03',
  },
  'an instant has no offset': {
    before: 'opensAt: 2026-11-01T00:00:00+07:00',
    after: '▸opensAt: 2026-11-01T00:00:00',
    path: 'registration.opensAt',
    message: /^expected a time with its offset/,
  },
  'the time zone does not exist': {
    before: 'timeZone: Asia/Phnom_Penh',
    after: '▸timeZone: Cambodia',
    path: 'timeZone',
    message: 'expected an IANA time zone such as Asia/Phnom_Penh',
  },
  'the time zone is nearly one': {
    before: 'timeZone: Asia/Phnom_Penh',
    after: '▸timeZone: Asia/Phnom_Pen',
    path: 'timeZone',
    message: 'expected an IANA time zone such as Asia/Phnom_Penh; did you mean "Asia/Phnom_Penh"?',
  },
  'the time zone is written in small letters': {
    before: 'timeZone: Asia/Phnom_Penh',
    after: '▸timeZone: europe/lisbon',
    path: 'timeZone',
    message: 'write Europe/Lisbon',
  },
  'the time zone is an offset': {
    before: 'timeZone: Asia/Phnom_Penh',
    after: '▸timeZone: Etc/GMT-7',
    path: 'timeZone',
    message: 'is the zone of no place: write that of one, such as Asia/Phnom_Penh',
  },
  'the time zone is that of half a continent': {
    before: 'timeZone: Asia/Phnom_Penh',
    after: '▸timeZone: CET',
    path: 'timeZone',
    message: /^is the zone of no place: write that of one, such as [A-Z]/,
  },
  'a choice has no options': {
    before: '  - id: interpretation\n    type: multi-choice\n    required: false\n',
    after:
      '▸  - id: seat\n    type: choice\n    required: false\n    title: { en: Seat, km: កៅអី }\n' +
      '  - id: interpretation\n    type: multi-choice\n    required: false\n',
    path: 'questions.10',
    message: 'a choice question needs options',
  },
  'a choice has one option': {
    before: '  - id: interpretation\n    type: multi-choice\n    required: false\n',
    after:
      '  - id: seat\n    type: choice\n    required: false\n    title: { en: Seat, km: កៅអី }\n' +
      '▸    options: [{ id: front, title: { en: Front, km: មុខ } }]\n' +
      '  - id: interpretation\n    type: multi-choice\n    required: false\n',
    path: 'questions.10.options',
    message: 'expected at least 2 of them',
  },
  'a text question has options': {
    before: '    max: 300\n',
    after: '    max: 300\n▸    options: [{ id: a, title: { en: A, km: ក } }, { id: b, title: { en: B, km: ខ } }]\n',
    path: 'questions.11.options',
    message: 'a long-text question takes no options',
  },
  'a yes-no question has a maximum': {
    before: '  - id: invitationLetter\n    type: yes-no\n',
    after: '  - id: invitationLetter\n    type: yes-no\n▸    max: 3\n',
    path: 'questions.9.max',
    message: 'a yes-no question takes no max',
  },
  'feedback asks for a rating with options': {
    before: '    - id: understood\n      type: rating\n      required: false\n',
    after:
      '    - id: understood\n      type: rating\n      required: false\n▸      options:\n        - {id: a, title: {en: A, km: A}}\n        - {id: b, title: {en: B, km: B}}\n',
    path: 'feedback.session.1.options',
    message: 'a rating question takes no options',
  },
  'feedback asks the same question twice': {
    before: '    - id: understood\n',
    after: '▸    - id: useful\n',
    path: 'feedback.session.1.id',
    message: '"useful" is there already',
  },
  'feedback offers the same option twice': {
    before: '        - id: perhaps\n',
    after: '▸        - id: "yes"\n',
    path: 'feedback.session.2.options.1.id',
    message: '"yes" is there already',
  },
  'feedback limits what is no text': {
    before: '    - id: overall\n      type: rating\n',
    after: '    - id: overall\n      type: rating\n▸      max: 100\n',
    path: 'feedback.event.0.max',
    message: 'a rating question takes no max',
  },
  'feedback offers more than one item can count': {
    before: 'unasked: [arrival, networking]\n  session:\n',
    after: `unasked: [arrival, networking]\n▸  session:\n${crowded('one')}${crowded('two')}`,
    path: 'feedback.session',
    message: '800 bytes are the most that is counted of one form, and this is 1402: fewer options, or shorter ids',
  },
  'feedback leaves out a session that there is not': {
    before: 'unasked: [arrival, networking]',
    after: '▸unasked: [arrival, nobody]',
    path: 'feedback.unasked.1',
    message: 'there is no session "nobody"',
  },
  'a question that is no need comes later': {
    before: '  - id: invitationLetter\n    type: yes-no\n    required: false\n',
    after: '  - id: invitationLetter\n    type: yes-no\n    required: false\n▸    later: true\n',
    path: 'questions.9.later',
    message: 'only what should be arranged ("care") is asked later',
  },
  'a question names a reader that there is not': {
    before: '    readers: [protocol]\n',
    after: '▸    readers: [protocol, press]\n',
    path: 'questions.9.readers.1',
    message:
      /^there is no set and no tick "press"; there are organiser, focal-point, .*, protocol, .*see-people, decide/,
  },
  'a question names no reader': {
    before: '    readers: [protocol]\n',
    after: '▸    readers: []\n',
    path: 'questions.9.readers',
    message: 'is empty',
  },
  'nobody can read a question, for its readers see no people': {
    before: '    readers: [protocol]\n',
    after: '▸    readers: [viewer, care]\n',
    path: 'questions.9.readers',
    message: 'nobody can read the answers: by "viewer", "care" no registration of an adult is seen',
  },
  'a need has readers': {
    before: '    care: true\n    later: true\n    when: { mode: [in-person] }\n    title:\n      en: What do you eat?',
    after:
      '    care: true\n▸    readers: [protocol]\n    later: true\n    when: { mode: [in-person] }\n    title:\n      en: What do you eat?',
    path: 'questions.12.readers',
    message: 'needs ("care") are read by the care role alone',
  },
  'that a question was asked tells what others may not read': {
    before: '  - id: interpretation\n    type: multi-choice\n    required: false\n',
    after:
      '  - id: interpretation\n    type: multi-choice\n    required: false\n    readers: [protocol, communications]\n' +
      '▸    when: { question: invitationLetter, in: ["true"] }\n',
    path: 'questions.10.when.question',
    message: /^"invitationLetter" has readers of its own: /,
  },
  'a quota counts what some alone may read': {
    before: '    capacity: 400\n    when: { mode: [in-person] }\n',
    after: '    capacity: 400\n▸    when: { question: invitationLetter, in: ["true"] }\n',
    path: 'quotas.0.when.question',
    message: /^"invitationLetter" has readers of its own: .*no quota/,
  },
  'a question is in a group that there is not': {
    before: READERS,
    after: '▸    group: media\n',
    path: 'questions.9.group',
    message: 'there is no group "media" of questions; there are none',
  },
  'no question is in a group': {
    before: '\nquestions:\n',
    after: `\nquestionGroups:\n▸${TRAVEL}questions:\n`,
    path: 'questionGroups.0.id',
    message: 'no question is in the group "travel"',
  },
  'a question has readers whom its group has not': {
    before: TO_READERS,
    after: inGroup(TRAVEL, '    group: travel\n▸    readers: [protocol, see-people]\n'),
    path: 'questions.9.readers',
    message: '"see-people" would read it, and may not read the group "travel": its own readers can only be fewer',
  },
  'a group names a reader that there is not': {
    before: TO_READERS,
    after: inGroup('▸  - { id: travel, readers: [protocol, press] }\n', '    group: travel\n'),
    path: 'questionGroups.0.readers.1',
    message: /^there is no set and no tick "press"/,
  },
  'nobody can read a group, for its readers see no people': {
    before: TO_READERS,
    after: inGroup('▸  - { id: travel, readers: [viewer] }\n', '    group: travel\n'),
    path: 'questionGroups.0.readers',
    message: 'nobody can read the answers: by "viewer" no registration of an adult is seen',
  },
  'a group is there twice': {
    before: TO_READERS,
    after: inGroup(`${TRAVEL}▸${TRAVEL}`, '    group: travel\n'),
    path: 'questionGroups.1.id',
    message: 'there is a group "travel" already',
  },
  'a need is in a group': {
    before: TO_READERS,
    after: inGroup(TRAVEL, '    group: travel\n').replace('\nquestions:\n', `\nquestions:\n${NEED}`),
    path: 'questions.0.group',
    message: 'needs ("care") are read by the care role alone',
  },
  'a need decides on a question of the form': {
    before: 'quotas:\n  - id: in-person\n',
    after:
      '  - id: menu\n    type: yes-no\n    required: false\n▸    when: { question: diet, in: [vegan] }\n' +
      '    title: { en: Menu, km: មុខម្ហូប }\nquotas:\n  - id: in-person\n',
    path: 'questions.15.when.question',
    message:
      'what is answered to "diet" is kept apart: only what is asked after it, and arranged like it, may depend on it',
  },
  'a need that the form asks depends on one that comes later': {
    before: 'quotas:\n  - id: in-person\n',
    after:
      '  - id: menu\n    type: yes-no\n    required: false\n    care: true\n▸    when: { question: diet, in: [vegan] }\n' +
      '    title: { en: Menu, km: មុខម្ហូប }\nquotas:\n  - id: in-person\n',
    path: 'questions.15.when.question',
    message: /^what is answered to "diet" is kept apart/,
  },
  'a category names a country by an alias': {
    before: '    countries: [BN, KH, ID, LA, MY, MM, PH, SG, TH, TL, VN]',
    after: '▸    countries: [BN, KH, UK]',
    path: 'categories.1.countries.2',
    message: '"UK" is not the ISO 3166-1 code of a country',
  },
  'a country is renamed that is none': {
    before: 'featuredCountries:\n',
    after: 'countries:\n  renamed:\n▸    - code: UK\n      title: { en: Britain, km: អង់គ្លេស }\nfeaturedCountries:\n',
    path: 'countries.renamed.0.code',
    message: '"UK" is not the ISO 3166-1 code of a country',
  },
  'a country is added with the code of another': {
    before: 'featuredCountries:\n',
    after: 'countries:\n  added:\n▸    - code: FR\n      title: { en: Office, km: ការិយាល័យ }\nfeaturedCountries:\n',
    path: 'countries.added.0.code',
    message: /^"FR" is a country's, or may become one: what is added takes AA, QM to QZ, or XA to XZ but XK$/,
  },
  'a country is added with the code of another place': {
    before: 'featuredCountries:\n',
    after: 'countries:\n  added:\n▸    - code: ZZ\n      title: { en: Office, km: ការិយាល័យ }\nfeaturedCountries:\n',
    path: 'countries.added.0.code',
    message: /^"ZZ" is a country's/,
  },
  'an added country has a name in one language': {
    before: 'featuredCountries:\n',
    after: 'countries:\n  added:\n    - code: XA\n▸      title: { en: Office }\nfeaturedCountries:\n',
    path: 'countries.added.0.title',
    message: 'lacks the language km',
  },
  'an added country has the name that the event gives another': {
    before: 'featuredCountries:\n',
    after:
      'countries:\n  renamed:\n    - code: GB\n      title: { en: Britain, km: អង់គ្លេស }\n' +
      '  added:\n    - code: XA\n▸      title: { en: " BRITAIN", km: ការិយាល័យ }\nfeaturedCountries:\n',
    path: 'countries.added.0.title.en',
    message: /is the name of "GB"$/,
  },
  'a country is given the name of another, in one language': {
    before: 'featuredCountries:\n',
    after: 'countries:\n  renamed:\n    - code: TH\n▸      title: { en: Siam, km: ម៉ាឡេស៊ី }\nfeaturedCountries:\n',
    path: 'countries.renamed.0.title.km',
    message: '"ម៉ាឡេស៊ី" is the name of "MY"',
  },
  'an added country has a name that CLDR has for a country': {
    before: 'featuredCountries:\n',
    after: 'countries:\n  added:\n    - code: XA\n▸      title: { en: Laos, km: ការិយាល័យ }\nfeaturedCountries:\n',
    path: 'countries.added.0.title.en',
    message: '"Laos" is the name of "LA"',
  },
  'an added country has the name of another place, in one language': {
    before: 'featuredCountries:\n',
    after: 'countries:\n  added:\n    - code: XA\n▸      title: { en: Office, km: ទីកន្លែងផ្សេង }\nfeaturedCountries:\n',
    path: 'countries.added.0.title.km',
    message: /is the name of "ZZ"$/,
  },
  'two added countries have one name': {
    before: 'featuredCountries:\n',
    after:
      'countries:\n  added:\n    - code: XA\n      title: { en: Office, km: ការិយាល័យ }\n' +
      '    - code: XB\n▸      title: { en: Office, km: ការិយាល័យពីរ }\nfeaturedCountries:\n',
    path: 'countries.added.1.title.en',
    message: '"Office" is the name of "XA"',
  },
  'another place is left out': {
    before: 'featuredCountries:\n',
    after: 'countries:\n▸  leftOut: [XK, ZZ]\nfeaturedCountries:\n',
    path: 'countries.leftOut.1',
    message: '"ZZ", another place, is always offered',
  },
  'a country is left out that is none': {
    before: 'featuredCountries:\n',
    after: 'countries:\n▸  leftOut: [UK]\nfeaturedCountries:\n',
    path: 'countries.leftOut.0',
    message: '"UK" is not the ISO 3166-1 code of a country',
  },
  'a country is left out and featured': {
    before: 'featuredCountries:\n  title:\n    en: ASEAN Member States\n    km: រដ្ឋសមាជិកអាស៊ាន\n  codes: [BN,',
    after:
      'countries:\n  leftOut: [FR]\nfeaturedCountries:\n  title:\n    en: ASEAN Member States\n    km: រដ្ឋសមាជិកអាស៊ាន\n▸  codes: [FR, BN,',
    path: 'featuredCountries.codes.0',
    message: '"FR" is left out in countries.leftOut',
  },
  'a featured country is there twice': {
    before: '  codes: [BN, KH, ID,',
    after: '▸  codes: [BN, KH, BN,',
    path: 'featuredCountries.codes.2',
    message: '"BN" is there already',
  },
  'the venue is in no country': {
    before: '  country: KH',
    after: '▸  country: ZZ',
    path: 'venue.country',
    message: '"ZZ" is not the ISO 3166-1 code of a country',
  },
  'a consent lacks its version': {
    before: '  - id: photo-recording\n    version: 2027-1\n',
    after: '▸  - id: photo-recording\n',
    path: 'consents.1.version',
    message: 'is missing',
  },
  'the version of a consent is a number': {
    before: '  - id: photo-recording\n    version: 2027-1\n',
    after: '  - id: photo-recording\n▸    version: 2027\n',
    path: 'consents.1.version',
    message: 'expected a text, in quotes if it looks like a number',
  },
  'a meeting is not encrypted': {
    before: 'meetingUrl: https://meet.example.org/asean-ict-forum/opening',
    after: '▸meetingUrl: http://meet.example.org/asean-ict-forum/opening',
    path: 'sessions.1.meetingUrl',
    message: 'expected an address that begins with https://',
  },
  'a field is misspelt': {
    before:
      '      en: Plenary hall\n      km: សាលពេញអង្គ\n    meetingUrl: https://meet.example.org/asean-ict-forum/opening',
    after: '      en: Plenary hall\n      km: សាលពេញអង្គ\n▸    meetingURL: https://meet.example.org/',
    path: 'sessions.1.meetingURL',
    message: 'there is no field "meetingURL" here; did you mean "meetingUrl"?',
  },
  'the version is left out': {
    before: '\nid: asean-ict-forum\nversion: 1\n',
    after: '\n▸id: asean-ict-forum\n',
    path: 'version',
    message: 'is missing',
  },
  'the version is zero': {
    before: '\nversion: 1\n',
    after: '\n▸version: 0\n',
    path: 'version',
    message: 'expected more than 0',
  },
  'people under 18 register, and no group is for them': {
    before: TO_MINORS,
    after: `${TO_MINORS.replace(FOR_MINORS, '')}▸`,
    path: 'minors',
    message: /needs a category that is for people under 18/,
  },
  'a group is for people under 18, who cannot register': {
    before: PAST_MINORS,
    after: `▸${TO_MINORS}`,
    path: 'categories.9.minors',
    message: 'people under 18 cannot register without "minors"',
  },
  'a table of a delegation could have more fields than are taken': {
    before: '\nquestions:\n',
    after: `\n▸${boxes(73)}`,
    path: 'questions',
    message: 'a table of a delegation would have 151 fields for each person, of 150 at most: ask or offer less',
  },
  'a list is left empty': {
    before: FORUM.slice(FORUM.indexOf('\nresources:'), FORUM.indexOf('\nretention:')),
    after: '\n▸resources:\n',
    path: 'resources',
    message: 'is empty',
  },
};

it('a definition may ask as much as a table of a delegation can have', () => {
  expect(checkEvent(FORUM.replace('\nquestions:\n', `\n${boxes(72)}`))).toEqual([]);
});

describe('a definition is refused, with the line', () => {
  it.each(Object.entries(MISTAKES))('where %s', (_, { before, after, path, message }) => {
    const marked = FORUM.replace(before, after);
    expect(marked).toContain('▸');
    const line = marked.slice(0, marked.indexOf('▸')).split('\n').length;
    const problems = checkEvent(marked.replace('▸', ''));
    expect(problems).toMatchObject([
      {
        line,
        column: expect.any(Number),
        path,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      },
    ]);
  });
});

describe('a group of questions', () => {
  const readersIn = (groups: string, own: string) => {
    const { definition } = readEvent(FORUM.replace(TO_READERS, inGroup(groups, own)));
    return definition?.questions.find(({ id }) => id === 'invitationLetter');
  };

  it('gives its readers to each of its questions, which may have fewer of its own, and is part of the file alone', () => {
    expect(readersIn(TRAVEL, '    group: travel\n')).toMatchObject({ readers: ['protocol', 'communications'] });
    const own = readersIn(TRAVEL, '    group: travel\n    readers: [communications]\n');
    expect(own).toMatchObject({ readers: ['communications'] });
    expect(own).not.toHaveProperty('group');
    const { definition } = readEvent(FORUM.replace(TO_READERS, inGroup(TRAVEL, '    group: travel\n')));
    expect(definition).not.toHaveProperty('questionGroups');
  });
});

describe('readers of answers that were given', () => {
  const asked = (readers?: readonly string[]) => ({
    questions: [{ id: 'hotel' }, { id: 'flight', ...(readers && { readers }) }],
    registration: { opensAt: '2027-01-01T00:00:00Z' },
  });
  const [BEFORE, OPEN] = [new Date('2026-12-31T23:59:59Z'), new Date('2027-01-01T00:00:00Z')];

  it.each([
    ['another set', ['protocol'], ['protocol', 'communications']],
    ['a tick instead of a set', ['communications'], ['see-people']],
    ['all who see the person', ['protocol'], undefined],
  ] as const)('are not to be more: %s', (_, before, after) => {
    expect(widenedReaders(readersPromised(asked(before), OPEN), asked(after))).toMatchObject([
      { path: ['questions', 1, 'readers'], message: expect.stringContaining('ask anew, by another id') },
    ]);
  });

  it.each([
    ['the same', ['protocol'], ['protocol']],
    ['fewer', ['protocol', 'communications'], ['communications']],
    ['some of all', undefined, ['protocol']],
    ['all, as before', undefined, undefined],
  ] as const)('may be %s', (_, before, after) => {
    expect(widenedReaders(readersPromised(asked(before), OPEN), asked(after))).toEqual([]);
  });

  it('say nothing of a question that is new, or asked no more', () => {
    expect(widenedReaders({}, asked(['protocol']))).toEqual([]);
    expect(widenedReaders(readersPromised(asked(['protocol']), OPEN), { questions: [] })).toEqual([]);
  });

  it('are remembered of a question that is asked no more, and of one whose registration is moved; before it opened none were named', () => {
    const { questions } = asked(['protocol']);
    expect(readersPromised(asked(['protocol']), BEFORE)).toEqual({});
    const promisedReaders = readersPromised(asked(['protocol']), OPEN);
    expect(promisedReaders).toEqual({ flight: ['protocol'] });
    expect(readersPromised({ ...asked(), questions: [], promisedReaders }, OPEN)).toEqual(promisedReaders);
    expect(readersPromised({ ...asked(['see-people']), promisedReaders }, BEFORE)).toEqual(promisedReaders);
    const fewer = { questions, registration: asked().registration, promisedReaders: { flight: ['protocol', 'media'] } };
    expect(readersPromised(fewer, OPEN)).toEqual(promisedReaders);
    expect(widenedReaders(promisedReaders, asked())).toHaveLength(1);
    expect(widenedReaders(promisedReaders, asked(['protocol']))).toEqual([]);
  });

  it('are those of a question that is called as what every object has', () => {
    expect(widenedReaders({}, { questions: [{ id: 'constructor' }, { id: 'toString' }] })).toEqual([]);
  });
});
