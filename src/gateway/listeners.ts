/** Who listens to which event. */
export interface Listeners<Events> {
  readonly on: <Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void) => void;
  readonly tell: <Name extends keyof Events>(name: Name, value: Events[Name]) => void;
}

/** Starts with nobody listening. */
export function createListeners<Events>(): Listeners<Events> {
  const listeners = new Map<keyof Events, ((value: never) => void)[]>();
  return {
    on: (name, listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    tell: (name, value) => {
      for (const listener of listeners.get(name) ?? []) listener(value as never);
    },
  };
}
