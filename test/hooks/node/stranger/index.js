// Ways in which a library may lose sight of its caller before it sends.
import { EventEmitter } from 'node:events';
import http from 'node:http';

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

export class Asynchronous {
  constructor(base) {
    this.base = base;
  }

  async get(path) {
    const headers = await this.headers();
    const response = await fetch(this.base + path, { headers });
    return response.text();
  }

  async headers() {
    await pause(1);
    return { authorization: 'Bearer key' };
  }
}

export class Lazy {
  constructor(base) {
    this.base = base;
  }

  get(path) {
    const send = async () => (await fetch(this.base + path)).text();
    return { then: (resolve, reject) => Promise.resolve().then(send).then(resolve, reject) };
  }
}

export class Queued {
  waiting = [];
  busy = false;

  constructor(base) {
    this.base = base;
  }

  get(path) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ path, resolve, reject });
      if (!this.busy) this.next();
    });
  }

  next() {
    const task = this.waiting.shift();
    this.busy = task !== undefined;
    if (task === undefined) return;
    Promise.resolve()
      .then(() => fetch(this.base + task.path))
      .then((response) => response.text())
      .then(task.resolve, task.reject)
      .finally(() => this.next());
  }
}

/** A worker of its own that waits for work, from the beginning. */
export class Pumping {
  waiting = [];

  constructor(base) {
    this.base = base;
    this.run();
  }

  async run() {
    while (this.waiting !== null) {
      await new Promise((resolve) => (this.wake = resolve));
      while (this.waiting?.length > 0) {
        const { path, resolve } = this.waiting.shift();
        resolve(await (await fetch(this.base + path)).text());
      }
    }
  }

  get(path) {
    return new Promise((resolve) => {
      this.waiting.push({ path, resolve });
      this.wake();
    });
  }

  end() {
    this.waiting = null;
    this.wake();
  }
}

/** Gathers, and sends the last first. */
export class Flushing {
  waiting = [];

  constructor(base) {
    this.base = base;
  }

  get(path) {
    return new Promise((resolve) => {
      this.waiting.push({ path, resolve });
      if (this.waiting.length === 1) setTimeout(() => this.flush(), 1);
    });
  }

  flush() {
    for (const { path, resolve } of this.waiting.splice(0).reverse())
      fetch(this.base + path)
        .then((response) => response.text())
        .then(resolve);
  }
}

export class Callback {
  constructor(base) {
    this.base = base;
  }

  get(path, done) {
    setImmediate(() => {
      process.nextTick(() => http.get(this.base + path, (response) => response.resume().on('end', done)));
    });
  }
}

export class Emitting {
  constructor(base) {
    this.base = base;
  }

  send(path) {
    const emitter = new EventEmitter();
    emitter.once('ready', () => {
      http.get(this.base + path, (response) => response.resume().on('end', () => emitter.emit('end')));
    });
    setTimeout(() => emitter.emit('ready'), 1);
    return emitter;
  }
}

export class Timed {
  constructor(base) {
    this.base = base;
  }

  get(path) {
    return new Promise((resolve, reject) => {
      setTimeout(() => {
        fetch(this.base + path)
          .then((response) => response.text())
          .then(resolve, reject);
      }, 2);
    });
  }
}

export class Paged {
  constructor(base) {
    this.base = base;
  }

  async *list(path) {
    await pause(1);
    yield (await fetch(this.base + path)).text();
  }
}
