import words from '../../../../shared/kernel/i18n/en/form.json' with { type: 'json' };
import { enhanceForm } from '../enhance-form.ts';

enhanceForm(words);
