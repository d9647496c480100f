// OpenRouter through the official OpenAI client. Run it: node assistant.ts
import OpenAI from 'openai';
import { gateway } from './gateway.ts';

const client = new OpenAI({
  baseURL: `${gateway}/openrouter/api/v1`,
  apiKey: process.env.OPENROUTER_API_KEY ?? 'sandbox',
});

try {
  const answer = await client.chat.completions.create({
    model: 'openai/gpt-5',
    max_tokens: 4096,
    messages: [{ role: 'user', content: 'Give me three reasons to test the unhappy path.' }],
  });
  console.log(answer.choices[0]?.message.content);
} catch (error) {
  console.error(`Refused: ${String(error)}`);
  process.exitCode = 1;
}
