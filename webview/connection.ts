import { openChannel } from '../src/shared/channel.ts';
import type { Channel } from '../src/shared/channel.ts';
import type { PanelApi, PanelEvents } from '../src/shared/panel.ts';

/** What VS Code gives a webview, once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The line to the extension, and the state that survives being hidden and reloaded. */
export interface Connection {
  readonly channel: Channel<PanelApi, PanelEvents, object>;
  readonly savedState: unknown;
  readonly saveState: (state: unknown) => void;
}

/** Connects this page. It names itself in each message, so that no answer to an earlier page comes here. */
export function connect(): Connection {
  const vscode = acquireVsCodeApi();
  const page = crypto.randomUUID();
  const channel = openChannel<object, PanelApi, PanelEvents>(
    {
      post: (message) => vscode.postMessage({ page, message }),
      onMessage: (listener) => {
        window.addEventListener('message', (event: MessageEvent<unknown>) => {
          const { data } = event;
          if (typeof data === 'object' && data !== null && 'page' in data && data.page === page && 'message' in data)
            listener(data.message);
        });
      },
    },
    {},
  );
  return { channel, savedState: vscode.getState(), saveState: (state) => vscode.setState(state) };
}
