import assert from 'node:assert/strict';
import { toPanelBody } from '../../src/shared/panelBody.ts';
import type { PanelBody } from '../../src/shared/panel.ts';
import { viewBody } from '../../webview/body/bodyView.ts';
import { parseEvents } from '../../webview/body/eventLines.ts';
import { jsonLines } from '../../webview/body/jsonLines.ts';
import { textLines, visibleRows } from '../../webview/body/lines.ts';
import type { Line } from '../../webview/body/lines.ts';

const shown = (lines: readonly Line[], closed: readonly number[] = [], columns = 200): string =>
  visibleRows(lines, new Set(closed), columns)
    .map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map(({ text }) => text).join(''))
    .join('\n');

const json = (text: string, truncated = false): readonly Line[] => {
  const lines = jsonLines(text, truncated);
  assert.ok(lines, `not read as JSON: ${text}`);
  return lines;
};

const bodyOf = (
  content: string | Uint8Array,
  contentType: string | null,
  decodeError: string | null = null,
): PanelBody => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return toPanelBody({ bytes, contentType, size: bytes.length, truncated: false, decodeError });
};

describe('JSON in the log panel', () => {
  it('is indented as people write it', () => {
    assert.equal(
      shown(json('{"a":[1,{"b":null}],"c":{}}')),
      '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {}\n}',
    );
  });

  it('keeps digits, duplicate members and escapes as they were sent', () => {
    assert.equal(
      shown(json('{"id":12345678901234567890,"id":1.50,"s":"\\u00e9\\n"}')).replace(/\s+/g, ''),
      '{"id":12345678901234567890,"id":1.50,"s":"\\u00e9\\n"}',
    );
  });

  it('folds, and says how many things are folded away', () => {
    assert.equal(shown(json('{"a":[1,2,3],"b":1}'), [1]), '{\n  "a": [ 3 … ],\n  "b": 1\n}');
    assert.equal(shown(json('{"a":[1,2,3]}'), [0]), '{ 1 … }');
  });

  it('is shown as far as it goes where it was cut', () => {
    assert.equal(shown(json('{"a":[1,2,{"b":"unfin', true)), '{\n  "a": [\n    1,\n    2,\n    {\n      "b": "unfin');
  });

  it('may be several values, one after the other', () => {
    assert.equal(shown(json('{"n":1}\n{"n":2}\n'), [0, 3]), '{ 1 … }\n{ 1 … }');
  });

  it('is not claimed of what is not JSON', () => {
    for (const text of ['', '{', '{"a":1]', 'hello', '[1,2', '<html>', '{"a":1} trailing'])
      assert.equal(jsonLines(text, false), null, text);
  });

  it('is read in good time whatever its size and depth', () => {
    assert.equal(json(`[${'{"k":"v"},'.repeat(100_000)}1]`).length, 300_003);
    assert.equal(json('['.repeat(50_000) + ']'.repeat(50_000)).length, 99_999);
    assert.equal(jsonLines(`"${'\\'.repeat(200_000)}`, false), null);
  });
});

describe('Long lines in the log panel', () => {
  it('are wrapped at blanks, and never in the middle of a character', () => {
    const rows = visibleRows(textLines('one two three four five six seven'), new Set(), 22);
    assert.deepEqual(
      rows.map(({ tokens }) => tokens.map(({ text }) => text).join('')),
      ['one two three four ', 'five six seven'],
    );
    for (const { tokens } of visibleRows(textLines('😀'.repeat(50)), new Set(), 33))
      assert.ok(tokens.every(({ text }) => !/^[\udc00-\udfff]/.test(text)));
  });

  it('are cut to one row where they are folded', () => {
    const rows = visibleRows(json(`{"a":[1],"b":"${'x'.repeat(500)}"}`), new Set([0]), 40);
    assert.equal(rows.length, 1);
  });
});

describe('Event streams in the log panel', () => {
  it('are split as browsers split them', () => {
    const events = parseEvents(
      '\uFEFF: hello\nevent: a\ndata: 1\ndata:2\nid: 7\n\ndata\n\nevent: lost\n\r\ndata: x\r\rdata: cut',
    );
    assert.deepEqual(
      events.map(({ name, data, id, unfinished }) => [name, data, id, unfinished]),
      [
        ['a', '1\n2', '7', false],
        ['message', '', '7', false],
        ['message', 'x', '7', false],
        ['message', 'cut', '7', true],
      ],
    );
  });

  it('are one line an event, which opens to its data', () => {
    const view = viewBody(
      bodyOf('event: delta\ndata: {"type":"delta","text":"Hi"}\n\ndata: [DONE]\n\n', 'text/event-stream'),
      'pretty',
    );
    assert.ok(view.kind === 'lines' && view.form === 'events');
    assert.equal(view.count, 2);
    assert.equal(shown(view.lines, view.closed), '1  delta  {"text":"Hi"}\n2  message  [DONE]');
    assert.match(shown(view.lines, view.closed.slice(1)), /^1 {2}delta\n {2}\{\n {4}"type": "delta",/);
  });
});

describe('Bodies on their way to the log panel', () => {
  it('are read in the charset they name, in UTF-8 otherwise, and never fail', () => {
    assert.equal(bodyOf(Uint8Array.of(0xe9), 'text/plain; charset=iso-8859-1').text, 'é');
    assert.equal(bodyOf('é', 'application/json').text, 'é');
    assert.equal(bodyOf('é', 'text/plain; charset="no-such"').text, 'é');
    assert.equal(bodyOf('{"a":"é"}', null).text, '{"a":"é"}');
    assert.equal(bodyOf('x', 'application/problem+json').text, 'x');
  });

  it('are base64 where they are not text', () => {
    assert.equal(bodyOf(Uint8Array.of(0, 1, 2), 'application/octet-stream').base64, 'AAEC');
    assert.equal(
      bodyOf(Uint8Array.of(0x1f, 0x8b, 8, 0), 'application/json', 'unexpected end of file').base64,
      'H4sIAA==',
    );
    assert.equal(bodyOf(Uint8Array.of(0xff, 0xfe, 0xfd), null).text, null);
  });

  it('are shown as what they are', () => {
    assert.equal(viewBody(bodyOf('', 'application/json'), 'pretty').kind, 'empty');
    assert.equal(viewBody(bodyOf(Uint8Array.of(0x89, 0x50, 0), 'image/png'), 'pretty').kind, 'image');
    assert.equal(
      viewBody(bodyOf('<svg onload="alert(1)"/>', 'image/svg+xml'), 'pretty').kind,
      'lines',
      'an SVG is text',
    );
    const form = viewBody(
      bodyOf('amount=2000&card%5Bnumber%5D=%5Bredacted%5D', 'application/x-www-form-urlencoded'),
      'pretty',
    );
    assert.ok(form.kind === 'lines');
    assert.equal(shown(form.lines), 'amount = 2000\ncard[number] = [redacted]');
    assert.equal(form.lines[1]?.tokens.at(-1)?.kind, 'mark');
    const bytes = viewBody(bodyOf(Uint8Array.of(0, 65), 'application/octet-stream'), 'hex');
    assert.ok(bytes.kind === 'lines');
    assert.match(shown(bytes.lines), /^00000000 {2}00 41 +·A$/);
  });
});
