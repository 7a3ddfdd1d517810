import { countriesOf } from '../../../shared/kernel/text/countries.ts';
import type { SampleEvent } from './event.ts';

/** As the server tells it to phones, whose browsers lack names in Khmer. */
const named = (language: string) => countriesOf({}, language).map(([code, name]): [string, string] => [code, name]);

const HOUR = 60 * 60 * 1000;

/** The sample event with what the app's screens say of one: words in two languages, more days, a session, doors of every kind. */
export function appEvent(event: SampleEvent, now = Date.now()): SampleEvent {
  const { setup } = event;
  const open = {
    ...{ modes: ['in-person'] as const, isClosed: false, passing: 'once' as const },
    ...{ opensAt: now - HOUR, closesAt: now + 8 * HOUR },
  };
  return {
    ...event,
    setup: {
      ...setup,
      event: {
        ...setup.event,
        title: { en: 'Sample forum', km: 'វេទិកាគំរូ' },
        days: [
          { id: 'one', date: '2027-11-02' },
          { id: 'two', date: '2027-11-03' },
        ],
        sessions: [
          {
            ...{ id: 'board', day: 'two', start: '09:00', end: '10:30' },
            title: { en: 'Meeting of the board', km: 'កិច្ចប្រជុំក្រុមប្រឹក្សា' },
          },
        ],
        categories: [{ id: 'government', name: { en: 'Government', km: 'រដ្ឋាភិបាល' } }],
        countries: { en: named('en'), km: named('km') },
        contact: 'Room 4, +855 23 000 000',
      },
      doors: [
        ...setup.doors,
        { ...open, id: 'second-day', place: { kind: 'day', day: 'two' }, day: 'two' },
        { ...open, id: 'over', name: 'Side door', place: { kind: 'event' }, closesAt: now - HOUR / 2 },
        {
          ...open,
          ...{ id: 'board', place: { kind: 'session', session: 'board' }, session: 'board', isClosed: true },
        },
      ],
    },
  };
}
