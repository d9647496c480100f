// Libraries that no rule knows (`stranger/index.js`), each called twice: the first time may have to be guessed. Where
// it says "guessed" below, so may the second: what waits to be awaited, or goes on with the calls of others.
import { Asynchronous, Callback, Emitting, Flushing, Lazy, Paged, Pumping, Queued, Timed } from 'stranger';
const { BASE } = process.env;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const nothing = () => {};

const asynchronous = new Asynchronous(BASE);
for (const time of ['first', 'second']) await asynchronous.get(`/${time}/mark-async_await`);
for (const time of ['first', 'second']) await asynchronous.get(`/${time}/mark-async_then`).then(nothing);
for (const time of ['first', 'second']) {
  const late = asynchronous.get(`/${time}/mark-async_late`);
  await pause(5);
  await late;
}
for (const time of ['first', 'second']) {
  void asynchronous.get(`/${time}/mark-async_forgotten`);
  await pause(20);
}
const helper = (path) => asynchronous.get(path); // @async_helper
for (const time of ['first', 'second']) await helper(`/${time}/mark-async_helper`);

const lazy = new Lazy(BASE);
for (const time of ['first', 'second']) await lazy.get(`/${time}/mark-lazy_await`); // guessed mark-lazy_await
for (const time of ['first', 'second']) await lazy.get(`/${time}/mark-lazy_then`).then(nothing);

for (const time of ['first', 'second']) {
  const unsent = lazy.get(`/${time}/mark-lazy_late`); // guessed mark-lazy_late
  await pause(5);
  await unsent;
}

const queued = new Queued(BASE);
for (const time of ['first', 'second']) await queued.get(`/${time}/mark-queue_alone`); // guessed mark-queue_alone
for (const time of ['first', 'second']) {
  await Promise.all([
    queued.get(`/${time}/mark-queue_one`),
    queued.get(`/${time}/mark-queue_two`), // guessed mark-queue_two
    queued.get(`/${time}/mark-queue_three`), // guessed mark-queue_three
  ]);
}

const pumping = new Pumping(BASE);
for (const time of ['first', 'second']) {
  await pumping.get(`/${time}/mark-pump_alone`); // guessed mark-pump_alone
  const twice = [pumping.get(`/${time}/mark-pump_one`)]; // guessed mark-pump_one
  twice.push(pumping.get(`/${time}/mark-pump_two`)); // guessed mark-pump_two
  await Promise.all(twice);
}
pumping.end();

const flushing = new Flushing(BASE);
for (const time of ['first', 'second']) {
  const both = [flushing.get(`/${time}/mark-flush_one`)]; // guessed mark-flush_one
  both.push(flushing.get(`/${time}/mark-flush_two`)); // guessed mark-flush_two
  await Promise.all(both);
}

const callback = new Callback(BASE);
for (const time of ['first', 'second']) {
  await new Promise((resolve) => callback.get(`/${time}/mark-callback_plain`, resolve));
}

const emitting = new Emitting(BASE);
for (const time of ['first', 'second']) {
  await new Promise((resolve) => {
    emitting.send(`/${time}/mark-emitter_plain`).on('end', resolve);
  });
}

const timed = new Timed(BASE);
for (const time of ['first', 'second']) await timed.get(`/${time}/mark-timer_await`);

const paged = new Paged(BASE);
for (const time of ['first', 'second']) {
  for await (const page of paged.list(`/${time}/mark-pages_first`)) void page; // 2 times mark-pages_first
}
