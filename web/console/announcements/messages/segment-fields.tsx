import { REGISTRATION_STATUSES } from '../../../../shared/event/attendee.ts';
import { useDesk } from '../../desk.ts';
import { ChecksField, type Choice } from '../../kernel/form/field.tsx';
import { words } from '../../words.ts';
import type { Segment } from './draft.ts';

interface SegmentFieldsProps {
  readonly segment: Segment;
  readonly errorOf: (path: string) => string | undefined;
  readonly onChange: (segment: Segment) => void;
}

/** Whom a message is for. */
export function SegmentFields({ segment, errorOf, onChange }: SegmentFieldsProps) {
  const { event } = useDesk();
  const statuses = REGISTRATION_STATUSES.filter((status) => status !== 'expired');
  const sessions = event.sessions.filter(({ signUp }) => signUp);
  const field = (name: keyof Segment, choices: readonly Choice[]) => ({
    name: `segment.${name}`,
    label: words.messages[name],
    choices,
    chosen: segment[name],
    error: errorOf(`segment.${name}`),
    onChange: (chosen: readonly string[]) => onChange({ ...segment, [name]: chosen }),
  });
  return (
    <div class="segment">
      <ChecksField
        {...field(
          'statuses',
          statuses.map((status) => [status, words.status[status]]),
        )}
        hint={words.messages.confirmedAlone}
      />
      <ChecksField {...field('modes', titled(event.modes))} hint={words.messages.everyMode} />
      <ChecksField {...field('categories', titled(event.categories))} hint={words.messages.everyGroup} />
      {sessions.length > 0 && (
        <ChecksField {...field('sessions', titled(sessions))} hint={words.messages.everySession} />
      )}
    </div>
  );
}

const titled = (parts: readonly { readonly id: string; readonly title: string }[]): readonly Choice[] =>
  parts.map(({ id, title }) => [id, title]);
