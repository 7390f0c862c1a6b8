import { readToPanel } from '../src/protocol/index.js';
import type { FromPanel, ToPanel } from '../src/protocol/index.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as the panel sees it. */
export interface Host {
  post(message: FromPanel): void;
  /** Calls back for each message of the right shape; others are dropped. */
  listen(receive: (message: ToPanel) => void): void;
  /** What was kept for this panel when it was last hidden. */
  kept(): unknown;
  keep(value: unknown): void;
}

/** The extension behind this page. Can be asked for once. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    listen: (receive) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = readToPanel(event.data);
        if (message !== undefined) receive(message);
      });
    },
    kept: () => api.getState(),
    keep: (value) => {
      api.setState(value);
    },
  };
}
