import { ChecksField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { words } from '../../words.ts';
import type { Minor } from './one.ts';

/** What stands on the paper about one consent. */
export interface Marked {
  readonly ticked: boolean;
  /** As it is printed below the consent's title. */
  readonly version: string;
}

export const nothingMarked: Marked = { ticked: false, version: '' };

interface MarkedConsentProps {
  readonly consent: Minor['consents'][number];
  readonly marked: Marked;
  readonly error: unknown;
  readonly onChange: (marked: Marked) => void;
}

/** Each for itself and unticked (CS6); of what is ticked, the version is typed from the paper, not taken from here. */
export function MarkedConsent({ consent, marked, error, onChange }: MarkedConsentProps) {
  const { id, title, agreement, required } = consent;
  return (
    <>
      <ChecksField
        name={`consents.${id}`}
        label={title}
        hint={required ? words.paper.required : words.paper.choice}
        choices={[['yes', agreement]]}
        chosen={marked.ticked ? ['yes'] : []}
        error={fieldError(error, `consents.${id}`)}
        onChange={(chosen) => onChange({ ...marked, ticked: chosen.length > 0 })}
      />
      {marked.ticked && (
        <TextField
          name={`version.${id}`}
          label={words.paper.version}
          hint={words.paper.versionHint}
          value={marked.version}
          error={fieldError(error, `version.${id}`)}
          onChange={(version) => onChange({ ...marked, version })}
        />
      )}
    </>
  );
}
