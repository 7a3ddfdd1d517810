import type { Actor } from '../../../shared/checkin/check-in.schema.ts';
import { t } from '../words.ts';

export function memberText({ label, isYou, isMember }: Actor): string {
  if (isYou) return t('doors.member.you');
  return label ?? (isMember ? t('doors.member.unnamed') : t('doors.member.former'));
}
