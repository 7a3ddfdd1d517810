import type { EventDefinition } from '../../event/event.ts';
import { eventOfMail } from '../../event/event-of.case.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { contact, teamContact, untilWords } from '../../event/mail-blocks.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { type Block, paragraph } from '../../mail/letter/content.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import { calledInSubject, makeLetter, type Obstacle } from '../../mail/letter/letter.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { type AddressChange, addressCodeOf, addressToken } from '../change/address-change.store.ts';
import { confirmToken } from '../confirm/unconfirmed.store.ts';
import { isWaiting } from '../confirm/unconfirmed.ts';
import type { UnconfirmedForm } from '../confirm/unconfirmed-item.schema.ts';
import { attendance, manage } from '../mail-blocks.ts';
import { addressUndoEnd, codeUntil, isCodeOpen, mayUndoAddress, pressUntil, waitsForPress } from '../mailed-change.ts';
import { isNotCancelled, isTheirs, loadRegistration, plainLetter } from '../registration.mail.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { manageToken } from './manage-link.store.ts';

type Deps = Needs<'events' | 'readUnconfirmed' | 'secrets' | 'siteUrl' | 'system'>;

/** To the sender of a form, before they are registered. */
export interface ConfirmFormData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly links: {
    /** Where the form is confirmed: a secret. */
    readonly confirm: string;
    readonly privacy: string;
  };
  /** ISO 8601 instant. */
  readonly until: string;
}

/**
 * To an address that the sender typed: it says nothing of what they typed beside it (AB3); that stands on the page. The link is the one of
 * the form as it waits now: what was confirmed or has expired is not mailed.
 */
export const confirmRegistration = makeLetter({
  load: loadForm,
  current: ({ form }, _, { system }: Deps) => isWaiting(form, system.now()),
  data: async (deps: Deps, { form, event, language }): Promise<ConfirmFormData> => ({
    event,
    language,
    links: {
      confirm: `${deps.siteUrl}/c/${await confirmToken(form, deps.secrets)}?lang=${language}`,
      privacy: eventLinks(deps, event.id, language).privacy,
    },
    until: form.until,
  }),
  write: ({ event, language, links, until }, t) => ({
    blocks: [
      paragraph(t('confirm-registration.intro', { event: event.title })),
      paragraph(t('confirm-registration.press')),
      { kind: 'button', label: t('confirm-registration.button'), url: links.confirm },
      paragraph(t('confirm-registration.until', untilWords({ event, language, until }))),
      paragraph(t('confirm-registration.not-you')),
      ...teamContact(event, t),
    ],
  }),
});

interface Found extends LocalisedEvent {
  readonly form: UnconfirmedForm;
}

async function loadForm(deps: Deps, message: OutboxMessage): Promise<Found | Obstacle> {
  const [form, localised] = await Promise.all([
    deps.readUnconfirmed(message.eventId, message.reference),
    eventOfMail(deps, message),
  ]);
  if ('obstacle' in localised) return localised;
  return form === undefined ? { obstacle: 'superseded' } : { ...localised, form };
}

interface AddressFound extends RegistrationWithEvent {
  readonly change: AddressChange;
}

type AddressDeps = Needs<'readAddressChange' | 'registrations' | 'secrets' | 'siteUrl' | 'system'>;

async function loadAddressChange(deps: AddressDeps, message: OutboxMessage): Promise<AddressFound | Obstacle> {
  const [found, change] = await Promise.all([loadRegistration(deps, message), deps.readAddressChange(message)]);
  if ('obstacle' in found) return found;
  return change === undefined ? { obstacle: 'superseded' } : { ...found, change };
}

/** About a change of address: no word that anyone typed, and no link to anyone's page where the reader is not known. */
export interface AddressData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly links: {
    /** Where the code is typed, the new address confirmed, or the change undone: a secret. Absent where nothing can be done. */
    readonly address?: string | undefined;
    readonly privacy: string;
  };
  /** Until when that works, ISO 8601. */
  readonly until: string;
}

export interface AddressCodeData extends AddressData {
  /** 12 digits of Crockford base32. */
  readonly code: string;
}

const addressData = (
  deps: AddressDeps,
  { event, language }: LocalisedEvent,
  path: string | undefined,
  until: Date,
): AddressData => ({
  event,
  language,
  links: {
    ...(path !== undefined && { address: `${deps.siteUrl}${path}?lang=${language}` }),
    privacy: eventLinks(deps, event.id, language).privacy,
  },
  until: until.toISOString(),
});

const addressButton = (label: string, { links: { address } }: AddressData): Block[] =>
  address === undefined ? [] : [{ kind: 'button', label, url: address }];

/** What they type on the page where they say that they are reached at another address. */
export const addressCode = makeLetter({
  load: loadAddressChange,
  current: ({ registration, change }, { to }, { system }: AddressDeps) =>
    isCodeOpen(change, system.now()) && isTheirs(registration, to),
  data: async (deps: AddressDeps, found): Promise<AddressCodeData> => {
    const { registration, change } = found;
    const path = `/m/${await manageToken(registration, deps.secrets)}/address`;
    const code = await addressCodeOf(registration, change, deps.secrets);
    return { ...addressData(deps, found, path, codeUntil(change)), code };
  },
  write: (data, t) => ({
    blocks: [
      paragraph(t('address-code.intro', { event: data.event.title })),
      { kind: 'code', text: data.code.replace(/(.{4})(?=.)/g, '$1-') },
      paragraph(t('code.lasts', untilWords(data))),
      ...addressButton(t('address-code.button'), data),
      paragraph(t('address-code.not-you')),
      ...teamContact(data.event, t),
    ],
  }),
});

/** To an address that a holder typed, and that nobody has proven yet (AB3): it says nothing of them. */
export const addressConfirm = makeLetter({
  load: loadAddressChange,
  current: ({ change: { asked } }, { to }, { system }: AddressDeps) =>
    waitsForPress(asked, system.now()) && isTheirs(asked, to),
  data: async (deps: AddressDeps, found): Promise<AddressData> => {
    const { asked } = found.change;
    if (asked === undefined) throw new Error('nobody asked for another address');
    const token = await addressToken(found.change, asked.link, deps.secrets);
    return addressData(deps, found, `/a/${token}`, pressUntil(asked));
  },
  write: (data, t) => ({
    blocks: [
      paragraph(t('address-confirm.intro', { event: data.event.title })),
      paragraph(t('address-confirm.press')),
      ...addressButton(t('address-confirm.button'), data),
      paragraph(t('address-confirm.until', untilWords(data))),
      paragraph(t('address-confirm.not-you')),
      ...teamContact(data.event, t),
    ],
  }),
});

/** What became of a change of address: it can be undone, it was, or something else came after it, even that all of it was erased. */
type Became = 'changed' | 'undone' | 'overtaken';

export interface AddressChangedData extends AddressData {
  readonly became: Became;
}

interface LeftAddress extends LocalisedEvent {
  readonly registration: Registration | undefined;
  readonly change: AddressChange | undefined;
}

type LeftDeps = AddressDeps & Needs<'events'>;

/** Written whatever became of the registration since: an owner is not kept from learning of it by a thief who erases it. */
async function loadLeftAddress(deps: LeftDeps, message: OutboxMessage): Promise<LeftAddress | Obstacle> {
  const [localised, registration, change] = await Promise.all([
    eventOfMail(deps, message),
    deps.registrations.read(message.eventId, message.reference),
    deps.readAddressChange(message),
  ]);
  return 'obstacle' in localised ? localised : { ...localised, registration, change };
}

/** The change that the reader of an address can undo now. */
const undoableBy = (to: string | undefined, change: AddressChange | undefined, now: Date) =>
  change && mayUndoAddress(change.changed, now) && isTheirs({ email: change.changed.former }, to)
    ? change.changed
    : undefined;

/**
 * Whether the end of what could be undone came before this mail left, and is told by the one that was written with that end: what ends it
 * in its time and leaves a registration writes to the same address (`toFormerAddress`). Else both would say the same.
 */
const isToldByAnother = ({ registration, change }: LeftAddress, { undo, createdAt, to }: OutboxMessage, now: Date) =>
  undo === true &&
  registration !== undefined &&
  now < addressUndoEnd({ at: createdAt }) &&
  undoableBy(to, change, now) === undefined;

/** To the address that was left: it may undo that. And to one that was left because somebody did, with nothing to press. */
export const addressChanged = makeLetter({
  load: loadLeftAddress,
  current: (found, message, { system }: LeftDeps) =>
    (found.registration === undefined || !isTheirs(found.registration, message.to)) &&
    !isToldByAnother(found, message, system.now()),
  async data(deps: LeftDeps, found, { to }): Promise<AddressChangedData> {
    const { change } = found;
    const last = undoableBy(to, change, deps.system.now());
    if (change && last) {
      const path = `/a/${await addressToken(change, last.undo, deps.secrets)}`;
      return { ...addressData(deps, found, path, addressUndoEnd(last)), became: 'changed' };
    }
    const became = change?.undone === undefined ? 'overtaken' : 'undone';
    return { ...addressData(deps, found, undefined, deps.system.now()), became };
  },
  write(data, t) {
    const { event, became } = data;
    const tells = (): Block[] => {
      if (became === 'undone') return [paragraph(t('address-changed.undone.intro', { event: event.title }))];
      const fine = paragraph(t('address-changed.fine'));
      if (became === 'overtaken') {
        return [
          paragraph(t('address-changed.overtaken', { event: event.title })),
          fine,
          paragraph(t('address-changed.tell')),
        ];
      }
      return [
        paragraph(t('address-changed.intro', { event: event.title })),
        fine,
        paragraph(t('address-changed.undo', untilWords(data))),
        ...addressButton(t('address-changed.button'), data),
      ];
    };
    return {
      ...(became === 'undone' && {
        subject: t('address-changed.undone.subject', { event: calledInSubject(event) }),
        title: t('address-changed.undone.title'),
      }),
      blocks: [...tells(), ...teamContact(event, t)],
    };
  },
});

export const alreadyRegistered = plainLetter({
  current: isNotCancelled,
  calledOff: 'told',
  isAnybodys: true,
  blocks: (data, t) => [
    paragraph(t('already-registered.intro', { event: data.event.title })),
    paragraph(t('already-registered.not-saved')),
    attendance(data, t),
    ...manage(t('already-registered.change'), data, t),
    paragraph(t('already-registered.not-you')),
    ...contact(data, t),
  ],
});

export const link = plainLetter({
  current: isNotCancelled,
  calledOff: 'told',
  isAnybodys: true,
  blocks: (data, t) => [
    paragraph(t('link.intro', { event: data.event.title })),
    attendance(data, t),
    ...manage(t('link.open'), data, t),
    paragraph(t('link.not-you')),
    ...contact(data, t),
  ],
});
