import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { DoorScreen } from './door.tsx';
import { EnrolmentError } from './engine/engine.ts';
import { enrolmentCode, takeAddressCode } from './engine/enrol.ts';
import { DeviceTalk, SaveScans, SignOut } from './parts/device.tsx';
import { LanguageChoice } from './parts/language-choice.tsx';
import { Photo, Viewfinder } from './parts/viewfinder.tsx';
import { hasScreenLock, makePasskey } from './passkey.ts';
import { Title } from './sub-screen.tsx';
import { dateAndTime } from './times.ts';

/** A phone that is no device yet: it scans an organiser's code, or opens its link. */
function Enrol({ enrolment }: { readonly enrolment: Enrolment }) {
  const { t } = useApp();
  const [isScanning, setScanning] = useState(false);
  const { code, isBusy, problem, take } = enrolment;
  const read = (text: string): void => {
    if (isBusy) return;
    setScanning(false);
    take(text);
  };
  return (
    <Plain title={t('enrol.title')}>
      <Problem of={isScanning ? undefined : problem} />
      <p role="status">{isBusy && t('enrol.busy')}</p>
      {code !== undefined && (
        <>
          <p>{t('enrol.opened')}</p>
          <button type="button" aria-disabled={isBusy || undefined} onClick={() => isBusy || take(code)}>
            {t('enrol.become')}
          </button>
        </>
      )}
      {isScanning ? <Viewfinder onText={read} /> : <p>{t('enrol.text')}</p>}
      <div class="ways">
        <button type="button" class={isScanning || code ? 'second' : ''} onClick={() => setScanning(!isScanning)}>
          {isScanning ? t('enrol.stop') : t('enrol.scan')}
        </button>
        <Photo onText={read} />
      </div>
      <PasteLink onLink={read} />
    </Plain>
  );
}

function Problem({ of }: { readonly of: Enrolment['problem'] }) {
  const { t } = useApp();
  return (
    <p role="alert" class={of && 'problem'}>
      {of !== undefined && (of === 'not-a-code' ? t('enrol.notACode') : t(`enrol.why.${of}`))}
    </p>
  );
}

function PasteLink({ onLink }: { readonly onLink: (text: string) => void }) {
  const { t } = useApp();
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onLink(field.current?.value ?? '');
      }}
    >
      <label for="link">{t('enrol.link')}</label>
      <input ref={field} id="link" type="url" autocomplete="off" spellcheck={false} />
      <button type="submit" class="second">
        {t('enrol.take')}
      </button>
    </form>
  );
}

type Passkey = 'none' | 'offered' | 'busy' | 'made' | 'failed';

/** What opens a desk's search, shown once before anything else: scanning needs none of it (AU10). */
function SearchCode({ digits }: { readonly digits: string }) {
  const { engine, snapshot, t } = useApp();
  const [passkey, setPasskey] = useState<Passkey>('none');
  useEffect(() => {
    void hasScreenLock().then((has) => has && setPasskey('offered'));
  }, []);
  const make = async (): Promise<void> => {
    setPasskey('busy');
    try {
      await engine.addPasskey(await makePasskey(snapshot.device?.name ?? ''));
      setPasskey('made');
    } catch {
      setPasskey('failed');
    }
  };
  return (
    <Plain title={t('searchCode.title')}>
      <p class="digits">{`${digits.slice(0, 3)} ${digits.slice(3)}`}</p>
      <p>{t('searchCode.text')}</p>
      <p>{t('searchCode.wrong')}</p>
      <p role="status">
        {passkey === 'made' && t('searchCode.made')}
        {passkey === 'failed' && t('searchCode.failed')}
      </p>
      <div class="ways">
        <button type="button" onClick={() => void engine.noteSearchCode().catch(() => undefined)}>
          {t('searchCode.noted')}
        </button>
        {passkey !== 'none' && passkey !== 'made' && (
          <button
            type="button"
            class="second"
            aria-disabled={passkey === 'busy' || undefined}
            onClick={() => passkey !== 'busy' && void make()}
          >
            {t('searchCode.make')}
          </button>
        )}
      </div>
    </Plain>
  );
}

/** A link was opened on a phone that is a device already. */
function ReplaceDevice({ enrolment }: { readonly enrolment: Enrolment }) {
  const { snapshot, t } = useApp();
  const { code = '', isBusy, problem, take, leave } = enrolment;
  return (
    <Plain title={t('enrol.already', { name: snapshot.device?.name ?? '' })}>
      <Problem of={problem} />
      {problem === 'unsent' && <SaveScans />}
      <p>{t('enrol.replace')}</p>
      <p role="status">{isBusy && t('enrol.busy')}</p>
      <div class="ways">
        <button type="button" aria-disabled={isBusy || undefined} onClick={() => isBusy || take(code)}>
          {t('enrol.replaceIt')}
        </button>
        <button type="button" class="second" onClick={leave}>
          {t('enrol.keep')}
        </button>
      </div>
    </Plain>
  );
}

/** The shift is over: what was scanned still leaves the phone. */
function Over() {
  const { snapshot, t } = useApp();
  const { device, setup, queue } = snapshot;
  const isDone = queue.waiting + queue.refused === 0;
  return (
    <Plain title={t('over.title')}>
      {device && <p>{t('over.ended', { at: dateAndTime(device.endsAt, setup?.event.timeZone ?? 'UTC', t) })}</p>}
      <p>{isDone ? t('over.done') : t('over.text')}</p>
      <DeviceTalk />
      {!isDone && <SaveScans />}
      <SignOut />
    </Plain>
  );
}

/** An organiser took the phone's access back: what it scanned still leaves it. */
function Revoked() {
  const { t } = useApp();
  return (
    <Plain title={t('revoked.title')}>
      <p>{t('revoked.text')}</p>
      <DeviceTalk />
      <SaveScans />
      <SignOut />
    </Plain>
  );
}

function NoStorage() {
  const { t } = useApp();
  return (
    <Plain title={t('noStorage.title')}>
      <p>{t('noStorage.text')}</p>
    </Plain>
  );
}

/** What the phone is at the moment decides what it shows. @param code of the link that was opened */
export function StatusScreen({ code }: { readonly code: string | undefined }) {
  const { snapshot } = useApp();
  const enrolment = useEnrolment(code);
  const replacing = enrolment.code !== undefined && <ReplaceDevice enrolment={enrolment} />;
  switch (snapshot.standing) {
    case 'starting':
      return null;
    case 'no-storage':
      return <NoStorage />;
    case 'not-enrolled':
      return <Enrol enrolment={enrolment} />;
    case 'revoked':
      return replacing || <Revoked />;
    case 'over':
      return replacing || <Over />;
    case 'active':
      return (
        replacing || (snapshot.searchCode === undefined ? <DoorScreen /> : <SearchCode digits={snapshot.searchCode} />)
      );
  }
}

interface Enrolment {
  /** A code that was opened as a link, and not taken yet: that needs a press, since programs open links too. */
  readonly code: string | undefined;
  readonly isBusy: boolean;
  /** Why it did not work. */
  readonly problem: EnrolmentError['why'] | 'not-a-code' | undefined;
  /** @param text a link, or a code */
  readonly take: (text: string) => void;
  /** Leaves the code that was opened. */
  readonly leave: () => void;
}

/** Becoming a device: from a link that was opened, or a code that was scanned or pasted. */
function useEnrolment(opened: string | undefined): Enrolment {
  const { engine } = useApp();
  const [code, setCode] = useState(opened);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Enrolment['problem']>();

  const take = (text: string): void => {
    const wanted = enrolmentCode(text);
    if (wanted === undefined) {
      setProblem('not-a-code');
      return;
    }
    setBusy(true);
    setProblem(undefined);
    engine
      .enrol(wanted)
      .then(() => setCode(undefined))
      .catch((error: unknown) => setProblem(error instanceof EnrolmentError ? error.why : 'server'))
      .finally(() => setBusy(false));
  };
  // A link that is opened while the app is open changes only what stands behind the #.
  useEffect(() => {
    const onLink = (): void => {
      const next = takeAddressCode();
      if (next !== undefined) setCode(next);
    };
    addEventListener('hashchange', onLink);
    return () => removeEventListener('hashchange', onLink);
  }, []);
  return { code, isBusy, problem, take, leave: () => setCode(undefined) };
}

/** A screen that says one thing, in a language that its reader can choose. */
function Plain({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <main class="plain">
      <Title>{title}</Title>
      {children}
      <LanguageChoice />
    </main>
  );
}
