import type { realDeps as realAttendee } from '../../functions/attendee/index.ts';
import type { realDeps as realAttendeeCare } from '../../functions/attendee-care/index.ts';
import type { realDeps as realCare } from '../../functions/care/index.ts';
import type { realDeps as realHousekeeping } from '../../functions/housekeeping/index.ts';
import type { realDeps as realOrganiser } from '../../functions/organiser/index.ts';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import type { realDeps as realRegistration } from '../../functions/registration/index.ts';
import { InvalidInputError, ProblemError } from '../../shared/kernel/errors.ts';
import type { System } from '../../shared/kernel/system.store.ts';
import { guardianCodeOf } from '../../shared/minors/consent/guardian.store.ts';
import { guardianStep } from '../../shared/minors/young.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../shared/registration/registration.store.ts';
import { APPROVED_CATEGORY, type Course } from './course.ts';
import { submission } from './forum.ts';
import type { Parts } from './parts.ts';
import { scan } from './registry.ts';
import { signedForm, youngSubmission } from './young.ts';

type AttendeeDeps = ReturnType<typeof realAttendee>;
type AttendeeCareDeps = ReturnType<typeof realAttendeeCare>;
type CareDeps = ReturnType<typeof realCare>;
type HousekeepingDeps = ReturnType<typeof realHousekeeping>;
type OrganiserDeps = ReturnType<typeof realOrganiser>;
type OutboxDeps = ReturnType<typeof realOutbox>;
type Deps = ReturnType<typeof realRegistration>;

/** Whom a step concerns: one of those whom it should, or, wild, anyone ever, as they were at the beginning. */
interface Whom {
  readonly whom: number;
  readonly wild: boolean;
}

/** What happens about people under 18. */
export type YoungStep =
  | { readonly do: 'ask'; readonly onPaper: boolean }
  | ({ readonly do: 'agree' | 'change'; readonly also: boolean } & Whom)
  | ({ readonly do: 'prove' | 'refuse' | 'stop' | 'record' | 'reject' | 'approve' | 'decline' | 'amend' } & Whom)
  | ({ readonly do: 'confirm'; readonly second: boolean } & Whom)
  | ({ readonly do: 'complete'; readonly category: string; readonly mode: 'in-person' | 'online' } & Whom)
  | { readonly do: 'days'; readonly days: number }
  /** A timer of housekeeping, which deletes what nobody answered in time. */
  | { readonly do: 'purge' }
  | { readonly do: 'jobs' }
  /** Everything that may leave now is mailed. */
  | { readonly do: 'mail' };

/** Where someone stands, from nobody having heard of them to nothing being left. */
export type Phase =
  | 'none'
  | NonNullable<ReturnType<typeof guardianStep>>
  | 'pending-approval'
  | 'waitlisted'
  | 'confirmed'
  | 'declined'
  | 'gone';

export const phaseOf = (registration: Registration | undefined): Phase => {
  if (registration === undefined || registration.status === 'cancelled') return 'gone';
  return guardianStep(registration) ?? (registration.status as Phase);
};

/** Someone under 18, with everything by which they and their guardians could be found. */
export interface Child {
  readonly email: string;
  readonly reference: string;
  /** Names and addresses: they stand in no table, page or mail where they must not. */
  readonly canaries: string[];
  /** As they were at the beginning: what a page shows that was opened then. */
  readonly first: RegistrationWithEvent;
}

/** What moves the time on for every use case. */
export interface Clock {
  days: number;
}

const DAY = 24 * 60 * 60 * 1000;

export type YoungTroupe = Awaited<ReturnType<typeof makeYoungTroupe>>;

/** The use cases with their real stores, and a clock that a test moves. To be called once the environment is set. */
export async function makeYoungTroupe(clock: Clock) {
  const timed = <T extends { system: System }>(deps: T): T => ({
    ...deps,
    system: { ...deps.system, now: () => new Date(deps.system.now().getTime() + clock.days * DAY) },
  });
  const registration: Deps = timed((await import('../../functions/registration/index.ts')).realDeps());
  const attendee: AttendeeDeps = timed((await import('../../functions/attendee/index.ts')).realDeps());
  const attendeeCare: AttendeeCareDeps = timed((await import('../../functions/attendee-care/index.ts')).realDeps());
  const care: CareDeps = timed((await import('../../functions/care/index.ts')).realDeps());
  const organiser: OrganiserDeps = timed((await import('../../functions/organiser/index.ts')).realDeps());
  const housekeeping: HousekeepingDeps = timed((await import('../../functions/housekeeping/index.ts')).realDeps());
  const outbox: OutboxDeps = timed((await import('../../functions/outbox/index.ts')).realDeps());
  const use = {
    ...(await import('../../shared/minors/apply/register-minor.case.ts')),
    ...(await import('../../shared/minors/consent/ask-guardian.case.ts')),
    ...(await import('../../shared/minors/consent/decide.case.ts')),
    ...(await import('../../shared/minors/consent/paper.case.ts')),
    ...(await import('../../shared/minors/apply/complete.case.ts')),
    ...(await import('../../shared/minors/end-young.case.ts')),
    ...(await import('../../shared/registration/change/amend.case.ts')),
    ...(await import('../../shared/minors/consent/change-guardian.case.ts')),
    ...(await import('../../shared/registration/decide/decide.case.ts')),
    ...(await import('../../shared/minors/keep-care.case.ts')),
    ...(await import('../../shared/mail/outbox/deliver.case.ts')),
  };
  return { registration, attendee, attendeeCare, care, organiser, housekeeping, outbox, use };
}

/** Who holds a role and was vetted, and says why they look. */
const member = (id: string, role: 'safeguarding' | 'organiser') => ({
  id,
  ticks: [],
  grants: [{ role, vettedUntil: '2099-12-31' }],
  why: 'a test',
});

let children = 0;

/** One event, and what children and their guardians do about it. */
export class YoungCourse {
  readonly children: Child[] = [];
  readonly #parts: Parts;
  readonly #troupe: YoungTroupe;
  readonly #course: Course;
  readonly #clock: Clock;

  constructor(parts: Parts, troupe: YoungTroupe, course: Course, clock: Clock) {
    this.#parts = parts;
    this.#troupe = troupe;
    this.#course = course;
    this.#clock = clock;
  }

  now = (): Date => this.#troupe.care.system.now();

  /** Does one thing; where the rules refuse it, nothing. */
  async take(step: YoungStep): Promise<void> {
    try {
      await this.#take(step);
    } catch (error) {
      if (!(error instanceof ProblemError) && !(error instanceof InvalidInputError)) throw error;
    }
  }

  async #take(step: YoungStep): Promise<unknown> {
    const { use, attendee, attendeeCare, care, housekeeping } = this.#troupe;
    switch (step.do) {
      case 'ask':
        return this.#ask(step.onPaper);
      case 'prove':
        return this.#with(step, ['unproven'], (held) => use.askGuardian(care, held));
      case 'agree':
        return this.#with(step, ['asked'], (held) =>
          use.decide(care, held, { action: 'agree', consents: given(held, step.also), phone: '+855 12 000 000' }),
        );
      case 'refuse':
        return this.#with(step, [], (held) => use.decide(care, held, { action: 'withdraw', consents: {} }));
      case 'stop':
        return this.#with(step, [], (held) => use.cancel(attendee, held));
      case 'change':
        return this.#with(step, ['unproven', 'asked'], (held, child) => this.#change(held, child, step.also));
      case 'record':
        return this.#with(step, ['paper-awaited'], (held) => this.#paper(held, 'record', 'first'));
      case 'confirm':
        return this.#with(step, ['paper-recorded'], (held) =>
          this.#paper(held, 'confirm', step.second ? 'second' : 'first'),
        );
      case 'reject':
        return this.#with(step, ['paper-recorded'], (held) => this.#paper(held, 'reject', 'second'));
      case 'complete':
        return this.#with(step, ['agreed'], (held, child) => use.complete(attendeeCare, held, answers(child, step)));
      case 'amend':
        return this.#with(step, LIVE, (held) =>
          use.amend(attendee, held, (before) => ({
            ...before,
            mode: before.mode === 'online' ? 'in-person' : 'online',
          })),
        );
      case 'approve':
        return this.#with(step, ['pending-approval'], (held) => this.#decideOn(held, 'approve'));
      case 'decline':
        return this.#with(step, LIVE, (held) => this.#decideOn(held, 'decline'));
      case 'days':
        this.#clock.days += step.days;
        return;
      case 'purge':
        return use.purgeUnanswered(housekeeping);
      case 'jobs':
        return this.#course.doJobs();
      case 'mail':
        return this.#mail();
    }
  }

  /** @param phases in which it should happen; in any but `gone` where there are none */
  async #with(
    { whom, wild }: Whom,
    phases: readonly Phase[],
    act: (held: RegistrationWithEvent, child: Child) => Promise<unknown>,
  ): Promise<void> {
    if (wild) {
      const child = this.children[whom % Math.max(1, this.children.length)];
      if (child) await act(child.first, child);
      return;
    }
    const there: { held: RegistrationWithEvent; child: Child }[] = [];
    for (const child of this.children) {
      const held = await this.#read(child.reference);
      const phase = phaseOf(held?.registration);
      if (held && phase !== 'gone' && (phases.length === 0 || phases.includes(phase))) there.push({ held, child });
    }
    const one = there[whom % Math.max(1, there.length)];
    if (one) await act(one.held, one.child);
  }

  #read = (reference: string) => this.#troupe.attendee.registrations.readWithEvent(this.#course.id, reference, 'en');

  async #ask(onPaper: boolean): Promise<void> {
    children += 1;
    const id = `canary${children}q`;
    const email = `${id}@${this.#course.id}.example.org`;
    const guardian = { name: `Parent ${id}`, email: `guardian-${email}`, language: 'km' };
    const named = onPaper ? { name: guardian.name, onPaper } : guardian;
    const sent = youngSubmission({ name: `Child ${id}`, email, guardian: named }) as never;
    const request = { eventId: this.#course.id, language: 'en', sent, identity: email };
    await this.#troupe.use.registerMinor(this.#troupe.registration, request);
    const { registrations } = await this.#course.read();
    const reference = registrations.find((each) => each.email === email)?.reference ?? '';
    const first = await this.#read(reference);
    if (first) this.children.push({ email, reference, canaries: [id], first });
  }

  async #change(held: RegistrationWithEvent, { canaries }: Child, onPaper: boolean): Promise<void> {
    const { use, attendeeCare } = this.#troupe;
    const asked = await use.mailGuardianCode(attendeeCare, held);
    children += 1;
    const id = `canary${children}q`;
    canaries.push(id);
    const email = `guardian-${id}@${this.#course.id}.example.org`;
    const guardian = { name: `Parent ${id}`, email: onPaper ? '' : email, language: 'en', ...(onPaper && { onPaper }) };
    const code = await guardianCodeOf(asked, asked.minor?.guardianChange ?? { codeAt: '' }, attendeeCare.secrets);
    await use.changeGuardian(attendeeCare, { ...held, registration: asked }, { code, guardian });
  }

  async #paper(
    { registration }: RegistrationWithEvent,
    what: 'record' | 'confirm' | 'reject',
    by: string,
  ): Promise<void> {
    const { use, care } = this.#troupe;
    const { reference, revision } = registration;
    const body = what === 'record' ? { ...signedForm(), revision } : { decision: what, revision };
    const request = { params: { eventId: this.#course.id, reference }, body, language: 'en', query: {}, headers: {} };
    const handle = what === 'record' ? use.recordPaper(care) : use.decidePaper(care);
    await handle(request as never, member(by, 'safeguarding'));
  }

  async #decideOn({ registration }: RegistrationWithEvent, decision: 'approve' | 'decline'): Promise<void> {
    const { reference, revision } = registration;
    const params = { eventId: this.#course.id, reference };
    const request = { params, body: { decision, revision }, language: 'en', query: {}, headers: {} };
    const { use, organiser } = this.#troupe;
    await use.decideRegistration(organiser)(request as never, {
      ...member('organiser', 'organiser'),
      ticks: ['decide'],
    });
  }

  async #mail(): Promise<void> {
    const pending = await scan(this.#parts, 'outbox', { having: { eventId: this.#course.id, state: 'pending' } });
    const due = pending.filter(
      (item) => item['kind'] !== undefined && !(Date.parse(String(item['notBefore'])) > this.now().getTime()),
    );
    for (const { id } of due) await this.#troupe.use.deliver(this.#troupe.outbox, String(id));
  }
}

const LIVE: readonly Phase[] = ['pending-approval', 'confirmed', 'waitlisted'];

function given({ event }: RegistrationWithEvent, photo: boolean): Record<string, string> {
  const consents = (event.minors?.consents ?? []).filter(({ required }) => required || photo);
  return Object.fromEntries(consents.map(({ id, version }) => [id, version]));
}

/** All of it is theirs, and none of it was known before. */
const answers = ({ canaries: [id = ''] }: Child, { category, mode }: { category: string; mode: string }) =>
  ({ ...submission(), fullName: `Full ${id}`, badgeName: '', organisation: `School ${id}`, category, mode }) as never;

export const YOUNG_CATEGORIES = ['children-youth', APPROVED_CATEGORY] as const;
