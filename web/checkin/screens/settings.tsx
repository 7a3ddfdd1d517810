import { STALE_AFTER } from '../../../shared/ticket/revocation-list.ts';
import { useApp } from '../app-context.ts';
import type { Snapshot } from '../engine/engine.ts';
import { DeviceTalk, SaveScans, SignOut } from '../parts/device.tsx';
import { openStatusOf } from '../parts/door-name.ts';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { useCameras } from '../scan/camera.ts';
import { type Screens, SubScreen } from '../sub-screen.tsx';
import { dateAndTime, useNow } from '../times.ts';
import { textFor } from '../words.ts';

/** What has to hold before the doors open, in the order in which it is set right. */
type Check = 'list' | 'people' | 'talk' | 'revocations' | 'sent' | 'storage';

/**
 * @param now by this phone's clock, epoch milliseconds
 * @param corrected by the server's clock
 */
export function readinessOf(
  snapshot: Snapshot,
  now: number,
  corrected: number,
): readonly (readonly [check: Check, isOk: boolean])[] {
  const { standing, door, people, download, freshness, queue, storage } = snapshot;
  return [
    ['list', standing === 'active' && door !== undefined && openStatusOf(door, corrected) !== 'over'],
    ['people', people > 0],
    ['talk', download.at !== undefined && now - download.at < STALE_AFTER],
    ['revocations', freshness === 'fresh'],
    ['sent', queue.waiting === 0 && queue.refused === 0],
    ['storage', storage === 'persistent'],
  ];
}

/** Whether this phone is ready for the doors, and what is wanting: to be looked at before they open. */
function Ready() {
  const { engine, phone, snapshot, t } = useApp();
  const [now, corrected] = [useNow(phone.now), useNow(engine.now)];
  return (
    <>
      <dl>
        {readinessOf(snapshot, now, corrected).map(([check, isOk]) => (
          <>
            <dt>{t(`ready.${check}`)}</dt>
            <dd>{isOk ? `✓ ${t('ready.yes')}` : `✗ ${t('ready.no')}`}</dd>
          </>
        ))}
      </dl>
      <p>{t('ready.practice')}</p>
    </>
  );
}

/** What the phone is, how it stands with the server, and what the staff at it may choose. */
export function SettingsScreen({ screens }: { readonly screens: Screens }) {
  const { snapshot, t, preferences, setPreferences } = useApp();
  return (
    <SubScreen title={t('settings.title')} screens={screens}>
      <h2>{t('ready.title')}</h2>
      <Ready />
      <h2>{t('settings.talk')}</h2>
      <DeviceTalk />
      <h2>{t('settings.scans')}</h2>
      <SaveScans />
      <LanguageChoice />
      <label class="switch">
        <input
          type="checkbox"
          checked={preferences.hasSound}
          onChange={(event) => setPreferences({ ...preferences, hasSound: event.currentTarget.checked })}
        />
        {t('settings.sound')}
      </label>
      <CameraChoice />
      <h2>{t('settings.device')}</h2>
      <Facts />
      {snapshot.storage !== 'full' && <p>{t(`storage.${snapshot.storage}`)}</p>}
      <h2>{t('settings.signOut')}</h2>
      <SignOut />
    </SubScreen>
  );
}

function CameraChoice() {
  const { t, preferences, setPreferences } = useApp();
  const cameras = useCameras();
  if (cameras.length < 2) return null;
  return (
    <p class="field">
      <label for="camera">{t('settings.camera')}</label>
      <select
        id="camera"
        value={preferences.camera ?? ''}
        onChange={({ currentTarget: { value } }) =>
          setPreferences({ ...preferences, camera: value === '' ? undefined : value })
        }
      >
        <option value="">{t('settings.anyCamera')}</option>
        {cameras.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </p>
  );
}

function Facts() {
  const { snapshot, t, language } = useApp();
  const { device, setup, people } = snapshot;
  if (device === undefined) return null;
  const facts = [
    [t('settings.name'), `${device.name} (${device.id})`],
    [t('settings.event'), setup ? textFor(setup.event.title, language) : device.eventId],
    [t('settings.shift'), dateAndTime(device.endsAt, setup?.event.timeZone ?? 'UTC', t)],
    [t('settings.people'), `${people}`],
    [t('settings.names'), device.isVetted ? t('settings.shown') : t('settings.hidden')],
  ];
  return (
    <dl>
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}
