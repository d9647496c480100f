import assert from 'node:assert/strict';
import { readProto } from '../../src/requests/proto/readProto.ts';
import { schemaOf } from '../../src/requests/proto/schemaOf.ts';
import { toPanelBody } from '../../src/shared/panelBody.ts';
import { viewBody } from '../../webview/body/bodyView.ts';

const shop = `
// A shop. message Nonsense { }
syntax = "proto3"; /* { */
package shop.v1;
import "google/protobuf/timestamp.proto";
option go_package = "example.com/shop;shop";

message Order {
  option deprecated = true;
  reserved 90 to 99, 101;
  string id = 1 [(validate.rules).string = {min_len: 1, pattern: "^[a-z};]+$"}];
  repeated int32 amounts = 2 [packed = true];
  State state = 3;
  map<string, Item> items = 4;
  sint64 change = 5;
  oneof paid { bool cash = 6; Card card = 7; }
  float rate = 8;
  double exact = 9;
  fixed32 crc = 10;
  bytes seal = 11;
  int64 below = 12;
  google.protobuf.Timestamp at = 13;
  message Card { string holder = 1; Order.State state = 2; }
  enum State { option allow_alias = true; UNKNOWN = 0; OPEN = 1; GONE = -2; }
}
message Item { string name = 1; uint32 count = 2; Item next = 3; }
service Shop {
  option (x) = { a: 1 };
  rpc Buy (stream Order) returns (.shop.v1.Item) { option (google.api.http) = { post: "/v1/buy" body: "*" }; }
  rpc Look (Item) returns (stream Order);
}
`;
const timestamp =
  'syntax = "proto3"; package google.protobuf; message Timestamp { int64 seconds = 1; int32 nanos = 2; }';

const read = readProto([timestamp, shop, 'message { broken', '']);
const text = (number: number, value: string): number[] => [number * 8 + 2, value.length, ...Buffer.from(value)];
const part = (number: number, value: readonly number[]): number[] => [number * 8 + 2, value.length, ...value];
const below = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];

const order = Uint8Array.from([
  ...text(1, 'o1'),
  ...part(2, [1, 0x96, 0x01]),
  ...[3 * 8, 1],
  ...part(4, [...text(1, 'kettle'), ...part(2, [...text(1, 'Kettle'), 2 * 8, 3])]),
  ...[5 * 8, 3],
  ...part(7, [...text(1, 'Ada'), 2 * 8, ...below]),
  ...[8 * 8 + 5, ...new Uint8Array(Float32Array.of(0.1).buffer)],
  ...[9 * 8 + 1, ...new Uint8Array(Float64Array.of(-2.5).buffer)],
  ...[10 * 8 + 5, 1, 0, 0, 0],
  ...part(11, [0xde, 0xad]),
  ...[12 * 8, ...below],
  ...part(13, [8, 10]),
  ...[14 * 8, 7],
]);

const told = `id: "o1"
amounts: [1, 150]
state: OPEN
items: {
  key: "kettle"
  value: {
    name: "Kettle"
    count: 3
  }
}
change: -2
card: {
  holder: "Ada"
  state: GONE
}
rate: 0.1
exact: -2.5
crc: 1
seal: de ad 2 bytes
below: -2
at: {
  seconds: 10
}
14: 7`;

function shown(bytes: Uint8Array, contentType: string, path: string, side: 'request' | 'response'): string {
  const proto = schemaOf(read, { path, contentType, side });
  const content = { bytes, contentType, size: bytes.length, truncated: false, decodeError: null };
  const view = viewBody({ ...toPanelBody(content), ...(proto === null ? {} : { proto }) }, 'pretty');
  assert.ok(view.kind === 'lines');
  for (const { end, depth } of view.lines) assert.ok(end === null || (view.lines[end]?.depth ?? 0) >= depth);
  return view.lines.map(({ depth, tokens }) => '  '.repeat(depth) + tokens.map((one) => one.text).join('')).join('\n');
}

describe('Protocol Buffers by the .proto files of a workspace', () => {
  it('have the names and types that these declare', () => {
    assert.equal(shown(order, 'application/x-protobuf; messageType="shop.v1.Order"', '/orders', 'request'), told);
  });

  it('are found by the method that was called, over gRPC and over Twirp', () => {
    const framed = Uint8Array.of(0, 0, 0, 0, order.length, ...order);
    const lines = shown(framed, 'application/grpc', '/shop.v1.Shop/Buy', 'request').split('\n');
    assert.match(lines[0] ?? '', /^message 1 {2}shop\.v1\.Order {2}\d+ bytes$/);
    assert.deepEqual(
      lines.slice(1),
      told.split('\n').map((line) => `  ${line}`),
    );
    const item = Uint8Array.from(text(1, 'Pot'));
    assert.equal(shown(item, 'application/protobuf', '/twirp/shop.v1.Shop/Buy?x=1', 'response'), 'name: "Pot"');
  });

  it('bring along only what the message needs', () => {
    const schema = schemaOf(read, { path: '/shop.v1.Shop/Look', contentType: null, side: 'request' });
    assert.deepEqual([schema?.root, Object.keys(schema?.messages ?? {})], ['shop.v1.Item', ['shop.v1.Item']]);
  });

  it('are read by the wire alone where no file tells, or the wire has another type', () => {
    assert.equal(shown(Uint8Array.from(text(1, 'x')), 'application/protobuf', '/a/b', 'response'), '1: "x"');
    const odd = Uint8Array.from([8, 5, ...text(2, 'two')]);
    assert.equal(shown(odd, 'application/protobuf', '/shop.v1.Shop/Look', 'request'), '1: 5\n2: "two"');
  });
});
