import assert from 'node:assert/strict';
import { toPanelBody } from '../../src/shared/panelBody.ts';
import { assemble } from '../../webview/body/assembled.ts';
import { modesOf, viewBody } from '../../webview/body/bodyView.ts';
import type { BodyMode, StreamFacts } from '../../webview/body/bodyView.ts';
import { parseEvents } from '../../webview/body/eventLines.ts';
import { findLine, jsonPath } from '../../webview/body/jsonPath.ts';
import { jsonLines } from '../../webview/body/jsonLines.ts';

function stream(...data: readonly unknown[]): string {
  return data.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join('');
}

function shown(bytes: Uint8Array | string, contentType: string, mode: BodyMode, isSocket = false): string {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const body = toPanelBody({ bytes: content, contentType, size: content.length, truncated: false, decodeError: null });
  const view = viewBody(body, mode, isSocket);
  assert.ok(view.kind === 'lines', view.kind);
  return view.lines.map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map(({ text }) => text).join('')).join('\n');
}

describe('The text of a model in a stream', () => {
  const said = (text: string) => assemble(parseEvents(text));

  it('is put together from chat completions, tool calls included', () => {
    const answer = said(
      stream(
        { choices: [{ index: 0, delta: { role: 'assistant', content: 'Let me ' } }] },
        { choices: [{ index: 0, delta: { content: 'look.' } }] },
        {
          choices: [
            { index: 0, delta: { tool_calls: [{ index: 0, function: { name: 'find', arguments: '{"q":' } }] } },
          ],
        },
        { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '"x"}' } }] } }] },
        { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
        '[DONE]',
      ),
    );
    assert.deepEqual(answer, {
      text: 'Let me look.',
      reasoning: '',
      tools: [{ name: 'find', input: '{"q":"x"}' }],
      finish: 'tool_calls',
    });
  });

  it('is put together from responses', () => {
    const answer = said(
      stream(
        { type: 'response.output_item.added', item: { type: 'function_call', id: 'f1', name: 'pay' } },
        { type: 'response.function_call_arguments.delta', item_id: 'f1', delta: '{}' },
        { type: 'response.reasoning_summary_text.delta', delta: 'Hm.' },
        { type: 'response.output_text.delta', delta: 'Done' },
        { type: 'response.completed' },
      ),
    );
    assert.deepEqual(answer, {
      text: 'Done',
      reasoning: 'Hm.',
      tools: [{ name: 'pay', input: '{}' }],
      finish: 'completed',
    });
  });

  it('is put together from messages, thoughts apart', () => {
    const answer = said(
      stream(
        { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'So.' } },
        { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Hi' } },
        { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', name: 'get' } },
        { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"a":1}' } },
        { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
      ),
    );
    assert.deepEqual(answer, {
      text: 'Hi',
      reasoning: 'So.',
      tools: [{ name: 'get', input: '{"a":1}' }],
      finish: 'tool_use',
    });
  });

  it('is put together from Gemini, as events or as one array', () => {
    const parts = [
      { candidates: [{ content: { parts: [{ text: 'A' }] } }] },
      {
        candidates: [
          {
            content: { parts: [{ text: 'B' }, { functionCall: { name: 'f', args: { x: 1 } } }] },
            finishReason: 'STOP',
          },
        ],
      },
    ];
    assert.equal(said(stream(...parts))?.text, 'AB');
    assert.match(shown(JSON.stringify(parts), 'application/json', 'said'), /^AB\ntool f\n/);
  });

  it('is offered only where a model speaks', () => {
    const body = (text: string) =>
      modesOf(
        { text, base64: null, size: 1, truncated: false, contentType: 'text/event-stream', decodeError: null },
        false,
      );
    assert.deepEqual(body(stream({ tick: 1 })), ['pretty', 'raw', 'hex']);
    assert.deepEqual(body(stream({ choices: [{ delta: { content: 'x' } }] })), ['pretty', 'raw', 'said', 'hex']);
  });
});

describe('Bodies with a structure of their own', () => {
  it('shows a GraphQL query as it is written, and its variables', () => {
    const text = JSON.stringify({ query: 'query Me {\n  me { id }\n}', variables: { a: 1 } });
    assert.equal(
      shown(text, 'application/json', 'pretty'),
      'query Me {\n  me { id }\n}\nvariables\n  {\n    "a": 1\n  }',
    );
  });

  it('shows the parts of a multipart body', () => {
    const text =
      '--xyz\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n--xyz\r\n' +
      'Content-Disposition: form-data; name="file"; filename="a.json"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n--xyz--\r\n';
    const lines = shown(text, 'multipart/form-data; boundary=xyz', 'pretty').split('\n');
    assert.equal(lines[0], 'model');
    assert.equal(lines[2], '  whisper-1');
    assert.equal(lines[3], 'file (a.json)');
    assert.ok(lines.includes('    "a": 1'));
  });

  it('shows each record of NDJSON, also one that has still to be finished', () => {
    assert.match(shown('{"a":1}\n{"b":2}\n{"c":', 'application/x-ndjson', 'pretty'), /^1 {2}\n {2}\{\n {4}"a": 1\n/);
  });

  it('reads Protocol Buffers by their wire format, and the messages of gRPC', () => {
    // 1: 150, 2: "testing", 3: { 1: 1 }
    const message = Uint8Array.of(0x08, 0x96, 0x01, 0x12, 7, ...Buffer.from('testing'), 0x1a, 2, 0x08, 1);
    const text = '1: 150\n2: "testing"\n3: {\n  1: 1\n}';
    assert.equal(shown(message, 'application/x-protobuf', 'pretty'), text);
    const framed = Uint8Array.of(0, 0, 0, 0, message.length, ...message);
    assert.match(shown(framed, 'application/grpc+proto', 'pretty'), /^message 1 {2}16 bytes\n {2}1: 150\n/);
  });

  it('shows the frames of a WebSocket, unmasked', () => {
    const mask = [1, 2, 3, 4];
    const hello = [...Buffer.from('{"a":1}')].map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    const frames = Uint8Array.of(0x81, 0x80 | hello.length, ...mask, ...hello, 0x88, 2, 0x03, 0xe8);
    assert.match(
      shown(frames, '', 'pretty', true),
      /^ {3}1 {2}text\n {2}\{\n {4}"a": 1\n {2}\}\n {3}2 {2}close {2}1000$/,
    );
  });

  it('survives bytes that are not what their type says', () => {
    for (const type of [
      'application/grpc',
      'application/x-protobuf',
      'multipart/form-data; boundary=q',
      'text/event-stream',
    ])
      for (const bytes of [Uint8Array.of(0xff, 0xff, 0xff), Uint8Array.of(0, 0, 0, 1), new Uint8Array(40)])
        for (const mode of ['pretty', 'raw', 'said', 'hex'] as const) {
          const body = toPanelBody({ bytes, contentType: type, size: 3, truncated: false, decodeError: null });
          assert.ok(viewBody(body, mode, true).kind !== 'image');
        }
  });
});

describe('A tree of JSON', () => {
  const lines = jsonLines('{"choices":[{"message":{"role":"x"}},{"odd key":[1,2]}]}', false) ?? [];
  it('knows the path of each line', () => {
    const paths = lines.map((_, index) => jsonPath(lines, index));
    assert.ok(paths.includes('$.choices[0].message.role'), paths.join(' '));
    assert.ok(paths.includes('$.choices[1]["odd key"][1]'), paths.join(' '));
    assert.equal(paths.at(-1), '$');
  });

  it('finds text around its end', () => {
    const at = findLine(lines, 'ROLE', 0, 1);
    assert.equal(jsonPath(lines, at), '$.choices[0].message.role');
    assert.equal(findLine(lines, 'role', at, 1), at);
    assert.equal(findLine(lines, 'nowhere', 0, 1), -1);
  });
});

describe('A stream of which it is known when its pieces came', () => {
  const content = (bytes: Uint8Array | string, contentType: string) => {
    const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    return toPanelBody({ bytes: all, contentType, size: all.length, truncated: false, decodeError: null });
  };
  const heads = (view: ReturnType<typeof viewBody>): readonly string[] => {
    assert.ok(view.kind === 'lines', view.kind);
    return view.lines.filter(({ depth }) => depth === 0).map(({ tokens }) => tokens.map(({ text }) => text).join(''));
  };
  const frame = (text: string): number[] => [0x81, text.length, ...Buffer.from(text)];

  it('shows the frames of a WebSocket both ways, in the order in which they came', () => {
    const sent = Uint8Array.from([...frame('"ask"'), ...frame('"more"')]);
    const received = Uint8Array.from([...frame('"hello"'), ...frame('"one"'), ...frame('"two"')]);
    const arrivals: StreamFacts['arrivals'] = [
      ...[[1, 9, 10] as const, [0, 7, 20] as const, [1, 7, 1300] as const],
      ...[[0, 8, 1400] as const, [1, 7, 1500] as const],
    ];
    const view = viewBody(content(received, ''), 'pretty', true, { arrivals, sent: content(sent, '') });
    assert.deepEqual(
      heads(view).map((head) => head.replace(/\s+/g, ' ').trim()),
      ['1 ↓ text +0.01 s', '2 ↑ text +0.02 s', '3 ↓ text +1.30 s', '4 ↑ text +1.40 s', '5 ↓ text +1.50 s'],
    );
  });

  it('tells of each event and of each line when it came', () => {
    const events = 'data: {"a":"Grüße"}\r\n\r\nevent: end\ndata: 2\n\n';
    const first = Buffer.byteLength('data: {"a":"Grüße"}\r\n\r\n');
    const arrivals = [[1, first, 40] as const, [1, Buffer.byteLength(events) - first, 2500] as const];
    const shown = heads(viewBody(content(events, 'text/event-stream'), 'pretty', false, { arrivals, sent: null }));
    assert.deepEqual(shown, ['1  message  +0.04 s', '2  end  +2.50 s']);
    const lines = '{"a":1}\n{"b":2}\n';
    const pieces = [[1, 8, 40] as const, [1, 8, 90] as const];
    const records = viewBody(content(lines, 'application/x-ndjson'), 'pretty', false, { arrivals: pieces, sent: null });
    assert.deepEqual(heads(records), ['1  +0.04 s  ', '2  +0.09 s  ']);
  });
});
