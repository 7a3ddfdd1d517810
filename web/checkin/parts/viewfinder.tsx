import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { type Camera, CameraError, type CameraTrouble, openCamera, useCameras } from '../scan/camera.ts';
import { type CodeReader, watchFrames } from '../scan/code-reader.ts';
import type { Pixels } from '../scan/read-code.ts';

interface Viewing {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly camera: Camera | undefined;
  readonly trouble: CameraTrouble | 'no-reader' | undefined;
  readonly retry: () => void;
}

/** A camera that looks for codes for as long as the page is seen; out of sight it is off. */
function useCamera(onText: (text: string) => void | Promise<void>): Viewing {
  const { phone, preferences } = useApp();
  const video = useRef<HTMLVideoElement>(null);
  const [camera, setCamera] = useState<Camera>();
  const [trouble, setTrouble] = useState<Viewing['trouble']>();
  const [attempt, setAttempt] = useState(0);
  const isVisible = useVisible();
  const hear = useRef(onText);
  hear.current = onText;

  useEffect(() => {
    if (!isVisible) return;
    let isEnded = false;
    let opened: Camera | undefined;
    let endWatching = (): void => {};
    const start = async (): Promise<void> => {
      opened = await openCamera(preferences.camera);
      const element = video.current;
      if (isEnded || element === null) return opened.stop();
      opened.onEnded(() => setTrouble('busy'));
      element.srcObject = opened.stream;
      await element.play();
      setCamera(opened);
      const onBroken = (): void => setTrouble('no-reader');
      endWatching = watchFrames(element, phone.reader(), { onText: async (text) => hear.current(text), onBroken });
    };
    setTrouble(undefined);
    start().catch((error: unknown) => {
      opened?.stop();
      if (!isEnded) setTrouble(error instanceof CameraError ? error.trouble : 'failed');
    });
    return () => {
      isEnded = true;
      endWatching();
      opened?.stop();
      setCamera(undefined);
    };
  }, [attempt, isVisible, preferences.camera, phone]);

  return { video, camera, trouble, retry: () => setAttempt((count) => count + 1) };
}

function useVisible(): boolean {
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const look = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isVisible;
}

/** Light, where the camera has one, and the next camera, where there is one. */
function CameraTools({ camera }: { readonly camera: Camera }) {
  const { t, preferences, setPreferences } = useApp();
  const [isLit, setLit] = useState(false);
  const cameras = useCameras();
  const switchTorch = (): void => {
    camera.setTorch(!isLit).then(
      () => setLit(!isLit),
      () => {},
    );
  };
  const useNext = (): void => {
    const index = cameras.findIndex(({ id }) => id === camera.id);
    setPreferences({ ...preferences, camera: cameras[(index + 1) % cameras.length]?.id });
  };
  return (
    <div class="camera-tools">
      {camera.hasTorch && (
        <button type="button" aria-pressed={isLit} onClick={switchTorch}>
          {isLit ? t('scan.torchOff') : t('scan.torchOn')}
        </button>
      )}
      {cameras.length > 1 && (
        <button type="button" onClick={useNext}>
          {t('scan.other')}
        </button>
      )}
    </div>
  );
}

/** What the camera shows, with the frame in which codes are looked for; or why there is nothing to see, and what to do. */
export function Viewfinder({ onText }: { readonly onText: (text: string) => void | Promise<void> }) {
  const { t } = useApp();
  const { video, camera, trouble, retry } = useCamera(onText);
  return (
    <div class="viewfinder">
      <video ref={video} muted playsInline aria-label={t('scan.camera')} hidden={trouble !== undefined} />
      {trouble === undefined && <div class="frame" aria-hidden="true" />}
      {trouble === undefined && <p class="aim">{camera === undefined ? t('scan.starting') : t('scan.aim')}</p>}
      {trouble !== undefined && (
        <div class="trouble" role="alert">
          <Trouble of={trouble} />
          {trouble !== 'no-reader' && (
            <button type="button" onClick={retry}>
              {t('common.tryAgain')}
            </button>
          )}
        </div>
      )}
      {trouble === undefined && camera !== undefined && <CameraTools key={camera.id} camera={camera} />}
    </div>
  );
}

function Trouble({ of }: { readonly of: Exclude<ReturnType<typeof useCamera>['trouble'], undefined> }) {
  const { t } = useApp();
  if (of === 'no-reader') return <p>{t('scan.noReader')}</p>;
  return (
    <>
      <h2>{t(`camera.${of}.title`)}</h2>
      <p>{t(`camera.${of}.text`)}</p>
    </>
  );
}

/** Longest sides at which a picture is looked at: small is quick and forgives noise, large finds a code far away. */
const SIDES = [1000, 2400];

/** The file is no picture, or none that this browser can open. */
class NoPictureError extends Error {}

/** What the code in a picture says; `undefined` where there is none. @throws NoPictureError */
async function readPhoto(file: Blob, reader: CodeReader): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch((cause: unknown) => {
    throw new NoPictureError('not a picture', { cause });
  });
  try {
    for (const side of SIDES) {
      const text = await reader.read(scaled(picture, side));
      if (text !== undefined) return text;
    }
    return undefined;
  } finally {
    picture.close();
  }
}

function scaled(picture: ImageBitmap, side: number): Pixels {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new NoPictureError('no canvas');
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** A picture of a code, taken now or kept: for phones whose camera a page cannot have. */
export function Photo({ onText }: { readonly onText: (text: string) => void }) {
  const { phone, t } = useApp();
  const [note, setNote] = useState<string>();
  const look = (input: HTMLInputElement): void => {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    setNote(t('scan.reading'));
    readPhoto(file, phone.reader())
      .then(
        (text) => {
          setNote(text === undefined ? t('scan.noCode') : undefined);
          if (text !== undefined) onText(text);
        },
        (error: unknown) => setNote(error instanceof NoPictureError ? t('scan.noPicture') : t('scan.noReader')),
      )
      // The same file may be chosen once more.
      .finally(() => {
        input.value = '';
      });
  };
  return (
    <>
      <label class="button second photo">
        {t('scan.photo')}
        <input type="file" accept="image/*" capture="environment" onChange={(event) => look(event.currentTarget)} />
      </label>
      <p class="photo-note" role="status">
        {note}
      </p>
    </>
  );
}
