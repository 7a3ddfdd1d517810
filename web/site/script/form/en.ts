import words from '../../../../shared/i18n/en/form.json' with { type: 'json' };
import { enhanceForm } from '../enhance-form.ts';

enhanceForm(words);
