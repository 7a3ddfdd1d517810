import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';

/** A person made up to sign in as. */
export interface SamplePerson {
  /** Their `sub`. */
  readonly subject: string;
  /** What the button says. */
  readonly name: string;
  /** What they may do in the sample event. */
  readonly grants: readonly RoleGrant[];
  /** Where mail for them as part of the team arrives. */
  readonly email?: string;
}

export const PEOPLE: readonly SamplePerson[] = [
  { subject: 'organiser', name: 'Organiser', grants: [{ role: 'organiser' }], email: 'organiser@example.org' },
  {
    subject: 'vetted-organiser',
    name: 'Organiser vetted to see children',
    grants: [{ role: 'organiser', vettedUntil: '2028-12-31' }],
  },
  {
    subject: 'focal-point-cambodia',
    name: 'Focal point for Cambodia',
    grants: [{ role: 'focal-point', countries: ['KH'] }],
  },
  {
    subject: 'safeguarding',
    name: 'Safeguarding focal point',
    grants: [{ role: 'safeguarding', vettedUntil: '2028-12-31' }],
  },
  {
    subject: 'deputy',
    name: 'Deputy who reads reports',
    grants: [{ role: 'safeguarding', deputy: true }],
    email: 'deputy@example.org',
  },
  { subject: 'care', name: 'Care team', grants: [{ role: 'care' }] },
  { subject: 'staff', name: 'Organiser who is no owner', grants: [{ role: 'staff' }] },
  { subject: 'protocol', name: 'Protocol', grants: [{ role: 'protocol' }] },
  { subject: 'desk-lead', name: 'Desk lead', grants: [{ role: 'desk-lead' }] },
  { subject: 'communications', name: 'Communications', grants: [{ role: 'communications' }] },
  { subject: 'viewer', name: 'Viewer', grants: [{ role: 'viewer' }] },
  {
    subject: 'media-approver',
    name: 'Member with chosen tasks',
    grants: [{ role: 'custom', ticks: ['decide', 'change-people'], categories: ['media'] }],
  },
  { subject: 'nobody', name: 'Someone without a role', grants: [] },
];

/** With which they sign in: anyone's own, as with any account. */
export const addressOf = ({
  subject,
  email = `${subject}@example.org`,
}: Pick<SamplePerson, 'subject' | 'email'>): string => email;
