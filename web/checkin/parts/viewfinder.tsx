import { useApp } from '../app-context.ts';
import { useCamera } from '../scan/use-camera.ts';
import { CameraTools } from './camera-tools.tsx';

/** What the camera shows, with the frame in which codes are looked for; or why there is nothing to see, and what to do. */
export function Viewfinder({ onText }: { readonly onText: (text: string) => void | Promise<void> }) {
  const { words } = useApp();
  const { video, camera, trouble, retry } = useCamera(onText);
  return (
    <div class="viewfinder">
      <video ref={video} muted playsInline aria-label={words.scan.camera} hidden={trouble !== undefined} />
      {trouble === undefined && <div class="frame" aria-hidden="true" />}
      {trouble === undefined && <p class="aim">{camera === undefined ? words.scan.starting : words.scan.aim}</p>}
      {trouble !== undefined && (
        <div class="trouble" role="alert">
          <Trouble of={trouble} />
          {trouble !== 'no-reader' && (
            <button type="button" onClick={retry}>
              {words.tryAgain}
            </button>
          )}
        </div>
      )}
      {trouble === undefined && camera !== undefined && <CameraTools key={camera.id} camera={camera} />}
    </div>
  );
}

function Trouble({ of }: { readonly of: Exclude<ReturnType<typeof useCamera>['trouble'], undefined> }) {
  const { words } = useApp();
  if (of === 'no-reader') return <p>{words.scan.noReader}</p>;
  const { title, text } = words.camera[of];
  return (
    <>
      <h2>{title}</h2>
      <p>{text}</p>
    </>
  );
}
