import amend from './amend.json' with { type: 'json' };
import care from './care.json' with { type: 'json' };
import certificate from './certificate.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
import confirm from './confirm.json' with { type: 'json' };
import delegation from './delegation.json' with { type: 'json' };
import delegationPerson from './delegation-person.json' with { type: 'json' };
import event from './event.json' with { type: 'json' };
import feedback from './feedback.json' with { type: 'json' };
import field from './field.json' with { type: 'json' };
import find from './find.json' with { type: 'json' };
import form from './form.json' with { type: 'json' };
import guardian from './guardian.json' with { type: 'json' };
import join from './join.json' with { type: 'json' };
import letter from './letter.json' with { type: 'json' };
import manage from './manage.json' with { type: 'json' };
import problem from './problem.json' with { type: 'json' };
import proof from './proof.json' with { type: 'json' };
import register from './register.json' with { type: 'json' };
import report from './report.json' with { type: 'json' };
import selfService from './self-service.json' with { type: 'json' };
import thanks from './thanks.json' with { type: 'json' };
import young from './young.json' with { type: 'json' };

export const site = {
  ...amend,
  ...care,
  ...certificate,
  ...common,
  ...confirm,
  ...delegation,
  ...delegationPerson,
  ...event,
  ...feedback,
  ...field,
  ...find,
  ...form,
  ...guardian,
  ...join,
  ...letter,
  ...manage,
  ...problem,
  ...proof,
  ...register,
  ...report,
  ...selfService,
  ...thanks,
  ...young,
};
