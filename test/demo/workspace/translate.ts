// Gemini over plain fetch. Run it: node translate.ts
import { gateway } from './gateway.ts';

const model = 'gemini-2.5-pro';

const response = await fetch(`${gateway}/gemini/v1beta/models/${model}:generateContent`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-goog-api-key': process.env.GEMINI_API_KEY ?? 'sandbox' },
  body: JSON.stringify({ contents: [{ parts: [{ text: 'Translate "toll gate" into Esperanto.' }] }] }),
});
console.log(response.status, await response.text());
if (!response.ok) process.exitCode = 1;
