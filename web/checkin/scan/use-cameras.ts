import { useEffect, useState } from 'preact/hooks';
import { listCameras } from './camera.ts';

type Cameras = Awaited<ReturnType<typeof listCameras>>;

/** Cameras that can be chosen. */
export function useCameras(): Cameras {
  const [cameras, setCameras] = useState<Cameras>([]);
  useEffect(() => {
    listCameras().then(setCameras, () => {});
  }, []);
  return cameras;
}
