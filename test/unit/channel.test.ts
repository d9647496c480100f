import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { ChannelError, openChannel, type Port } from '../../src/shared/channel.ts';

interface Calculator {
  add(a: number, b: number): Promise<number>;
  fail(): Promise<never>;
  crash(): Promise<never>;
}
interface CalculatorEvents {
  added: number;
}

function ports(): { readonly near: Port; readonly far: Port; readonly close: () => void } {
  const { port1, port2 } = new MessageChannel();
  const toPort = (port: typeof port1): Port => ({
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
  });
  return { near: toPort(port1), far: toPort(port2), close: () => port1.close() };
}

describe('channel', () => {
  it('carries calls, answers, errors with their codes, and events', async () => {
    const { near, far, close } = ports();
    const server = openChannel<Calculator, object, object, CalculatorEvents>(far, {
      add: (a, b) => {
        server.emit('added', a + b);
        return Promise.resolve(a + b);
      },
      fail: () => Promise.reject(new ChannelError('out_of_paper', 'No paper.')),
      crash: () => Promise.reject(new TypeError('oops')),
    });
    const client = openChannel<object, Calculator, CalculatorEvents>(near, {});
    const heard: number[] = [];
    client.on('added', (sum) => heard.push(sum));

    assert.equal(await client.remote.add(2, 3), 5);
    assert.deepEqual(heard, [5]);
    await assert.rejects(client.remote.fail(), { name: 'ChannelError', code: 'out_of_paper', message: 'No paper.' });
    await assert.rejects(client.remote.crash(), { code: 'internal_error' });
    close();
  });

  it('refuses methods that the other side lacks, inherited ones included', async () => {
    const { near, far, close } = ports();
    openChannel(far, {});
    const client = openChannel<object, { toString(): Promise<string> }>(near, {});
    await assert.rejects(client.remote.toString(), { code: 'unknown_method' });
    close();
  });

  it('fails calls under way and later ones once it is closed', async () => {
    const { near, close } = ports();
    const client = openChannel<object, Calculator>(near, {});
    const pending = client.remote.add(1, 1);
    client.close('The gateway ended.');
    await assert.rejects(pending, { code: 'channel_closed', message: 'The gateway ended.' });
    await assert.rejects(client.remote.add(1, 1), { code: 'channel_closed' });
    close();
  });
});
