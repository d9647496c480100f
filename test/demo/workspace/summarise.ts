// Anthropic through its official client, streamed. Run it: node summarise.ts
import Anthropic from '@anthropic-ai/sdk';
import { gateway } from './gateway.ts';

const client = new Anthropic({
  baseURL: `${gateway}/anthropic`,
  apiKey: process.env.ANTHROPIC_API_KEY ?? 'sandbox',
});

try {
  const stream = await client.messages.create({
    model: 'claude-sonnet-5-5',
    max_tokens: 1024,
    stream: true,
    messages: [{ role: 'user', content: 'Summarise RFC 9110, section 15.5.3, in one sentence.' }],
  });
  for await (const event of stream) {
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta')
      process.stdout.write(event.delta.text);
  }
  process.stdout.write('\n');
} catch (error) {
  console.error(`Refused: ${String(error)}`);
  process.exitCode = 1;
}
