import type { ComponentChildren } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { countriesByName, PLACE_CODES } from '../../../shared/kernel/text/countries.ts';
import { useApp } from '../app-context.ts';
import type { TypedWalkIn } from '../engine/engine.ts';
import { type Screens, SubScreen } from '../sub-screen.tsx';
import type { ScanDesk } from '../verdict/use-desk.ts';
import { textFor } from '../words.ts';

/** How a field is tied to its label and to what is wrong with it. */
interface Aria {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface WalkInFieldProps {
  readonly name: keyof TypedWalkIn;
  readonly isWrong: boolean;
  readonly children: (aria: Aria) => ComponentChildren;
}

/** A label, what is wrong below it, and the field. */
function WalkInField({ name, isWrong, children }: WalkInFieldProps) {
  const { t } = useApp();
  const [id, problem] = [`walk-in-${name}`, `walk-in-${name}-problem`];
  return (
    <>
      <label for={id}>{t(`walkIn.${name}`)}</label>
      {isWrong && (
        <p id={problem} class="problem">
          {t(`walkIn.wrong.${name}`)}
        </p>
      )}
      {children({ id, 'aria-invalid': isWrong, 'aria-describedby': isWrong ? problem : undefined })}
    </>
  );
}

/** A walk-in: entered, checked in and given a ticket at once. */
export function WalkInScreen({ desk, screens }: { readonly desk: ScanDesk; readonly screens: Screens }) {
  const { snapshot, t, language } = useApp();
  const [wrong, setWrong] = useState<readonly (keyof TypedWalkIn)[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const told = snapshot.setup?.event.countries?.[language];
  // A phone that was not told the event's own has the names that its browser knows.
  const countries = useMemo(() => told ?? countriesByName(PLACE_CODES, language), [told, language]);
  const enter = (event: SubmitEvent): void => {
    event.preventDefault();
    if (form.current === null) return;
    const data = new FormData(form.current);
    const of = (name: keyof TypedWalkIn): string => `${data.get(name) ?? ''}`;
    const typed = { fullName: of('fullName'), organisation: of('organisation'), country: of('country') };
    desk.walkIn({ ...typed, category: of('category'), reason: of('reason') || undefined }).then((result) => {
      const fields = typeof result === 'string' ? [] : result;
      setWrong(fields);
      // What could not be noted stays typed.
      if (result === 'noted') form.current?.reset();
      form.current?.querySelector<HTMLElement>(`[name=${fields[0]}]`)?.focus();
    });
  };
  const text = (name: 'fullName' | 'organisation' | 'reason') => (
    <WalkInField name={name} isWrong={wrong.includes(name)}>
      {(aria) => <input {...aria} name={name} autocomplete="off" />}
    </WalkInField>
  );
  return (
    <SubScreen title={t('walkIn.title')} screens={screens}>
      <p>{t('walkIn.text')}</p>
      <form ref={form} onSubmit={enter} noValidate>
        {text('fullName')}
        {text('organisation')}
        <WalkInField name="country" isWrong={wrong.includes('country')}>
          {(aria) => (
            <select {...aria} name="country">
              <option value="">{t('walkIn.choose')}</option>
              {countries.map(([code, name]) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </WalkInField>
        <WalkInField name="category" isWrong={wrong.includes('category')}>
          {(aria) => (
            <select {...aria} name="category">
              <option value="">{t('walkIn.choose')}</option>
              {snapshot.setup?.event.categories.map(({ id, name }) => (
                <option key={id} value={id}>
                  {textFor(name, language)}
                </option>
              ))}
            </select>
          )}
        </WalkInField>
        {text('reason')}
        <p class="hint">{t('walkIn.reasonHint')}</p>
        <button type="submit">{t('walkIn.enter')}</button>
      </form>
      <p role="status">{desk.note}</p>
    </SubScreen>
  );
}
