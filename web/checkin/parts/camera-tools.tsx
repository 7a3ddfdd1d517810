import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import type { Camera } from '../scan/camera.ts';
import { useCameras } from '../scan/use-cameras.ts';

/** Light, where the camera has one, and the next camera, where there is one. */
export function CameraTools({ camera }: { readonly camera: Camera }) {
  const { words, preferences, setPreferences } = useApp();
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
          {isLit ? words.scan.torchOff : words.scan.torchOn}
        </button>
      )}
      {cameras.length > 1 && (
        <button type="button" onClick={useNext}>
          {words.scan.other}
        </button>
      )}
    </div>
  );
}
