import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { type Camera, CameraError, type CameraTrouble, openCamera } from './camera.ts';
import { watchFrames } from './frames.ts';

export interface Viewing {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly camera: Camera | undefined;
  readonly trouble: CameraTrouble | 'no-reader' | undefined;
  readonly retry: () => void;
}

/** A camera that looks for codes for as long as the page is seen; out of sight it is off. */
export function useCamera(onText: (text: string) => void | Promise<void>): Viewing {
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
