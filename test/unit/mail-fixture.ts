import type { AnnouncedData } from '../../shared/announcements/announced-data.ts';
import type { GuardianNewsData } from '../../shared/announcements/guardian-news.mail.ts';
import type { StatusKind } from '../../shared/announcements/told.ts';
import type { DelegationData } from '../../shared/delegation/delegation.mail.ts';
import type { EventDefinition, EventStatus } from '../../shared/event/event.ts';
import type { ProgrammeChange } from '../../shared/event/known-programme.schema.ts';
import type { ProductLanguage } from '../../shared/kernel/i18n/languages.ts';
import { ANNOUNCEMENT_KINDS, type AnnouncementKind, KINDS, type MailKind } from '../../shared/mail/kinds.ts';
import type { VettingData } from '../../shared/minors/chaperone/vetting.mail.ts';
import type { GuardianData } from '../../shared/minors/consent/guardian.mail.ts';
import type { GuardianCodeData } from '../../shared/minors/young.mail.ts';
import type { DigestData } from '../../shared/registration/digest/digest.mail.ts';
import type {
  AddressChangedData,
  AddressCodeData,
  AddressData,
  ConfirmFormData,
} from '../../shared/registration/link/links.mail.ts';
import type { TicketData } from '../../shared/registration/mail-blocks.ts';
import type { RoleInvitationData } from '../../shared/team/invitation/role-invitation.mail.ts';
import type { OpenedData } from '../../shared/team/role/roles.mail.ts';
import type { ResetElsewhereData, ResetProposedData } from '../../shared/team/second-factor/factor-reset.mail.ts';

const WORDS = {
  en: {
    title: 'Forum on Safe Networks',
    days: ['Opening day', 'Working day'],
    venue: ['Riverside Hall', '1 Sample Street, Phnom Penh'],
    modes: ['In person, in Phnom Penh', 'Online'],
    secretariat: 'Forum secretariat',
    safeguarding: 'safeguarding focal point',
  },
  km: {
    title: 'វេទិកាស្តីពីបណ្តាញសុវត្ថិភាព',
    days: ['ថ្ងៃបើក', 'ថ្ងៃធ្វើការ'],
    venue: ['សាលមាត់ទន្លេ', 'ផ្លូវលេខ ១ រាជធានីភ្នំពេញ'],
    modes: ['ចូលរួមផ្ទាល់ នៅរាជធានីភ្នំពេញ', 'តាមអនឡាញ'],
    secretariat: 'លេខាធិការដ្ឋានវេទិកា',
    safeguarding: 'មន្ត្រីទទួលបន្ទុកសុវត្ថិភាពកុមារ',
  },
};

/** An event of two days, localised. */
export function sampleEvent(language: keyof typeof WORDS): EventDefinition<string> {
  const { title, days, venue, modes, secretariat, safeguarding } = WORDS[language];
  const word = (list: readonly string[], index: number): string => list[index] ?? '';
  return {
    id: 'safe-networks-2027',
    version: 3,
    languages: ['en', 'km'],
    title,
    tagline: title,
    about: [],
    host: title,
    supporters: [],
    secretariat: { name: secretariat, email: 'secretariat@forum.example.org' },
    safeguarding: { name: safeguarding, email: 'safeguarding@forum.example.org', phone: '+855 00 000 000' },
    timeZone: 'Asia/Phnom_Penh',
    days: [
      { id: 'day-1', title: word(days, 0), date: '2027-11-02', start: '09:00', end: '17:00' },
      { id: 'day-2', title: word(days, 1), date: '2027-11-03', start: '08:30', end: '16:30' },
    ],
    venue: { name: word(venue, 0), address: word(venue, 1), country: 'KH' },
    modes: [
      { id: 'in-person', title: word(modes, 0) },
      { id: 'online', title: word(modes, 1) },
    ],
    registration: { opensAt: '2026-11-01T00:00:00+07:00', closesAt: '2027-10-22T17:00:00+07:00' },
    categories: [],
    featuredCountries: { title: '', codes: [] },
    questions: [{ id: 'access', type: 'long-text', required: false, care: true, later: true, title }],
    quotas: [],
    sessions: [],
    consents: [],
    resources: [],
    retention: { registrationDays: 180 },
    minors: { expiryDays: 14, paperDays: 30, chaperoneRatio: 10, leastChaperones: 2, consents: [] },
  };
}

export function sampleData(
  language: keyof typeof WORDS = 'en',
  registration: Partial<TicketData['registration']> = {},
): TicketData & GuardianCodeData & GuardianData {
  return {
    event: sampleEvent(language),
    registration: {
      reference: '7K3M9QX2BC',
      status: 'confirmed',
      submittedAt: '2026-11-23T03:04:05.678Z',
      changedAt: '2026-11-25T03:04:05.678Z',
      minor: { answerBy: '2026-11-26T03:04:05.000Z' },
      language,
      mode: 'in-person',
      days: ['day-1', 'day-2'],
      ...registration,
    },
    sessions: [],
    writtenAt: '2026-11-25T03:04:05.678Z',
    waitingFor: { quotas: WORDS[language].modes.slice(0, 1), forSessionsAlone: false },
    links: {
      guardian: 'https://forum.example.org/m/safe-networks-2027.7K3M9QX2BC.AAAAAAAAAAAAAAAAAAAAAA/guardian',
      cancel: 'https://forum.example.org/m/safe-networks-2027.7K3M9QX2BC.AAAAAAAAAAAAAAAAAAAAAA/cancel',
      online: 'https://forum.example.org/m/safe-networks-2027.7K3M9QX2BC.AAAAAAAAAAAAAAAAAAAAAA/online',
      complete: 'https://forum.example.org/m/safe-networks-2027.7K3M9QX2BC.AAAAAAAAAAAAAAAAAAAAAA/complete',
      consent: 'https://forum.example.org/g/safe-networks-2027.7K3M9QX2BC.AAAAAAAAAAAAAAAAAAAAAA',
      manage: 'https://forum.example.org/m/safe-networks-2027.7K3M9QX2BC.AAAAAAAAAAAAAAAAAAAAAA',
      event: `https://forum.example.org/e/safe-networks-2027?lang=${language}`,
      consentForm: `https://forum.example.org/e/safe-networks-2027/consent-form?lang=${language}`,
      console: 'https://forum.example.org/console/e/safe-networks-2027',
      privacy: `https://forum.example.org/e/safe-networks-2027/privacy?lang=${language}`,
    },
    code: '7K3M9QX2',
    until: '2026-11-26T03:04:05.000Z',
    ticket: {
      code: `PLN1:${'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'.repeat(4).slice(0, 141)}`,
      typed: '7K3M9QX2AB0CD4EFG5H0',
    },
  };
}

export const sampleInvitation = (language: keyof typeof WORDS = 'en'): RoleInvitationData => ({
  event: sampleEvent(language),
  language,
  grants: [
    { role: 'focal-point', countries: ['KH'] },
    { role: 'safeguarding' },
    { role: 'custom', ticks: ['see-people', 'protocol'] },
  ],
  links: {
    accept: 'https://forum.example.org/console/?event=safe-networks-2027#invitation=AAAAAAAAAAAAAAAAAAAAAA',
    privacy: `https://forum.example.org/e/safe-networks-2027/privacy?lang=${language}`,
  },
  expiresAt: '2026-12-02T03:04:05.000Z',
});

export const sampleHeld = (language: keyof typeof WORDS = 'en'): OpenedData => ({
  event: sampleEvent(language),
  language,
  held: [
    { name: 'Member of the secretariat', grants: [{ role: 'safeguarding', vettedUntil: '2027-12-31' }] },
    {
      grants: [
        { role: 'safeguarding', deputy: true },
        { role: 'focal-point', countries: ['KH'] },
      ],
    },
  ],
  by: ['Organiser', 'Second organiser'],
  reason: 'The vetting ended last week.',
  opensAt: '2026-11-25T04:04:05.000Z',
  links: {
    team: 'https://forum.example.org/console/e/safe-networks-2027/people',
    privacy: `https://forum.example.org/e/safe-networks-2027/privacy?lang=${language}`,
  },
});

export const sampleReset = (language: keyof typeof WORDS = 'en'): ResetProposedData => ({
  ...sampleHeld(language),
  by: ['Organiser', 'Second organiser'],
  reason: 'The phone was stolen on the way home.',
  from: '2026-11-25T04:04:05.000Z',
  until: '2026-11-26T03:04:05.000Z',
});

export const sampleResetElsewhere = (language: keyof typeof WORDS): ResetProposedData & ResetElsewhereData => ({
  ...sampleReset(language),
  held: sampleHeld(language).held.slice(0, 1),
  there: {
    title: language === 'en' ? 'Another Forum' : 'វេទិកាមួយទៀត',
    organisers: ['Second organiser', 'Third organiser'],
    contacts: [
      { name: language === 'en' ? 'secretariat of the other Forum' : 'លេខាធិការដ្ឋានវេទិកា', email: 'other@example.org' },
      {
        name: language === 'en' ? 'safeguarding focal point' : 'មន្ត្រីសុវត្ថិភាពកុមារ',
        ...{ email: 'safe@example.org', phone: '+855 12 000 000' },
      },
    ],
  },
});

export const sampleVetting =
  (name: string) =>
  (language: keyof typeof WORDS = 'en'): VettingData => ({
    event: sampleEvent(language),
    language,
    name,
    vettedUntil: '2027-12-31',
    by: ['Organiser', 'Safeguarding focal point'],
    links: {
      children: 'https://forum.example.org/console/e/safe-networks-2027/children',
      privacy: `https://forum.example.org/e/safe-networks-2027/privacy?lang=${language}`,
    },
  });

export const sampleDigest = (language: keyof typeof WORDS = 'en'): DigestData => ({
  event: sampleEvent(language),
  language,
  digest: {
    own: { count: 3, since: '2026-11-20T03:04:05.000Z' },
    unreached: { count: 1, since: '2026-11-21T18:04:05.000Z' },
    overdue: { count: 3, references: ['7K3M9QX2BC', '2222222222'] },
  },
  links: {
    desk: 'https://forum.example.org/console/e/safe-networks-2027/approvals',
    privacy: `https://forum.example.org/e/safe-networks-2027/privacy?lang=${language}`,
  },
});

export const sampleForm = (language: keyof typeof WORDS = 'en'): ConfirmFormData => ({
  event: sampleEvent(language),
  language,
  links: {
    confirm: `https://forum.example.org/c/safe-networks-2027.${'A'.repeat(22)}.${'B'.repeat(22)}?lang=${language}`,
    privacy: `https://forum.example.org/e/safe-networks-2027/privacy?lang=${language}`,
  },
  until: '2026-11-26T03:04:05.000Z',
});

export const sampleAddress = (language: keyof typeof WORDS = 'en'): AddressData => ({
  event: sampleEvent(language),
  language,
  links: {
    address: `https://forum.example.org/a/safe-networks-2027.7K3M9QX2BC.${'A'.repeat(22)}?lang=${language}`,
    privacy: `https://forum.example.org/e/safe-networks-2027/privacy?lang=${language}`,
  },
  until: '2026-11-26T03:04:05.000Z',
});

export const sampleAddressChanged = (language: keyof typeof WORDS = 'en'): AddressChangedData => ({
  ...sampleAddress(language),
  became: 'changed',
});

export const sampleAddressCode = (language: keyof typeof WORDS = 'en'): AddressCodeData => ({
  ...sampleAddress(language),
  links: {
    ...sampleAddress(language).links,
    address: `https://forum.example.org/m/safe-networks-2027.7K3M9QX2BC.${'A'.repeat(22)}/address?lang=${language}`,
  },
  code: '7K3M9QX24TRB',
});

export const sampleDelegation = (language: keyof typeof WORDS = 'en'): DelegationData => ({
  event: sampleEvent(language),
  language,
  links: {
    delegation: `https://forum.example.org/d/safe-networks-2027.${'A'.repeat(22)}.${'B'.repeat(22)}?lang=${language}`,
    privacy: `https://forum.example.org/e/safe-networks-2027/privacy?lang=${language}`,
  },
  people: [
    { fullName: 'Sokha Sample', status: 'confirmed', reference: '7K3M9QX2BC' },
    { fullName: 'Dara Sample', status: 'waitlisted', reference: '8K3M9QX2BD' },
  ],
});

/** A session that moved, one that does not take place, a day that begins later, another hall. */
const SAMPLE_CHANGES: readonly ProgrammeChange[] = (() => {
  const day = {
    id: 'day-2',
    title: { en: 'Working day', km: 'ថ្ងៃធ្វើការ' },
    ...{ date: '2027-11-03', start: '08:30', end: '16:30' },
  };
  const session = {
    id: 'first-steps',
    title: { en: 'First steps', km: 'ជំហានដំបូង' },
    ...{ day: 'day-1', date: '2027-11-02', start: '10:00', end: '11:00' },
    room: { en: 'Room A', km: 'បន្ទប់ ក' },
  };
  const venue = { name: { en: 'Old Hall', km: 'សាលចាស់' }, address: { en: '2 Sample Street', km: 'ផ្លូវលេខ ២' } };
  const hall = { name: { en: 'Riverside Hall', km: 'សាលមាត់ទន្លេ' }, address: { en: '1 Sample Street', km: 'ផ្លូវលេខ ១' } };
  return [
    { what: 'venue', before: venue, after: hall },
    { what: 'day', before: day, after: { ...day, start: '09:30' } },
    {
      what: 'session',
      before: session,
      after: { ...session, start: '14:00', end: '15:00', room: { en: 'Room B', km: 'បន្ទប់ ខ' } },
    },
    { what: 'session', before: { ...session, id: 'round-table', title: { en: 'Round table', km: 'តុមូល' } } },
  ];
})();

const STATUSES: Partial<Record<AnnouncementKind, EventStatus>> = {
  'event-cancelled': 'cancelled',
  'event-postponed': 'postponed',
  'event-moved-online': 'moved-online',
};

export function sampleAnnouncement(
  language: keyof typeof WORDS,
  kind: AnnouncementKind,
  registration: Partial<AnnouncedData['registration']> = {},
): AnnouncedData {
  const data = sampleData(language, { ...(kind === 'event-moved-online' && { mode: 'online' }), ...registration });
  const own = (page: string) => `${data.links.manage}/${page}?lang=${language}`;
  const afterwards = { feedback: own('feedback'), certificate: own('certificate') };
  const unsubscribe = `https://forum.example.org/u/safe-networks-2027.7K3M9QX2BC.${'B'.repeat(22)}?lang=${language}`;
  return {
    ...data,
    event: { ...data.event, ...(STATUSES[kind] && { status: STATUSES[kind] }) },
    wished: 'in-person',
    ...(kind === 'programme-changed' && { changes: SAMPLE_CHANGES }),
    links: { ...data.links, ...(KINDS[kind].optional && { unsubscribe }), ...(kind === 'thank-you' && { afterwards }) },
    announcement: {
      eventId: 'safe-networks-2027',
      id: 'sample',
      kind,
      segment: {},
      createdAt: '2027-10-01T03:04:05.000Z',
      words: {
        en: {
          subject: 'Bring your identity card',
          text: 'The hall checks who comes in.\nAny card with a photograph will do.\n\nSee you there.',
        },
        km: {
          subject: 'សូមយកអត្តសញ្ញាណប័ណ្ណមកជាមួយ',
          text: 'សាលប្រជុំពិនិត្យអ្នកចូលរួម។\nប័ណ្ណណាមួយដែលមានរូបថត អាចប្រើបាន។\n\nជួបគ្នានៅទីនោះ។',
        },
      },
    },
  };
}

/** What a guardian who agreed, or is still asked, is told of an event. */
export function sampleGuardianNews(
  language: keyof typeof WORDS,
  what: StatusKind = 'event-rescheduled',
  isAsked = false,
): GuardianNewsData {
  const { event, registration, links } = sampleData(language);
  const status = STATUSES[what];
  return { event: { ...event, ...(status && { status }) }, registration, links, what, isAsked };
}

const OTHERS = {
  'message-test': (language: ProductLanguage) => sampleAnnouncement(language, 'organiser-message'),
  'confirm-registration': sampleForm,
  'address-code': sampleAddressCode,
  'address-confirm': sampleAddress,
  'address-changed': sampleAddressChanged,
  'delegation-link': sampleDelegation,
  'delegation-registered': sampleDelegation,
  digest: sampleDigest,
  updated: (language: ProductLanguage) => ({
    ...sampleData(language, { days: ['day-2'] }),
    former: { status: 'confirmed', mode: 'online', days: ['day-1'], sessions: [] },
    named: 'Sok Dara',
  }),
  'guardian-event-status': (language: ProductLanguage) => sampleGuardianNews(language),
  'role-invitation': sampleInvitation,
  'role-granted': sampleHeld,
  'role-opened': sampleHeld,
  'who-sees-children': sampleHeld,
  'factor-reset-proposed': (language: ProductLanguage) => ({ ...sampleReset(language), by: ['Organiser'] }),
  'factor-reset-done': sampleReset,
  'factor-reset-proposed-elsewhere': (language: ProductLanguage) => ({
    ...sampleResetElsewhere(language),
    by: ['Organiser'],
  }),
  'factor-reset-done-elsewhere': sampleResetElsewhere,
  'chaperone-vetted': sampleVetting('7K3M9-QX2AB'),
  'device-vetted': sampleVetting('Hall, left door'),
};
/** What a message of a kind says of whom. */
export const sampleMessage = (kind: MailKind, language: ProductLanguage) =>
  isAnnouncement(kind)
    ? sampleAnnouncement(language, kind)
    : kind in OTHERS
      ? OTHERS[kind as keyof typeof OTHERS](language)
      : sampleData(language);

const isAnnouncement = (kind: MailKind): kind is AnnouncementKind =>
  (ANNOUNCEMENT_KINDS as readonly MailKind[]).includes(kind);
