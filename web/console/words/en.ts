import { add } from './en/add.ts';
import { arrange } from './en/arrange.ts';
import { catering } from './en/catering.ts';
import { children } from './en/children.ts';
import { codes } from './en/codes.ts';
import { common } from './en/common.ts';
import { entry } from './en/entry.ts';
import { failure } from './en/failure.ts';
import { mail } from './en/mail.ts';
import { mailLog } from './en/mail-log.ts';
import { messages } from './en/messages.ts';
import { overview } from './en/overview.ts';
import { people } from './en/people.ts';
import { programme } from './en/programme.ts';
import { registration } from './en/registration.ts';
import { registrations } from './en/registrations.ts';
import { reports } from './en/reports.ts';
import { seats } from './en/seats.ts';
import { terms } from './en/terms.ts';

/** All that the console says, in English: a file for each screen. */
export const en = {
  ...common,
  ...entry,
  failure,
  ...terms,
  overview,
  registrations,
  ...registration,
  ...mailLog,
  ...children,
  add,
  seats,
  ...programme,
  codes,
  messages,
  catering,
  arrange,
  reports,
  people,
  mail,
};
