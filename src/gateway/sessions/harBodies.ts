import type { HarEntry } from './harEntry.ts';
import { toFrames } from '../store/frames.ts';

/** A body as the file has it, and how big it was on the wire. */
export interface FileBody {
  readonly bytes: Buffer;
  readonly size: number;
}

const none = Buffer.alloc(0);

/** What was sent. */
export function requestBody({ request, _webSocketMessages: messages }: HarEntry): FileBody {
  const { postData, bodySize } = request;
  if (messages !== undefined) return sized(toFrames(messages.filter(({ type }) => type === 'send')), null);
  if (postData === undefined) return { bytes: none, size: bodySize ?? 0 };
  const written = decoded(postData.text, postData._encoding ?? postData.encoding);
  return written !== null && (written.length > 0 || postData.params.length === 0)
    ? sized(written, bodySize)
    : sized(fromParameters(postData), bodySize);
}

/** What was answered. */
export function responseBody({ response, ...entry }: HarEntry): FileBody {
  const { _webSocketMessages: messages, _eventSourceMessages: events, _tollgate: own } = entry;
  if (messages !== undefined) return sized(toFrames(messages.filter(({ type }) => type !== 'send')), null);
  const { content, bodySize = null } = response ?? {};
  const written = decoded(content?.text, content?.encoding);
  if (written === null && events !== undefined) return sized(fromEvents(events), null);
  // A size that says more than there is means that the tool left the rest out.
  if (written === null) return { bytes: none, size: Math.max(content?.size ?? 0, bodySize ?? 0) };
  const { size = null } = content ?? {};
  if (own?.responseTruncated === true) return { bytes: written, size: Math.max(bodySize ?? 0, written.length + 1) };
  return size !== null && size > written.length && content?.encoding === 'base64'
    ? { bytes: written, size }
    : sized(written, bodySize);
}

/** Compressed, it was smaller on the wire; it cannot have been bigger and yet be whole. */
function sized(bytes: Buffer, onWire: number | null): FileBody {
  return { bytes, size: onWire === null || onWire === 0 ? bytes.length : Math.min(onWire, bytes.length) };
}

function decoded(text: string | undefined, encoding: string | undefined): Buffer | null {
  if (text === undefined) return null;
  return Buffer.from(text, /^base64$/i.test(encoding ?? '') ? 'base64' : 'utf8');
}

function fromParameters({ mimeType, params }: NonNullable<HarEntry['request']['postData']>): Buffer {
  const boundary = /boundary="?([^";]+)/i.exec(mimeType)?.[1];
  if (!/^multipart\//i.test(mimeType) || boundary === undefined)
    return Buffer.from(
      new URLSearchParams(params.map(({ name, value }): [string, string] => [name, value])).toString(),
    );
  const parts = params.map(({ name, value, fileName, contentType }) => {
    const file = fileName === '' ? '' : `; filename="${fileName}"`;
    const type = contentType === '' ? '' : `\r\nContent-Type: ${contentType}`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}${type}\r\n\r\n${value}\r\n`;
  });
  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`);
}

function fromEvents(events: NonNullable<HarEntry['_eventSourceMessages']>): Buffer {
  return Buffer.from(
    events
      .map(({ eventName, eventId, data }) =>
        [
          ...(eventName === '' || eventName === 'message' ? [] : [`event: ${eventName}`]),
          ...(eventId === '' ? [] : [`id: ${eventId}`]),
          ...data.split('\n').map((line) => `data: ${line}`),
          '\n',
        ].join('\n'),
      )
      .join(''),
  );
}
