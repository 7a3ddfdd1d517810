import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { requireChromium } from '../support/chromium.ts';
import { type CheckinApp, next, scanned, startCheckinApp } from './app.ts';

let app: CheckinApp;
let page: Page;

beforeAll(async () => {
  app = await startCheckinApp(() => ['--use-fake-device-for-media-stream=device-count=2'], requireChromium());
});
afterAll(async () => app?.stop());
afterEach(async () => page?.context().close());

const ALLOWED = { permissions: ['camera'] };

declare global {
  /** What the app asked of the phone, in its order. */
  var toldPhone: unknown[];
  /** Patterns of vibration. */
  var feltPhone: unknown[];
}

const told = (): Promise<unknown[]> => page.evaluate(() => globalThis.toldPhone.splice(0));
const button = (name: string) => page.getByRole('button', { name });

/** Of the camera that is seen. */
const cameraSeen = (): Promise<string | undefined> =>
  page.evaluate(() => {
    const stream = document.querySelector('video')?.srcObject;
    const [track] = stream instanceof MediaStream ? stream.getVideoTracks() : [];
    return track?.readyState === 'live' ? track.getSettings().deviceId : undefined;
  });

describe('the camera', () => {
  it('that somebody refused says what to do, and starts once it is allowed', async () => {
    page = await app.phone();
    await page.getByRole('heading', { name: 'The camera is blocked' }).waitFor();
    expect(await page.locator('.trouble p').textContent()).toContain('allow the camera for this site');
    await page.context().grantPermissions(['camera']);
    await button('Try again').click();
    await page.getByText('Hold the code in the frame').waitFor();
  });

  it('is the one that was chosen, in the picture or in the settings, also after a reload', async () => {
    page = await app.phone(ALLOWED);
    await button('Other camera').waitFor();
    const first = await cameraSeen();
    await button('Other camera').click();
    await expect.poll(cameraSeen).not.toBeOneOf([first, undefined]);
    const second = await cameraSeen();
    await page.reload();
    await expect.poll(cameraSeen).toBe(second);
    await button('Settings').last().click();
    const choice = page.getByLabel('Camera', { exact: true });
    expect(await choice.inputValue()).toBe(second);
    await choice.selectOption(first ?? '');
    await button('Back').click();
    await expect.poll(cameraSeen).toBe(first);
  });

  it('is off while nobody sees the page, and on again with a screen that stays on', async () => {
    page = await app.phone({ ...ALLOWED, before: `(${hearWakeLock})()` });
    await expect.poll(cameraSeen).toBeDefined();
    expect(await told()).toEqual(['screen']);
    await page.evaluate(show, 'hidden');
    await expect.poll(cameraSeen).toBeUndefined();
    expect(await told()).toEqual([]);
    await page.evaluate(show, 'visible');
    await expect.poll(cameraSeen).toBeDefined();
    expect(await told()).toEqual(['screen']);
  });

  it('shows no button for a light that it has not', async () => {
    page = await app.phone(ALLOWED);
    await button('Other camera').waitFor();
    expect(await page.locator('.camera-tools [aria-pressed]').count()).toBe(0);
  });

  it('switches the light that it has, and says so only where it did', async () => {
    page = await app.phone({ ...ALLOWED, before: `(${haveTorch})()` });
    await button('Light on').click();
    await button('Light off').click();
    await button('Light on').waitFor();
    expect(await told()).toEqual([true, false]);
    await page.evaluate(() => {
      MediaStreamTrack.prototype.applyConstraints = () => Promise.reject(new DOMException('', 'OverconstrainedError'));
    });
    await button('Light on').click();
    expect(await page.locator('.camera-tools [aria-pressed]').getAttribute('aria-pressed')).toBe('false');
  });
});

describe.each(['en', 'km'])('a small phone in %s', (locale) => {
  it('shows the picture, the last scan and all ways without scrolling, upright and on its side', async () => {
    const { code } = await app.invite();
    page = await app.phone({ ...ALLOWED, locale, list: 'room' });
    await scanned(page, code);
    await next(page);
    await page.locator('.last button').waitFor();
    await page.locator('.camera-tools').waitFor();
    for (const [width, height] of [
      [360, 640],
      [740, 360],
    ] as const) {
      await page.setViewportSize({ width, height });
      const places = page.locator('.aim, .frame, .last, .ways > :not(p)');
      const ends = await places.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom));
      expect([ends.length, Math.max(...ends) <= height], `${width} x ${height}: ${ends}`).toEqual([8, true]);
    }
  });
});

describe('what is heard and felt', () => {
  it('is something else for each verdict, and is felt alone where sound was switched off', async () => {
    const guests = [await app.invite(), await app.invite()];
    const codes = {
      go: guests[0]?.code ?? '',
      ask: app.event.issue({ ticketId: new Uint8Array(12).fill(9) }),
      stop: 'https://example.org/menu',
    };
    page = await app.phone({ before: `(${hearSignals})()` });
    // Browsers let a page be heard once it was touched.
    await page.locator('.scan h1').click();
    await page.waitForFunction(() => globalThis.toldPhone.includes('running'));
    await told();
    const signals: { readonly heard: string; readonly felt: string }[] = [];
    for (const tone of ['go', 'ask', 'stop'] as const) {
      expect(await scanned(page, codes[tone])).toBe(tone);
      const [notes, patterns] = [await told(), await felt()];
      expect([notes.length > 0, patterns.length]).toEqual([true, 1]);
      signals.push({ heard: JSON.stringify(notes), felt: JSON.stringify(patterns) });
      await next(page);
    }
    expect([new Set(signals.map(({ heard }) => heard)).size, new Set(signals.map((each) => each.felt)).size]).toEqual([
      3, 3,
    ]);
    await button('Settings').last().click();
    await page.getByLabel('Sound with each verdict').uncheck();
    await button('Back').click();
    expect(await scanned(page, guests[1]?.code ?? '')).toBe('go');
    expect([await told(), JSON.stringify(await felt())]).toEqual([[], signals[0]?.felt]);
  });
});

const felt = (): Promise<unknown[]> => page.evaluate(() => globalThis.feltPhone.splice(0));

/** In the page: the light of a camera, which no camera of a test has. */
function haveTorch(): void {
  globalThis.toldPhone = [];
  const { prototype } = MediaStreamTrack;
  const { getCapabilities } = prototype;
  prototype.getCapabilities = function () {
    return { ...getCapabilities.call(this), torch: true };
  };
  prototype.applyConstraints = async (wanted) => {
    const [{ torch } = {}] = (wanted?.advanced ?? []) as { torch?: boolean }[];
    globalThis.toldPhone.push(torch);
  };
}

/** In the page: hears what is asked of the screen, which the browser answers as ever. */
function hearWakeLock(): void {
  globalThis.toldPhone = [];
  const { wakeLock } = navigator;
  const request = wakeLock.request.bind(wakeLock);
  wakeLock.request = (kind) => {
    globalThis.toldPhone.push(kind);
    return request(kind);
  };
}

/** In the page: no browser without a window hides it. */
function show(state: string): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** In the page: hears each note as it begins, and feels each pattern. */
function hearSignals(): void {
  globalThis.toldPhone = [];
  globalThis.feltPhone = [];
  const Context = globalThis.AudioContext;
  globalThis.AudioContext = class extends Context {
    constructor() {
      super();
      const look = (): number => globalThis.toldPhone.push(this.state);
      this.addEventListener('statechange', look);
      look();
    }
  };
  const { start } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = function (this: OscillatorNode, when = 0) {
    const after = Math.round((when - this.context.currentTime) * 100);
    globalThis.toldPhone.push([this.type, this.frequency.value, after]);
    start.call(this, when);
  };
  navigator.vibrate = (pattern) => globalThis.feltPhone.push(pattern) > 0;
}
