import type { FromPanel, ToPanel } from '../src/protocol/index.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension, as a page sees it: what it is asked for, and what it tells. */
export interface Host<From = FromPanel, To = ToPanel> {
  post(message: From): void;
  /** Calls back for each message of the right shape; others are dropped. */
  listen(receive: (message: To) => void): void;
  /** What was kept for this page when it was last hidden. */
  kept(): unknown;
  keep(value: unknown): void;
}

/** The extension behind this page. Can be asked for once. `read`: a message of the right shape, or undefined. */
export function connectHost<From, To>(read: (message: unknown) => To | undefined): Host<From, To> {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    listen: (receive) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = read(event.data);
        if (message !== undefined) receive(message);
      });
    },
    kept: () => api.getState(),
    keep: (value) => {
      api.setState(value);
    },
  };
}
