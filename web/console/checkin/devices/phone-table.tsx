import { useState } from 'preact/hooks';
import { lastDay } from '../../../../shared/event/event-times.ts';
import { useAct, useDesk } from '../../desk.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { when } from '../../names.ts';
import { doors } from '../lists/doors.ts';
import { listNames, type Read } from '../overview.ts';
import type { Devices } from '../review/answers.ts';

type Device = Devices['devices'][number];

interface PhoneTableProps {
  readonly devices: readonly Device[];
  readonly read: Read;
  readonly onChanged: (devices: Devices) => void;
}

/** Those that may scan come first. */
export function PhoneTable({ devices, read, onChanged }: PhoneTableProps) {
  const isActive = ({ standing }: Device): number => (standing === 'active' ? 0 : 1);
  const names = listNames(read);
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{doors.phones.phone}</th>
          <th scope="col">{doors.phones.lists}</th>
          <th scope="col">{doors.phones.until}</th>
          <th scope="col">{doors.phones.standing}</th>
          <th scope="col">
            <span class="unseen">{doors.phones.revoke}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {[...devices]
          .sort((a, b) => isActive(a) - isActive(b))
          .map((device) => (
            <Row key={device.id} device={device} names={names} onChanged={onChanged} />
          ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly device: Device;
  readonly names: ReadonlyMap<string, string>;
  readonly onChanged: (devices: Devices) => void;
}

const TAGS = { active: 'confirmed', over: 'expired', revoked: 'cancelled' } as const;

function Row({ device, names, onChanged }: RowProps) {
  const { event } = useDesk();
  const { name, lists, endsAt, revokedAt, standing, maySearch, search, talk, vettedUntil = '', by } = device;
  const isSilent = standing === 'active' && talk?.isSilent === true;
  const more = [maySearch && doors.phones.searches, vettedUntil >= lastDay(event) && doors.phones.sees].filter(Boolean);
  return (
    <tr>
      <th scope="row">
        {name}
        {more.length > 0 && <small>{more.join(', ')}</small>}
        {search && (
          <small class={search.lastHour >= search.most ? 'over' : undefined}>{doors.phones.searched(search)}</small>
        )}
        {standing === 'active' && search?.standing === 'ended' && (
          <small class="over">{doors.phones.searchEnded}</small>
        )}
        <small>{doors.phones.by(by)}</small>
      </th>
      <td data-label={doors.phones.lists}>{lists.map((id) => names.get(id) ?? id).join('; ')}</td>
      <td data-label={doors.phones.until} class="time">
        {when(event, revokedAt ?? endsAt)}
      </td>
      <td>
        <span class={`tag ${TAGS[standing]}`}>{doors.phones.standings[standing]}</span>
        {isSilent && <span class="tag overdue">{doors.phones.silent}</span>}
        {standing !== 'revoked' && <Talk of={talk} />}
      </td>
      <td class="act">{standing !== 'revoked' && <Revoke device={device} onChanged={onChanged} />}</td>
    </tr>
  );
}

/** What a phone said of itself, and how long ago. */
function Talk({ of }: { readonly of: Device['talk'] }) {
  if (of === undefined) return <small>{doors.phones.noTalk}</small>;
  const { since, waiting, refused, rosterAge, revocationsAge, version, scansLastHour } = of;
  return (
    <>
      <small>{doors.phones.lastTalk(since)}</small>
      <small class={waiting + refused > 0 ? 'over' : undefined}>{doors.phones.waiting(waiting, refused)}</small>
      <small>{doors.phones.ages(rosterAge, revocationsAge)}</small>
      <small>{doors.phones.scans(scansLastHour, version)}</small>
    </>
  );
}

/** Two presses; also of one whose shift is over, for what it scanned is taken until it is shut out. */
function Revoke({ device: { id, name }, onChanged }: Omit<RowProps, 'names'>) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [sure, setSure] = useState(false);
  const revoke = async (): Promise<void> => {
    if (!sure) return setSure(true);
    const params = { eventId: event.id, deviceId: id };
    onChanged(await api('DELETE /api/organiser/events/{eventId}/check-in/devices/{deviceId}', { params }));
    tell(doors.phones.revoked(name));
  };
  return (
    <>
      <Button
        kind={sure ? 'danger' : 'second'}
        busy={busy}
        label={sure ? undefined : doors.phones.revokeOf(name)}
        onPress={() => run(revoke)}
      >
        {sure ? doors.phones.revokeNow : doors.phones.revoke}
      </Button>
      <Failure error={error} />
    </>
  );
}
