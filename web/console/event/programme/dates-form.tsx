import { useState } from 'preact/hooks';
import type { EventStatus } from '../../../../shared/event/event-status.ts';
import { movedTo } from '../../../../shared/event/move-days.ts';
import { TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { refuse, requireTyped } from '../../kernel/form/require-typed.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { dayName } from '../../names.ts';
import { words } from '../../words.ts';
import type { ProgrammeAnswer } from './local-text.ts';
import { type StateChange, useStateChange } from './use-state-change.ts';

interface DatesFormProps extends StateChange {
  readonly days: ProgrammeAnswer['days'];
  /** Whether the event then takes place on the dates that it has, too. */
  readonly to?: EventStatus;
}

/** Puts the event on other dates, or has it take place again, on the same ones or others. All its days move along. */
export function DatesForm({ days, to, ...props }: DatesFormProps) {
  const { busy, error, change } = useStateChange(props);
  const current = days[0]?.date ?? '';
  const [firstDay, setFirstDay] = useState(current);
  const said = words.eventState.dates;
  const { recipients, status } = props.state;
  const send = async (): Promise<void> =>
    change({ status: to ?? status, firstDay }, to ? words.eventState.done[to] : said.done, () => {
      requireTyped({ firstDay });
      if (to === undefined && firstDay === current) refuse({ firstDay: said.same });
    });
  return (
    <Disclosure label={to ? words.eventState.change[to] : said.change}>
      {(close) => (
        <FieldsForm
          send={to ? words.eventState.sure[to] : said.sure}
          busy={busy}
          error={error}
          labels={{ firstDay: said.firstDay }}
          onSend={send}
          onCancel={close}
        >
          {to && <p>{words.eventState.follows[to]}</p>}
          <TextField
            name="firstDay"
            type="date"
            label={said.firstDay}
            hint={said.hint(days.length)}
            value={firstDay}
            error={fieldError(error, 'firstDay')}
            onChange={setFirstDay}
          />
          {isDate(firstDay) && (
            <p role="status">{said.resulting(movedTo(days, firstDay).map(({ date }) => dayName(date)))}</p>
          )}
          <p>
            {said.follows} {words.eventState.mailed(recipients)}
          </p>
        </FieldsForm>
      )}
    </Disclosure>
  );
}

/** While someone types, a year may have five digits. */
const isDate = (typed: string): boolean => /^\d{4}-\d\d-\d\d$/.test(typed);
