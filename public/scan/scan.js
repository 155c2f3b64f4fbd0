// Reads codes to scan from pictures and before the camera: with the browser's own reader where it has one, else with `decode.js`.
// The app asks by the event `perennial:scan`; what is read goes back to it as text, and nothing leaves the device.

// More shows no more of a code, and takes longer.
const LONGEST_SIDE = 2048;
const PAUSE = 120;

/**
 * Begins to read. `file` is a picture, `video` an element that is to show the camera until it leaves the page; `found` is told each text,
 * `failed` in a word why there is none: `nothing` or `damaged` for a picture, `refused`, `absent`, `insecure` or `missing` for a camera.
 */
export function start({ file, video, found, failed }) {
  if (file) readPicture(file).then(found, (error) => failed(error.message === 'damaged' ? 'damaged' : 'nothing'));
  else watch(video, found).catch((error) => failed(error.word ?? { NotAllowedError: 'refused', NotFoundError: 'absent' }[error.name] ?? 'missing'));
}

async function readPicture(file) {
  const picture = await createImageBitmap(file).catch(() => { throw new Error('damaged'); });
  const reader = await makeReader();
  try {
    // What is too fine or too noisy at one size is often plain at another.
    for (const side of [LONGEST_SIDE, 1024, 640, 360]) {
      const text = await reader(drawn(picture, picture.width, picture.height, side), 1500);
      if (text) return text;
      if (side < LONGEST_SIDE && Math.max(picture.width, picture.height) < side / 2) break;
    }
  } finally {
    picture.close();
  }
  throw new Error('nothing');
}

async function watch(video, found) {
  if (!navigator.mediaDevices?.getUserMedia) throw Object.assign(new Error(), { word: 'insecure' });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 960 } } });
  try {
    // The dialog may have been closed while the browser was asking.
    if (!video.isConnected) return;
    video.srcObject = stream;
    await video.play();
    const reader = await makeReader();
    while (video.isConnected) {
      if (video.videoWidth) {
        const text = await reader(drawn(video, video.videoWidth, video.videoHeight, 1280), 40);
        if (text && video.isConnected) found(text);
      }
      await new Promise((done) => { setTimeout(done, PAUSE); });
    }
  } finally {
    stream.getTracks().forEach((track) => track.stop());
  }
}

/** A picture on a canvas, no longer than wanted, on white: codes stand on clear ground at times. */
function drawn(source, width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

let making = null;

/** What reads the text of a code from a canvas; nothing where it sees none. */
function makeReader() {
  making ??= (async () => {
    if (await hasOwn()) {
      const detector = new globalThis.BarcodeDetector({ formats: ['qr_code'] });
      return async (canvas) => (await detector.detect(canvas).catch(() => []))[0]?.rawValue;
    }
    const { decodeQR } = await import('./decode.js');
    return async (canvas, timeLimit) => {
      const { width, height } = canvas;
      try {
        const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
        return decodeQR({ width, height, data }, { timeLimit });
      } catch {
        return undefined;
      }
    };
  })().catch((error) => {
    // What could not be fetched may be there the next time.
    making = null;
    throw error;
  });
  return making;
}

async function hasOwn() {
  try {
    return (await globalThis.BarcodeDetector?.getSupportedFormats())?.includes('qr_code') ?? false;
  } catch {
    return false;
  }
}
