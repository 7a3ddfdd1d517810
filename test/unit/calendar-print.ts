import { renderMail } from '../support/render-mail.ts';
import { sampleData } from './mail-fixture.ts';

/** Prints a mail and its calendar: `calendar.test.ts` runs it in several time zones. */
const { text, calendars = [] } = renderMail('confirmed', sampleData());
process.stdout.write(text + calendars.map(({ content }) => content).join(''));
