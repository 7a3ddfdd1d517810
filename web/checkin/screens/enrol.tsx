import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { Photo } from '../parts/photo.tsx';
import { Plain } from '../parts/plain.tsx';
import { Viewfinder } from '../parts/viewfinder.tsx';
import type { Enrolment } from '../use-enrolment.ts';

/** A phone that is no device yet: it scans an organiser's code, or opens its link. */
export function Enrol({ enrolment }: { readonly enrolment: Enrolment }) {
  const { words } = useApp();
  const [isScanning, setScanning] = useState(false);
  const { code, isBusy, problem, take } = enrolment;
  const read = (text: string): void => {
    if (isBusy) return;
    setScanning(false);
    take(text);
  };
  return (
    <Plain title={words.enrol.title}>
      <Problem of={problem} />
      <p role="status">{isBusy && words.enrol.busy}</p>
      {code !== undefined && (
        <>
          <p>{words.enrol.opened}</p>
          <button type="button" aria-disabled={isBusy || undefined} onClick={() => isBusy || take(code)}>
            {words.enrol.become}
          </button>
        </>
      )}
      <p>{words.enrol.text}</p>
      {isScanning && <Viewfinder onText={read} />}
      <div class="ways">
        <button type="button" class={isScanning || code ? 'second' : ''} onClick={() => setScanning(!isScanning)}>
          {isScanning ? words.enrol.stop : words.enrol.scan}
        </button>
        <Photo onText={read} />
      </div>
      <PasteLink onLink={read} />
    </Plain>
  );
}

export function Problem({ of }: { readonly of: Enrolment['problem'] }) {
  const { words } = useApp();
  return (
    <p role="alert" class={of && 'problem'}>
      {of !== undefined && (of === 'not-a-code' ? words.enrol.notACode : words.enrol.why[of])}
    </p>
  );
}

function PasteLink({ onLink }: { readonly onLink: (text: string) => void }) {
  const { words } = useApp();
  const [link, setLink] = useState('');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onLink(link);
      }}
    >
      <label for="link">{words.enrol.link}</label>
      <input
        id="link"
        type="url"
        autocomplete="off"
        spellcheck={false}
        value={link}
        onInput={(event) => setLink(event.currentTarget.value)}
      />
      <button type="submit" class="second">
        {words.enrol.take}
      </button>
    </form>
  );
}
