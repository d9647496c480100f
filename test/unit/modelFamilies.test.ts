import assert from 'node:assert/strict';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { providerById } from '../../src/providers/index.ts';

/** Vendors by the name that the price list gives them. Alibaba is not in it. */
const listed: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  gemini: 'google',
  xai: 'x-ai',
  mistral: 'mistral',
  deepseek: 'deepseek',
  moonshot: 'moonshotai',
  zhipu: 'zhipuai',
  groq: 'groq',
  perplexity: 'perplexity',
  cohere: 'cohere',
  minimax: 'minimax',
  fireworks: 'fireworks',
  together: 'together',
  'aws-bedrock': 'aws',
  openrouter: 'openrouter',
};

describe('The tables of cheaper models', () => {
  const usual = { input_tokens: 2000, output_tokens: 1000 };
  for (const [id, name] of Object.entries(listed)) {
    it(`of ${id} name models that the vendor sells, each cheaper than what it stands in for`, () => {
      const provider = findProvider({ providerId: name });
      const families = providerById(id)?.cheaperModels ?? [];
      assert.ok(provider !== undefined && families.length > 0);
      const price = (model: string): number | undefined => calcPrice(usual, model, { provider })?.total_price;
      const names = provider.models.flatMap(({ id: one, match }) => [
        one,
        ...('equals' in match ? [match.equals] : []),
      ]);
      for (const { model, instead } of families) {
        const sold = [...new Set(names)].filter((one) => model.test(one));
        assert.ok(sold.length > 0, `${String(model)} matches nothing`);
        for (const other of instead) {
          const cheap = price(other);
          assert.ok(cheap !== undefined, `${other} is not in the price list`);
          for (const one of sold.filter((candidate) => candidate !== other)) {
            const dear = price(one);
            if (dear === undefined || dear === 0) continue;
            assert.ok(cheap < dear, `${other} (${String(cheap)}) instead of ${one} (${String(dear)})`);
          }
        }
      }
    });
  }
});
