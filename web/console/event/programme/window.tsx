import { Sure } from '../../kernel/form/sure.tsx';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { words } from '../../words.ts';
import { UnprovenForm } from './unproven-form.tsx';
import { useWindowChange, type WindowProps } from './use-window-change.ts';
import { WindowForm } from './window-form.tsx';
import { WindowState } from './window-state.tsx';

/** Whether registration is open and until when, to be opened or closed now, or at a time; and what becomes of seats that nobody proves. */
export function RegistrationWindow(props: WindowProps) {
  const { state, proveWithin, releaseUnproven } = props.programme.registration;
  return (
    <section class="card" aria-labelledby="window">
      <h2 id="window">{words.window.title}</h2>
      <p>
        <WindowState registration={props.programme.registration} />
      </p>
      <div class="buttons">
        {state === 'not-open' && <Now {...props} what="open" />}
        {state === 'open' && <Now {...props} what="close" />}
        <Disclosure label={state === 'closed' ? words.window.openAgain : words.window.change}>
          {(close) => <WindowForm {...props} onClose={close} />}
        </Disclosure>
      </div>
      <h3>{words.unproven.title}</h3>
      <p>{words.unproven.state[releaseUnproven](proveWithin)}</p>
      <div class="buttons">
        <Disclosure label={words.unproven.change}>{(close) => <UnprovenForm {...props} onClose={close} />}</Disclosure>
      </div>
    </section>
  );
}

/** Whoever closes by a slip has many people turned away: what follows is said first. */
function Now({ what, ...props }: WindowProps & { readonly what: 'open' | 'close' }) {
  const { busy, error, change } = useWindowChange(props);
  const { opensAt, closesAt } = props.programme.registration;
  const wanted = what === 'open' ? { opensAt: 'now', closesAt } : { opensAt, closesAt: 'now' };
  return (
    <Sure
      label={words.window.now[what]}
      follows={words.window.follows[what]}
      now={words.window.sure[what]}
      kind={what === 'close' ? 'danger' : undefined}
      busy={busy}
      error={error}
      onPress={() => change(wanted, words.window.done[what])}
    />
  );
}
