import { LitElement } from 'lit';
import type { PropertyDeclarations, PropertyValues } from 'lit';
import type { LogModel } from '../model/logModel.ts';

/** An element that shows the model, and is painted anew when it changes. */
export abstract class ModelElement extends LitElement {
  static override properties: PropertyDeclarations = { model: { attribute: false } };

  declare model: LogModel;
  #unsubscribe: (() => void) | null = null;
  #subscribed: LogModel | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#subscribed = null;
  }

  protected override shouldUpdate(): boolean {
    return (this.model as LogModel | undefined) !== undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const model = this.model as LogModel | undefined;
    if (model === undefined || this.#subscribed === model) return;
    this.#unsubscribe?.();
    this.#subscribed = model;
    this.#unsubscribe = model.subscribe(() => this.requestUpdate());
  }
}
