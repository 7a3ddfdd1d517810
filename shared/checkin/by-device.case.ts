import type { Caller } from '../team/role/permitted.case.ts';
import type { Device } from './device/check-in-device.schema.ts';

/** Names a device as whoever did or saw something: it holds no role of the event's. */
export const byDevice = ({ id }: Device): Caller => ({ id: `device ${id}`, grants: [], why: 'at the door' });
