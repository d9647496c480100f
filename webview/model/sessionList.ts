import type { PanelApi } from '../../src/shared/panel.ts';
import type { ImportedSession } from '../../src/shared/sessions.ts';

/** Bytes of a dropped file that go to the extension at a time. */
const pieceSize = 3 * 256 * 1024;

/** The files of calls that are open. */
export class SessionList {
  readonly #api: Pick<PanelApi, 'closeSession' | 'dropFile'>;
  readonly #onChange: () => void;
  #all: readonly ImportedSession[] = [];

  constructor(api: Pick<PanelApi, 'closeSession' | 'dropFile'>, onChange: () => void) {
    this.#api = api;
    this.#onChange = onChange;
  }

  get all(): readonly ImportedSession[] {
    return this.#all;
  }

  receive(sessions: readonly ImportedSession[]): void {
    this.#all = sessions;
    this.#onChange();
  }

  /** The open file of that id; null for none, as for the log. */
  find(id: string): ImportedSession | null {
    return this.#all.find((one) => one.id === id) ?? null;
  }

  async close(id: string): Promise<void> {
    await this.#api.closeSession(id);
  }

  /** Hands a dropped file over, piece by piece; it is opened once it is there. */
  async drop(file: File): Promise<void> {
    for (let at = 0; at === 0 || at < file.size; at += pieceSize) {
      const bytes = new Uint8Array(await file.slice(at, at + pieceSize).arrayBuffer());
      let text = '';
      for (let from = 0; from < bytes.length; from += 32_768)
        text += String.fromCharCode(...bytes.subarray(from, from + 32_768));
      await this.#api.dropFile(file.name, btoa(text), at + pieceSize >= file.size);
    }
  }
}
