import { renderMessage } from '../../shared/message.ts';
import { sampleData } from './mail-fixture.ts';

/** Prints a mail and its calendar: `calendar.test.ts` runs it in several time zones. */
const { text, calendars = [] } = renderMessage('confirmed', sampleData());
process.stdout.write(text + calendars.map(({ content }) => content).join(''));
