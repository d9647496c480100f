// Calls of all kinds to hosts that are led to the gateway, and what becomes of them; see `detours.ts`.
import https from 'node:https';
const { SECURE, PLAIN, WRONG } = process.env;
const show = (name, what) => console.log(`${name}: ${what}`);
const codeOf = ({ cause, code, message }) => cause?.code ?? code ?? message;

show('fetch', await fetch(SECURE + '/fetch').then((response) => response.text()));
show('plain', await fetch(PLAIN + '/plain').then((response) => response.text()));
const posted = await new Promise((resolve, reject) => {
  const options = { method: 'POST', agent: new https.Agent({ keepAlive: false }) };
  const request = https.request(SECURE + '/posted', options, (response) => {
    let text = '';
    response.on('data', (part) => (text += part)).on('end', () => resolve(text));
  });
  request.on('error', reject).end('x'.repeat(300_000));
});
show('https', posted);
show('stream', (await (await fetch(SECURE + '/stream')).text()).replaceAll('\n', ' '));
show('wrong', await fetch(WRONG + '/wrong').then(() => 'trusted', codeOf));
show(
  'wrong https',
  await new Promise((resolve) =>
    https.get(WRONG + '/wrong', () => resolve('trusted')).on('error', (error) => resolve(codeOf(error))),
  ),
);
show('refused', await fetch('https://localhost:9/').then(() => 'reached', codeOf));
if (process.argv.includes('packages')) {
  const { default: axios } = await import('axios');
  const { default: got } = await import('got');
  const { default: OpenAI } = await import('openai');
  const { request } = await import('undici');
  show('axios', JSON.stringify((await axios.get(SECURE + '/axios')).data));
  show('got', await got(SECURE + '/got').text());
  show('undici', await (await request(SECURE + '/undici')).body.text());
  const openai = new OpenAI({ apiKey: 'key', baseURL: SECURE, maxRetries: 0 });
  show('openai', JSON.stringify(await openai.models.retrieve('m')));
}
const kind = process.argv[2] ?? '/half';
const half = await fetch(SECURE + kind)
  .then((response) => response.text())
  .then(
    ({ length }) => length,
    () => 'cut off',
  );
show('half', half);
show('after', await fetch(SECURE + '/after').then((response) => response.text()));
