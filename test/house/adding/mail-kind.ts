import { type Addition, after, row, type Stage, whole } from './addition.ts';
import { MISTYPED_STAGES } from './stored-attribute.ts';

const LETTER = 'shared/registration/change/room-changed.mail.ts';
const LETTERS = 'shared/letters.ts';
const KINDS = 'shared/mail/kinds.ts';
const SHOWN = 'shared/registration/mail-about.ts';
const WORDS = 'shared/kernel/i18n/en/console.json';
const MAIL_LOG = 'web/console/mail/mail-log.tsx';

const letter = (current: string): string => `import { contact } from '../../event/mail-blocks.ts';
import { paragraph } from '../../mail/letter/content.ts';
import { registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';

export const roomChanged = registrationLetter({
  ${current}
  calledOff: 'nothing',
  data: dataOf,
  write: (data, t) => ({ blocks: [paragraph(t('erased.left')), ...contact(data, t)] }),
});
`;

const words = (language: string) =>
  after(
    `shared/kernel/i18n/${language}/mail.json`,
    '{',
    '"room-changed.subject": "Another room: {event}", "room-changed.title": "Another room",',
  );

const ROW = "'room-changed': { to: 'holder', about: 'registration', urgency: 'now', optional: false";

export const mailKind: Addition = {
  what: 'a mail kind',
  stages: [
    // Letters are about registrations: until those have their types again, nothing is said of letters.
    ...Array.from({ length: MISTYPED_STAGES }, (): Stage => ({ adds: [], lacks: [] })),
    {
      adds: [after(KINDS, 'export const KINDS = {', `\n  ${ROW} },`), whole(LETTER, letter(''))],
      lacks: [
        { what: 'a column of the row', file: KINDS, says: /'repeats' is missing/ },
        { what: 'a step of the letter', file: LETTER, says: /'current' is missing/ },
        { what: 'the letter in the table', file: LETTERS, says: /room-changed/ },
        {
          what: 'what the console of the first release shows it as',
          file: SHOWN,
          says: /room-changed["']+ is missing/,
        },
        { what: "the console's word for it", file: MAIL_LOG, says: /room-changed/ },
      ],
    },
    {
      adds: [
        { file: KINDS, to: (text) => text.replace(`${ROW} }`, `${ROW}, repeats: 'no' }`) },
        whole(LETTER, letter("current: ({ status }) => status === 'confirmed',")),
        row(
          LETTERS,
          'export const LETTERS = {',
          "  'room-changed': roomChanged,",
          "import { roomChanged } from './registration/change/room-changed.mail.ts';",
        ),
        {
          file: SHOWN,
          isRow: true,
          to: (text) => text.replace("  'ask-proof': 'link',", "  'room-changed': 'updated',\n  'ask-proof': 'link',"),
        },
        after(WORDS, '{', '"mailLog.kind.room-changed": "Another room",'),
      ],
      lacks: [{ what: 'its subject and title', file: LETTERS, says: /'subject'/ }],
    },
    // What another language lacks is no matter of the compiler: `npm run languages` says it.
    { adds: [words('en'), words('km')], lacks: [] },
  ],
};
