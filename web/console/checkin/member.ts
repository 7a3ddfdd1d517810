import { t } from '../words.ts';

/** Whoever of the team did something. */
interface Member {
  readonly label?: string | undefined;
  readonly isYou: boolean;
  readonly isMember: boolean;
}

export function memberText({ label, isYou, isMember }: Member): string {
  if (isYou) return t('doors.member.you');
  return label ?? (isMember ? t('doors.member.unnamed') : t('doors.member.former'));
}
