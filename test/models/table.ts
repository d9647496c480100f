/** What is known of a provider of models that no package tells. */
export interface TableRow {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly env: string | null;
  /** The ids of the same vendor in the packages that models are taken from. */
  readonly from?: { readonly catalogue?: string; readonly prices?: string; readonly older?: string };
  /** `openai` unless another is named. */
  readonly dialect?: string;
  /** Base URLs of other dialects that the vendor speaks as well. */
  readonly also?: Readonly<Record<string, string>>;
}

const row = (id: string, title: string, url: string, env: string | null, more: Partial<TableRow> = {}): TableRow => ({
  ...{ id, title, url, env },
  ...more,
});

/**
 * Providers by the id that `tollgate.jsonc` knows them by. Base URLs and variables are those of each vendor's own
 * documentation, as collected in the `provider.toml` files of github.com/anomalyco/models.dev (MIT).
 */
export const table: readonly TableRow[] = [
  row('openai', 'OpenAI', 'https://api.openai.com/v1', 'OPENAI_API_KEY', {
    from: { catalogue: 'openai' },
    also: { responses: 'https://api.openai.com/v1' },
  }),
  row('anthropic', 'Anthropic', 'https://api.anthropic.com/v1', 'ANTHROPIC_API_KEY', {
    dialect: 'anthropic',
    from: { catalogue: 'anthropic' },
  }),
  row('gemini', 'Google Gemini', 'https://generativelanguage.googleapis.com/v1beta', 'GEMINI_API_KEY', {
    dialect: 'gemini',
    from: { catalogue: 'google' },
  }),
  row('vertex', 'Google Vertex AI', 'https://aiplatform.googleapis.com', null, {
    dialect: 'gemini',
    from: { catalogue: 'google-vertex' },
  }),
  row('aws-bedrock', 'Amazon Bedrock', 'https://bedrock-runtime.us-east-1.amazonaws.com', 'AWS_BEARER_TOKEN_BEDROCK', {
    dialect: 'bedrock',
    from: { catalogue: 'amazon-bedrock' },
  }),
  row('azure-openai', 'Azure OpenAI', 'https://YOUR-RESOURCE.openai.azure.com/openai/v1', 'AZURE_OPENAI_API_KEY', {
    from: { catalogue: 'azure' },
    also: { responses: 'https://YOUR-RESOURCE.openai.azure.com/openai/v1' },
  }),
  row('mistral', 'Mistral AI', 'https://api.mistral.ai/v1', 'MISTRAL_API_KEY', {
    dialect: 'mistral',
    from: { catalogue: 'mistral' },
  }),
  row('cohere', 'Cohere', 'https://api.cohere.com/v2', 'CO_API_KEY', { dialect: 'cohere', from: { prices: 'cohere' } }),
  row('xai', 'xAI', 'https://api.x.ai/v1', 'XAI_API_KEY', {
    from: { catalogue: 'xai' },
    also: { responses: 'https://api.x.ai/v1' },
  }),
  row('meta', 'Meta', 'https://api.meta.ai/v1', 'META_API_KEY', {
    from: { catalogue: 'meta' },
    also: { responses: 'https://api.meta.ai/v1' },
  }),
  row('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY', {
    from: { catalogue: 'openrouter' },
    also: { anthropic: 'https://openrouter.ai/api/v1' },
  }),
  row('vercel-ai-gateway', 'Vercel AI Gateway', 'https://ai-gateway.vercel.sh/v1', 'AI_GATEWAY_API_KEY', {
    from: { catalogue: 'vercel-ai-gateway' },
    also: { anthropic: 'https://ai-gateway.vercel.sh/v1' },
  }),
  row('deepseek', 'DeepSeek', 'https://api.deepseek.com', 'DEEPSEEK_API_KEY', {
    from: { catalogue: 'deepseek' },
    also: { anthropic: 'https://api.deepseek.com/anthropic/v1' },
  }),
  row('minimax', 'MiniMax', 'https://api.minimax.io/v1', 'MINIMAX_API_KEY', {
    from: { catalogue: 'minimax' },
    also: { anthropic: 'https://api.minimax.io/anthropic/v1' },
  }),
  row('minimax-cn', 'MiniMax (China)', 'https://api.minimaxi.com/v1', 'MINIMAX_API_KEY', {
    from: { catalogue: 'minimax-cn' },
    also: { anthropic: 'https://api.minimaxi.com/anthropic/v1' },
  }),
  row('moonshot', 'Moonshot AI', 'https://api.moonshot.ai/v1', 'MOONSHOT_API_KEY', {
    from: { catalogue: 'moonshotai' },
    also: { anthropic: 'https://api.moonshot.ai/anthropic/v1' },
  }),
  row('moonshot-cn', 'Moonshot AI (China)', 'https://api.moonshot.cn/v1', 'MOONSHOT_API_KEY', {
    from: { catalogue: 'moonshotai-cn' },
  }),
  row('kimi-coding', 'Kimi for Coding', 'https://api.kimi.com/coding/v1', 'KIMI_API_KEY', {
    from: { catalogue: 'kimi-coding' },
  }),
  row('fireworks', 'Fireworks AI', 'https://api.fireworks.ai/inference/v1', 'FIREWORKS_API_KEY', {
    from: { catalogue: 'fireworks' },
    also: { anthropic: 'https://api.fireworks.ai/inference/v1' },
  }),
  row('together', 'Together AI', 'https://api.together.xyz/v1', 'TOGETHER_API_KEY', {
    from: { catalogue: 'together' },
  }),
  row('groq', 'Groq', 'https://api.groq.com/openai/v1', 'GROQ_API_KEY', { from: { catalogue: 'groq' } }),
  row('cerebras', 'Cerebras', 'https://api.cerebras.ai/v1', 'CEREBRAS_API_KEY', { from: { catalogue: 'cerebras' } }),
  row('baseten', 'Baseten', 'https://inference.baseten.co/v1', 'BASETEN_API_KEY', { from: { catalogue: 'baseten' } }),
  row('huggingface', 'Hugging Face', 'https://router.huggingface.co/v1', 'HF_TOKEN', {
    from: { catalogue: 'huggingface' },
  }),
  row('nvidia', 'NVIDIA', 'https://integrate.api.nvidia.com/v1', 'NVIDIA_API_KEY', { from: { catalogue: 'nvidia' } }),
  row('ant-ling', 'Ant Ling', 'https://api.ant-ling.com/v1', 'ANT_LING_API_KEY', { from: { catalogue: 'ant-ling' } }),
  row('github-copilot', 'GitHub Copilot', 'https://api.githubcopilot.com', 'GITHUB_TOKEN', {
    from: { catalogue: 'github-copilot' },
  }),
  row('opencode-zen', 'OpenCode Zen', 'https://opencode.ai/zen/v1', 'OPENCODE_API_KEY', {
    from: { catalogue: 'opencode' },
    also: { anthropic: 'https://opencode.ai/zen/v1', responses: 'https://opencode.ai/zen/v1' },
  }),
  row('xiaomi', 'Xiaomi MiMo', 'https://api.xiaomimimo.com/v1', 'XIAOMI_API_KEY', { from: { catalogue: 'xiaomi' } }),
  row('zai', 'Z.AI', 'https://api.z.ai/api/paas/v4', 'ZAI_API_KEY', {
    from: { older: 'zai' },
    also: { anthropic: 'https://api.z.ai/api/anthropic/v1' },
  }),
  row('zai-coding-plan', 'Z.AI Coding Plan', 'https://api.z.ai/api/coding/paas/v4', 'ZAI_API_KEY', {
    from: { catalogue: 'zai' },
  }),
  row('zhipu', 'Zhipu AI', 'https://open.bigmodel.cn/api/paas/v4', 'ZHIPU_API_KEY', { from: { older: 'zhipuai' } }),
  row('zhipu-coding-plan', 'Zhipu Coding Plan', 'https://open.bigmodel.cn/api/coding/paas/v4', 'ZHIPU_API_KEY', {
    from: { catalogue: 'zai-coding-cn' },
  }),
  row(
    'cloudflare-workers-ai',
    'Cloudflare Workers AI',
    'https://api.cloudflare.com/client/v4/accounts/YOUR-ACCOUNT/ai/v1',
    'CLOUDFLARE_API_TOKEN',
    { from: { catalogue: 'cloudflare-workers-ai' } },
  ),
  row(
    'cloudflare-ai-gateway',
    'Cloudflare AI Gateway',
    'https://gateway.ai.cloudflare.com/v1/YOUR-ACCOUNT/YOUR-GATEWAY/compat',
    'CLOUDFLARE_API_TOKEN',
    { from: { catalogue: 'cloudflare-ai-gateway' } },
  ),
  row(
    'qwen-token-plan',
    'Qwen Token Plan',
    'https://token-plan.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1',
    'QWEN_TOKEN_PLAN_API_KEY',
    { from: { catalogue: 'qwen-token-plan' } },
  ),
  row(
    'qwen-token-plan-cn',
    'Qwen Token Plan (China)',
    'https://token-plan.cn-beijing.maas.aliyuncs.com/compatible-mode/v1',
    'QWEN_TOKEN_PLAN_API_KEY',
    { from: { catalogue: 'qwen-token-plan-cn' } },
  ),
  row('dashscope', 'Alibaba DashScope', 'https://dashscope.aliyuncs.com/compatible-mode/v1', 'DASHSCOPE_API_KEY', {
    from: { older: 'alibaba-cn' },
  }),
  row('alibaba', 'Alibaba Cloud', 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1', 'DASHSCOPE_API_KEY', {
    from: { older: 'alibaba' },
  }),
  row('volcengine', 'Volcengine Ark', 'https://ark.cn-beijing.volces.com/api/v3', 'ARK_API_KEY'),
  row('qianfan', 'Baidu Qianfan', 'https://qianfan.baidubce.com/v2', 'QIANFAN_API_KEY'),
  row('hunyuan', 'Tencent Hunyuan', 'https://api.hunyuan.cloud.tencent.com/v1', 'HUNYUAN_API_KEY'),
  row('siliconflow', 'SiliconFlow', 'https://api.siliconflow.cn/v1', 'SILICONFLOW_API_KEY'),
  row('iflytek', 'iFLYTEK Spark', 'https://spark-api-open.xf-yun.com/v1', 'SPARK_API_PASSWORD'),
  row('perplexity', 'Perplexity', 'https://api.perplexity.ai', 'PERPLEXITY_API_KEY', {
    from: { prices: 'perplexity' },
  }),
  row('deepinfra', 'DeepInfra', 'https://api.deepinfra.com/v1/openai', 'DEEPINFRA_API_KEY', {
    from: { older: 'deepinfra' },
  }),
  row('novita', 'Novita AI', 'https://api.novita.ai/v3/openai', 'NOVITA_API_KEY', { from: { prices: 'novita' } }),
  row('friendli', 'Friendli', 'https://api.friendli.ai/serverless/v1', 'FRIENDLI_TOKEN'),
  row('nebius', 'Nebius', 'https://api.studio.nebius.com/v1', 'NEBIUS_API_KEY'),
  row('hyperbolic', 'Hyperbolic', 'https://api.hyperbolic.xyz/v1', 'HYPERBOLIC_API_KEY'),
  row('sambanova', 'SambaNova', 'https://api.sambanova.ai/v1', 'SAMBANOVA_API_KEY'),
  row('chutes', 'Chutes', 'https://llm.chutes.ai/v1', 'CHUTES_API_KEY', { from: { older: 'chutes' } }),
  row('synthetic', 'Synthetic', 'https://api.synthetic.new/openai/v1', 'SYNTHETIC_API_KEY', {
    from: { older: 'synthetic' },
  }),
  row('venice', 'Venice AI', 'https://api.venice.ai/api/v1', 'VENICE_API_KEY', { from: { older: 'venice' } }),
  row('poe', 'Poe', 'https://api.poe.com/v1', 'POE_API_KEY'),
  row('portkey', 'Portkey', 'https://api.portkey.ai/v1', 'PORTKEY_API_KEY'),
  row('llmgateway', 'LLM Gateway', 'https://api.llmgateway.io/v1', 'LLM_GATEWAY_API_KEY'),
  row('modelscope', 'ModelScope', 'https://api-inference.modelscope.cn/v1', 'MODELSCOPE_API_KEY', {
    from: { older: 'modelscope' },
  }),
  row('zenmux', 'ZenMux', 'https://zenmux.ai/api/v1', 'ZENMUX_API_KEY'),
  row('cline', 'Cline', 'https://api.cline.bot/api/v1', 'CLINE_API_KEY'),
  row('prime-intellect', 'Prime Intellect', 'https://api.pinference.ai/api/v1', 'PRIME_API_KEY'),
  row('github-models', 'GitHub Models', 'https://models.github.ai/inference', 'GITHUB_TOKEN', {
    from: { older: 'github-models' },
  }),
  row('fastrouter', 'FastRouter', 'https://go.fastrouter.ai/api/v1', 'FASTROUTER_API_KEY', {
    from: { older: 'fastrouter' },
  }),
  row('inception', 'Inception', 'https://api.inceptionlabs.ai/v1', 'INCEPTION_API_KEY', {
    from: { older: 'inception' },
  }),
  row('inference', 'Inference.net', 'https://api.inference.net/v1', 'INFERENCE_API_KEY', {
    from: { older: 'inference' },
  }),
  row('llama', 'Llama API', 'https://api.llama.com/compat/v1', 'LLAMA_API_KEY', { from: { older: 'llama' } }),
  row('morph', 'Morph', 'https://api.morphllm.com/v1', 'MORPH_API_KEY', { from: { older: 'morph' } }),
  row('requesty', 'Requesty', 'https://router.requesty.ai/v1', 'REQUESTY_API_KEY', { from: { older: 'requesty' } }),
  row('submodel', 'submodel', 'https://llm.submodel.ai/v1', 'SUBMODEL_INSTAGEN_ACCESS_KEY', {
    from: { older: 'submodel' },
  }),
  row('upstage', 'Upstage', 'https://api.upstage.ai/v1/solar', 'UPSTAGE_API_KEY', { from: { older: 'upstage' } }),
  row('v0', 'v0', 'https://api.v0.dev/v1', 'V0_API_KEY', { from: { older: 'v0' } }),
  row('wandb', 'Weights & Biases', 'https://api.inference.wandb.ai/v1', 'WANDB_API_KEY', { from: { older: 'wandb' } }),
  row('avian', 'Avian', 'https://api.avian.io/v1', 'AVIAN_API_KEY', { from: { prices: 'avian' } }),
  row('ovhcloud', 'OVHcloud AI Endpoints', 'https://oai.endpoints.kepler.ai.cloud.ovh.net/v1', 'OVHCLOUD_API_KEY', {
    from: { prices: 'ovhcloud' },
  }),
  row('302ai', '302.AI', 'https://api.302.ai/v1', '302AI_API_KEY'),
  row('abacus', 'Abacus', 'https://routellm.abacus.ai/v1', 'ABACUS_API_KEY'),
  row('aihubmix', 'AIHubMix', 'https://aihubmix.com/v1', 'AIHUBMIX_API_KEY'),
  row('bailing', 'Bailing', 'https://api.tbox.cn/api/llm/v1', 'BAILING_API_TOKEN'),
  row('berget', 'Berget AI', 'https://api.berget.ai/v1', 'BERGET_API_KEY'),
  row('clarifai', 'Clarifai', 'https://api.clarifai.com/v2/ext/openai/v1', 'CLARIFAI_PAT'),
  row('cortecs', 'Cortecs', 'https://api.cortecs.ai/v1', 'CORTECS_API_KEY'),
  row('digitalocean', 'DigitalOcean', 'https://inference.do-ai.run/v1', 'DIGITALOCEAN_ACCESS_TOKEN', {
    also: { anthropic: 'https://inference.do-ai.run/v1', responses: 'https://inference.do-ai.run/v1' },
  }),
  row('evroc', 'evroc', 'https://models.think.evroc.com/v1', 'EVROC_API_KEY'),
  row('helicone', 'Helicone', 'https://ai-gateway.helicone.ai/v1', 'HELICONE_API_KEY'),
  row('iflowcn', 'iFlow', 'https://apis.iflow.cn/v1', 'IFLOW_API_KEY'),
  row('io-net', 'IO.NET', 'https://api.intelligence.io.solutions/api/v1', 'IOINTELLIGENCE_API_KEY'),
  row('jiekou', 'Jiekou.AI', 'https://api.jiekou.ai/openai', 'JIEKOU_API_KEY'),
  row('lucidquery', 'LucidQuery', 'https://api.lucidquery.com/v1', 'LUCIDQUERY_API_KEY'),
  row('meganova', 'Meganova', 'https://api.meganova.ai/v1', 'MEGANOVA_API_KEY'),
  row('moark', 'Moark', 'https://moark.com/v1', 'MOARK_API_KEY'),
  row('nano-gpt', 'NanoGPT', 'https://nano-gpt.com/api/v1', 'NANO_GPT_API_KEY'),
  row('nova', 'Amazon Nova', 'https://api.nova.amazon.com/v1', 'NOVA_API_KEY'),
  row('ollama-cloud', 'Ollama Cloud', 'https://ollama.com/v1', 'OLLAMA_API_KEY'),
  row('qihang-ai', 'QiHang', 'https://api.qhaigc.net/v1', 'QIHANG_API_KEY'),
  row('qiniu-ai', 'Qiniu', 'https://api.qnaigc.com/v1', 'QINIU_API_KEY'),
  row('scaleway', 'Scaleway', 'https://api.scaleway.ai/v1', 'SCALEWAY_API_KEY'),
  row('stackit', 'STACKIT', 'https://api.openai-compat.model-serving.eu01.onstackit.cloud/v1', 'STACKIT_API_KEY'),
  row('stepfun', 'StepFun', 'https://api.stepfun.com/v1', 'STEPFUN_API_KEY'),
  row('vivgrid', 'Vivgrid', 'https://api.vivgrid.com/v1', 'VIVGRID_API_KEY'),
  row('vultr', 'Vultr', 'https://api.vultrinference.com/v1', 'VULTR_API_KEY'),
  row('ollama', 'Ollama', 'http://127.0.0.1:11434/v1', null),
  row('lmstudio', 'LM Studio', 'http://127.0.0.1:1234/v1', null),
  row('llamacpp', 'llama.cpp', 'http://127.0.0.1:8080/v1', null),
  row('vllm', 'vLLM', 'http://127.0.0.1:8000/v1', null),
];
