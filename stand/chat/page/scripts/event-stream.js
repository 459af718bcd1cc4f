const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;

/**
 * An event stream that comes back by itself, also where the browser's own EventSource gives up (a server that answers
 * with an error while it starts).
 * @param {string} url
 * @param {{ events: Record<string, (data: any) => void>, onOpen?: () => void, onLost?: () => void }} handlers `onOpen` at
 *   each connection: what was missed meanwhile has to be asked for
 * @returns {{ close: () => void }}
 */
export function openEventStream(url, { events, onOpen, onLost }) {
  let source = null;
  let pause = FIRST_PAUSE_MS;
  let timer = 0;
  const connect = () => {
    source = new EventSource(url);
    source.addEventListener('open', () => {
      pause = FIRST_PAUSE_MS;
      onOpen?.();
    });
    source.addEventListener('error', () => {
      source.close();
      onLost?.();
      timer = setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
    for (const [name, handle] of Object.entries(events)) {
      source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    }
  };
  connect();
  return {
    close() {
      clearTimeout(timer);
      source.close();
    },
  };
}
