import { eventStore } from '../../shared/event/event.store.ts';
import {
  getEvent,
  showAccessibility,
  showConsentForm,
  showEvent,
  showHome,
  showPrivacy,
  showReportHome,
  showYoungPeople,
} from '../../shared/event/page/pages.case.ts';
import { SITE_ROUTES } from '../../shared/event/site.routes.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { showYoungForm } from '../../shared/minors/apply/show-young-form.case.ts';
import { showForm, showThanks } from '../../shared/registration/apply/show-form.case.ts';
import { showFind } from '../../shared/registration/link/recover.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { counterStore } from '../../shared/seats/counter.store.ts';
import { getConsoleConfig } from '../../shared/team/role/get-console-config.case.ts';
import { everyPurposeKept } from '../../shared/uses.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client },
    {
      events: eventStore,
      counters: counterStore,
      homeEvent: ({ homeEvent }) => homeEvent,
      signIn: ({ oidcIssuer, oidcClientId, oidcScope }) => ({
        issuer: oidcIssuer,
        clientId: oidcClientId,
        scope: oidcScope,
      }),
    },
  );

/** What anyone may read. */
export const handler = httpHandler<RoutesOf<'site'>>(
  SITE_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showHome: showHome(deps),
      showReportHome: showReportHome(deps),
      getEvent: getEvent(deps),
      showEvent: showEvent(deps),
      showForm: showForm(deps),
      showYoungForm: showYoungForm(deps),
      showThanks: showThanks(deps),
      showFind: showFind(deps),
      getConsoleConfig: getConsoleConfig(deps),
      showPrivacy: showPrivacy(deps, everyPurposeKept),
      showYoungPeople: showYoungPeople(deps),
      showConsentForm: showConsentForm(deps),
      showAccessibility: showAccessibility(deps),
    };
  },
  problemPage,
);
