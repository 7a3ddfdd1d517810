import type { VettingProposal } from '../../team/role/organiser-role.schema.ts';
import { openVetting } from '../../team/role/vetting-rule.ts';
import type { Device } from './check-in-device.schema.ts';

/** A phone that is to show names of people under 18: it gets its code once a second person accepts it (CS25). */
export interface DeviceProposal
  extends VettingProposal,
    Pick<Device, 'eventId' | 'id' | 'name' | 'lists' | 'maySearch' | 'endsAt'> {
  /** Who accepted it last, and was shown its code. */
  readonly accepted?: { readonly by: string; readonly codeHash: string } | undefined;
  /** Raised with each change: what a conditional write compares. */
  readonly revision: number;
}

type Scene = Parameters<typeof openVetting>[1];

/** What of it still waits for a second person or its phone: not once its shift has ended. */
export const openDeviceProposal = (proposal: DeviceProposal | undefined, scene: Scene): DeviceProposal | undefined =>
  proposal !== undefined && scene.now.getTime() < proposal.endsAt ? openVetting(proposal, scene) : undefined;
