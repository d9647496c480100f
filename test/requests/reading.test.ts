import assert from 'node:assert/strict';
import { fillIn } from '../../src/requests/fillIn.ts';
import { parseCurl } from '../../src/requests/parseCurl.ts';
import { parseHttpFile } from '../../src/requests/parseHttpFile.ts';
import { toOutgoing } from '../../src/requests/toOutgoing.ts';

const nothing = { variables: new Map<string, string>(), environment: () => undefined, dotenv: () => undefined };

describe('A cURL command', () => {
  const request = (command: string): unknown => {
    const reading = parseCurl(command);
    return reading.kind === 'request' ? reading.request : reading.message;
  };

  it('is read as vendors print it', () => {
    assert.deepEqual(
      request(`curl https://api.example.com/v1/chat \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -d '{"say": "it'\\''s"}'`),
      {
        method: 'POST',
        url: 'https://api.example.com/v1/chat',
        headers: [
          ['Content-Type', 'application/json'],
          ['Authorization', 'Bearer $OPENAI_API_KEY'],
        ],
        body: `{"say": "it's"}`,
      },
    );
  });

  it('is read as browsers copy it', () => {
    assert.deepEqual(
      request(
        `curl 'https://example.com/a?b=c' -X 'PUT' -H 'accept: */*' --data-raw $'{"a":"\\u0021\\n"}' --compressed -s`,
      ),
      {
        method: 'PUT',
        url: 'https://example.com/a?b=c',
        headers: [
          ['accept', '*/*'],
          ['Accept-Encoding', 'gzip, deflate, br'],
          ['Content-Type', 'application/x-www-form-urlencoded'],
        ],
        body: '{"a":"!\n"}',
      },
    );
  });

  it('is read with joined options, users, queries and JSON', () => {
    assert.deepEqual(request('curl -sSLXDELETE -umy:secret example.com/x | jq .'), {
      method: 'DELETE',
      url: 'http://example.com/x',
      headers: [['Authorization', 'Basic bXk6c2VjcmV0']],
      body: null,
    });
    assert.deepEqual(request('curl -G https://e.com/s --data-urlencode "q=a b" -d n=1 -o out.json'), {
      method: 'GET',
      url: 'https://e.com/s?q=a%20b&n=1',
      headers: [],
      body: null,
    });
    assert.deepEqual(request(`curl --json '{"a":1}' https://e.com`), {
      method: 'POST',
      url: 'https://e.com',
      headers: [
        ['Content-Type', 'application/json'],
        ['Accept', 'application/json'],
      ],
      body: '{"a":1}',
    });
  });

  it('that cannot be read says why', () => {
    assert.match(String(request('wget https://e.com')), /begin with "curl"/);
    assert.match(String(request("curl 'https://e.com")), /not closed/);
    assert.match(String(request('curl -X POST')), /no address/);
    assert.match(String(request('curl --wrong https://e.com')), /"--wrong" is not known/);
    assert.match(String(request('curl -d @body.json https://e.com')), /in a file/);
    assert.match(String(request('curl -F a=@b https://e.com')), /files or parts of a form/);
  });
});

describe('An .http file', () => {
  const content = `@base = https://api.example.com
@version = v1

### List things
# @name list
GET {{base}}/{{version}}/things
    ?limit=2
    &after=x HTTP/1.1
Accept: application/json

###
// no request here
### Make one
POST {{base}}/{{version}}/things
Authorization: Bearer {{$credential}}
Content-Type: application/json

{
  "id": "{{$guid}}",

  "of": "{{$dotenv OWNER}}"
}

### From a file
POST {{base}}/files

< ./body.bin
`;

  it('is read with its requests, variables, names and bodies', () => {
    const { requests, variables } = parseHttpFile(content);
    assert.deepEqual(
      [...variables],
      [
        ['base', 'https://api.example.com'],
        ['version', 'v1'],
      ],
    );
    assert.deepEqual(
      requests.map(({ line, name, method, url }) => [line, name, method, url]),
      [
        [5, 'list', 'GET', '{{base}}/{{version}}/things?limit=2&after=x'],
        [13, 'Make one', 'POST', '{{base}}/{{version}}/things'],
        [24, 'From a file', 'POST', '{{base}}/files'],
      ],
    );
    assert.deepEqual(requests[2]?.body, { file: './body.bin' });
    assert.deepEqual(requests[0]?.headers, [['Accept', 'application/json']]);
  });

  it('is filled in, and leaves the credential to the gateway', () => {
    const { requests, variables } = parseHttpFile(content);
    const [, make] = requests;
    assert.ok(make);
    const outgoing = toOutgoing(
      make,
      { ...nothing, variables, dotenv: (name) => (name === 'OWNER' ? 'me' : undefined) },
      null,
    );
    assert.ok(outgoing.kind === 'request');
    const { request } = outgoing;
    assert.equal(request.url, 'https://api.example.com/v1/things');
    assert.equal(request.useCredential, true);
    assert.deepEqual(request.headers, [['Content-Type', 'application/json']]);
    const { id, of } = JSON.parse(request.body ?? '') as { id: string; of: string };
    assert.match(id, /^[\da-f-]{36}$/);
    assert.equal(of, 'me');
  });

  it('keeps a credential that is written there, and names what nobody knows', () => {
    const own = parseHttpFile('GET https://e.com/\nAuthorization: Bearer mine\n').requests[0];
    assert.ok(own);
    const kept = toOutgoing(own, nothing, null);
    assert.ok(kept.kind === 'request' && !kept.request.useCredential);
    assert.deepEqual(kept.request.headers, [['Authorization', 'Bearer mine']]);
    const lost = parseHttpFile('GET https://e.com/{{a}}\nX-B: {{$dotenv B}} {{a}}\n').requests[0];
    assert.ok(lost);
    assert.deepEqual(toOutgoing(lost, nothing, null), { kind: 'missing', names: ['a', '$dotenv B'] });
  });

  it('may have variables made of others, and ends where they go in a circle', () => {
    const variables = new Map([
      ['a', '{{b}}!'],
      ['b', 'x'],
      ['c', '{{d}}'],
      ['d', '{{c}}'],
    ]);
    assert.equal(fillIn('{{a}} {{ b }}', { ...nothing, variables }).text, 'x! x');
    assert.match(fillIn('{{c}}', { ...nothing, variables }).text, /^\{\{[cd]\}\}$/);
  });
});
