import type { Exchange } from '../../shared/exchange.ts';
import type { BodyContent } from '../../shared/protocol.ts';
import { toMessages, type SocketMessage } from './frames.ts';

/** Whether an exchange became a WebSocket. */
export function isSocket({ status, response }: Pick<Exchange, 'status' | 'response'>): boolean {
  return status === 101 && response !== null;
}

/**
 * What browsers' developer tools keep of streams beside HAR: the messages of a WebSocket both ways, the events of an
 * event stream. Times are in seconds since 1970; when each came is not stored, so all have the time of the beginning.
 */
export function streamMembers(exchange: Exchange, request: BodyContent | null, response: BodyContent | null): object {
  const { timing, startedAt, contentType } = exchange;
  const time = (startedAt + (timing.total ?? 0) - (timing.download ?? 0)) / 1000;
  if (isSocket(exchange)) {
    const told = (type: string, body: BodyContent | null): readonly object[] =>
      (body === null ? [] : toMessages(body.bytes)).map((message: SocketMessage) => ({ type, time, ...message }));
    return {
      _resourceType: 'websocket',
      _webSocketMessages: [...told('send', request), ...told('receive', response)],
    };
  }
  if (response === null || !/^text\/event-stream\b/i.test(contentType ?? '')) return {};
  const text = Buffer.from(response.bytes.buffer, response.bytes.byteOffset, response.bytes.byteLength).toString(
    'utf8',
  );
  return { _resourceType: 'eventsource', _eventSourceMessages: eventsOf(text).map((event) => ({ time, ...event })) };
}

/** After WHATWG HTML, 9.2.6. */
function eventsOf(text: string): readonly object[] {
  let id = '';
  return text
    .replace(/^\uFEFF/, '')
    .split(/(?:\r\n|\n|\r){2,}/)
    .flatMap((block) => {
      const data: string[] = [];
      let eventName = 'message';
      for (const line of block.split(/\r\n|\n|\r/)) {
        const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
        if (field === 'data') data.push(value);
        else if (field === 'event') eventName = value;
        else if (field === 'id') id = value;
      }
      return data.length === 0 ? [] : [{ eventName, eventId: id, data: data.join('\n') }];
    });
}
