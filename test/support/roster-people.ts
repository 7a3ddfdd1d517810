import { randomBytes } from 'node:crypto';
import type { Device } from '../../shared/checkin/device/device.schema.ts';
import { tellOthers } from '../../shared/checkin/roster/check-in-feed.store.ts';
import { rosterFor } from '../../shared/checkin/roster/roster-for.case.ts';
import type { Scan } from '../../shared/checkin/scan/scans.schema.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { unansweredApplication } from '../../shared/minors/young.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { changed, newRegistration, newTicketId } from '../../shared/registration/registration-state.store.ts';
import { forum } from './forum.ts';
import type { Parts } from './parts.ts';
import { asFunction } from './permissions.ts';
import { rosterPhone } from './roster-phone.ts';

const HOUR = 3_600_000;

/** People of an event whom the one writer of registrations writes, and phones that hear of them, by one clock. */
export function rosterPeople(parts: Parts, id: string, changes: Partial<EventDefinition> = {}) {
  const { rules: event } = splitTexts(forum({ id, quotas: [], ...changes }));
  const client = documentClient(parts.database.client);
  const { registry, outbox } = parts.database.tables;
  const clock = { now: Date.parse('2027-11-02T03:00:00Z') };
  const system = { ...realSystem, now: () => new Date(clock.now) };
  const store = changeStore({ client, registry, outbox, system });
  const write = async (before: Registration | undefined, after: Registration, forget = false) => {
    const done = await store.change({ event, before, after, by: 'system', forget, messages: [] });
    if (done !== 'done') throw new Error('not written');
    // No two writes of one registration are in the same millisecond.
    clock.now += 1;
    return after;
  };
  return {
    event,
    clock,
    enter(what: Partial<Registration> = {}): Promise<Registration> {
      const application = unansweredApplication({ name: 'Sokha Sample', email: 'a@example.org', language: 'en' });
      const registration = newRegistration(system, event, application, { status: 'confirmed', seats: [] });
      const days = event.days.map((day) => day.id);
      const category = event.categories[0]?.id ?? '';
      const usual = {
        badgeName: 'Sokha Sample',
        organisation: 'Ministry of Samples',
        category,
        days,
        mode: 'in-person' as const,
      };
      return write(undefined, { ...registration, ...usual, ...what });
    },
    change: (before: Registration, what: Partial<Registration>) => write(before, changed(before, what, system.now())),
    /** Someone else comes, or the same with another ticket. */
    replace: (before: Registration, badgeName = 'Dara Sample') =>
      write(before, changed(before, { badgeName, ticketId: newTicketId(system) }, system.now())),
    erase: (before: Registration) => write(before, changed(before, { status: 'cancelled' }, system.now()), true),
    /** A phone that brings in a scan, as others hear of it. */
    async scan(device: string, ticket: string, list = 'event'): Promise<string> {
      const scanId = randomBytes(16).toString('base64url');
      const mark: Pick<Scan, 'scanId' | 'device' | 'kind' | 'correctedAt'> = {
        ...{ scanId, device, kind: 'in', correctedAt: clock.now },
      };
      const about = { eventId: id, device, at: system.now(), batch: scanId };
      await tellOthers(client, registry, about, [{ list, ticket, mark }], 2 ** 32);
      return scanId;
    },
    phone(what: Partial<Device> & { readonly isVetted?: boolean } = {}) {
      const { isVetted = true, ...terms } = what;
      const device: Device = {
        ...{ eventId: id, id: '7K3M9QX2', name: 'Hall', lists: ['event'], maySearch: false, enrolledBy: 'organiser' },
        ...{ enrolledAt: clock.now, endsAt: clock.now + HOUR },
        ...terms,
      };
      const whose = { event, device, isVetted };
      const surroundings = { tag: 'setup', make: async () => ({ event: {}, doors: [], keys: [] }) as never };
      return rosterPhone(id, (since) =>
        asFunction('checkin', () => rosterFor({ client, registry, system }, whose, surroundings, since)),
      );
    },
  };
}
