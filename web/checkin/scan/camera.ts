import { useEffect, useState } from 'preact/hooks';

/** Why there is no picture: each needs something else to be done. */
export type CameraTrouble = 'refused' | 'absent' | 'busy' | 'unsupported' | 'failed';

export class CameraError extends Error {
  readonly trouble: CameraTrouble;
  constructor(trouble: CameraTrouble, cause?: unknown) {
    super(trouble, { cause });
    this.trouble = trouble;
  }
}

export interface Camera {
  readonly stream: MediaStream;
  /** Which one it is, to be chosen again. */
  readonly id: string | undefined;
  readonly hasTorch: boolean;
  readonly setTorch: (isOn: boolean) => Promise<void>;
  /** Calls once when the picture ends by itself: another app took the camera, or it was unplugged. */
  readonly onEnded: (listener: () => void) => void;
  readonly stop: () => void;
}

/** Names by which browsers say what is wrong. */
const TROUBLES: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Enough for a ticket at arm's length; more only costs time. */
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };

/**
 * Starts a camera.
 *
 * @param id of one that was chosen before; without it, or where that one is gone, the one at the back
 * @throws CameraError
 */
export async function openCamera(id?: string): Promise<Camera> {
  const devices = navigator.mediaDevices;
  if (typeof devices?.getUserMedia !== 'function') throw new CameraError('unsupported');
  const ask = (which: MediaTrackConstraints) => devices.getUserMedia({ audio: false, video: { ...SIZE, ...which } });
  try {
    const stream = await (id === undefined
      ? ask(AT_THE_BACK)
      : ask({ deviceId: { exact: id } }).catch(orElse(() => ask(AT_THE_BACK))));
    return cameraOf(stream);
  } catch (error) {
    if (error instanceof CameraError) throw error;
    throw new CameraError(TROUBLES[(error as Error).name] ?? 'failed', error);
  }
}

const AT_THE_BACK = { facingMode: { ideal: 'environment' } };

const orElse =
  <Value>(next: () => Promise<Value>) =>
  (error: Error): Promise<Value> => {
    if (TROUBLES[error.name] !== 'absent') throw error;
    return next();
  };

function cameraOf(stream: MediaStream): Camera {
  const [track] = stream.getVideoTracks();
  if (track === undefined) throw new CameraError('absent');
  // Not every browser has these, and TypeScript knows no torch.
  const { torch } = (track.getCapabilities?.() ?? {}) as { readonly torch?: boolean };
  return {
    stream,
    id: track.getSettings().deviceId,
    hasTorch: torch === true,
    setTorch: (isOn) => track.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] }),
    onEnded: (listener) => track.addEventListener('ended', listener, { once: true }),
    stop: () => track.stop(),
  };
}

/** The cameras that can be chosen: named only once one of them was allowed. */
async function listCameras(): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }, index) => ({ id: deviceId, name: label === '' ? `${index + 1}` : label }));
}

type Cameras = Awaited<ReturnType<typeof listCameras>>;

/** Cameras that can be chosen. */
export function useCameras(): Cameras {
  const [cameras, setCameras] = useState<Cameras>([]);
  useEffect(() => {
    listCameras().then(setCameras, () => {});
  }, []);
  return cameras;
}
