import type { Provider } from '../shared/provider.ts';
import { adyen } from './adyen.ts';
import { alchemy } from './alchemy.ts';
import { algolia } from './algolia.ts';
import { alphaVantage } from './alphaVantage.ts';
import { anthropic } from './anthropic.ts';
import { apify } from './apify.ts';
import { apilayer } from './apilayer.ts';
import { assemblyai } from './assemblyai.ts';
import { authorizeNet } from './authorizeNet.ts';
import { aws } from './aws.ts';
import { awsBedrock } from './awsBedrock.ts';
import { azure } from './azure.ts';
import { azureOpenai } from './azureOpenai.ts';
import { braintree } from './braintree.ts';
import { braveSearch } from './braveSearch.ts';
import { brevo } from './brevo.ts';
import { cerebras } from './cerebras.ts';
import { checkoutCom } from './checkoutCom.ts';
import { chutes } from './chutes.ts';
import { cline } from './cline.ts';
import { cloudflare } from './cloudflare.ts';
import { cohere } from './cohere.ts';
import { dashscope } from './dashscope.ts';
import { deepgram } from './deepgram.ts';
import { deepinfra } from './deepinfra.ts';
import { deepl } from './deepl.ts';
import { deepseek } from './deepseek.ts';
import { dockerHub } from './dockerHub.ts';
import { elevenlabs } from './elevenlabs.ts';
import { exa } from './exa.ts';
import { fal } from './fal.ts';
import { finnhub } from './finnhub.ts';
import { firecrawl } from './firecrawl.ts';
import { fireworks } from './fireworks.ts';
import { fishAudio } from './fishAudio.ts';
import { flyIo } from './flyIo.ts';
import { fmp } from './fmp.ts';
import { friendli } from './friendli.ts';
import { gemini } from './gemini.ts';
import { github } from './github.ts';
import { githubCopilot } from './githubCopilot.ts';
import { googleCloud } from './googleCloud.ts';
import { googleMaps } from './googleMaps.ts';
import { groq } from './groq.ts';
import { heroku } from './heroku.ts';
import { hetzner } from './hetzner.ts';
import { huggingface } from './huggingface.ts';
import { huggingfaceHub } from './huggingfaceHub.ts';
import { hunyuan } from './hunyuan.ts';
import { hyperbolic } from './hyperbolic.ts';
import { iflytek } from './iflytek.ts';
import { budgetSms } from './budgetSms.ts';
import { quicknode } from './quicknode.ts';
import { infura } from './infura.ts';
import { jina } from './jina.ts';
import { llmgateway } from './llmgateway.ts';
import { mailgun } from './mailgun.ts';
import { mapbox } from './mapbox.ts';
import { minimax } from './minimax.ts';
import { mistral } from './mistral.ts';
import { modelscope } from './modelscope.ts';
import { moonshot } from './moonshot.ts';
import { nebius } from './nebius.ts';
import { netlify } from './netlify.ts';
import { newsapi } from './newsapi.ts';
import { novita } from './novita.ts';
import { npm } from './npm.ts';
import { openai } from './openai.ts';
import { opencodeZen } from './opencodeZen.ts';
import { openrouter } from './openrouter.ts';
import { openweathermap } from './openweathermap.ts';
import { paypal } from './paypal.ts';
import { perplexity } from './perplexity.ts';
import { pinecone } from './pinecone.ts';
import { poe } from './poe.ts';
import { pollinations } from './pollinations.ts';
import { polygon } from './polygon.ts';
import { portkey } from './portkey.ts';
import { postmark } from './postmark.ts';
import { primeIntellect } from './primeIntellect.ts';
import { qianfan } from './qianfan.ts';
import { quickbooks } from './quickbooks.ts';
import { razorpay } from './razorpay.ts';
import { replicate } from './replicate.ts';
import { resend } from './resend.ts';
import { runpod } from './runpod.ts';
import { runway } from './runway.ts';
import { sambanova } from './sambanova.ts';
import { scrapingbee } from './scrapingbee.ts';
import { sendgrid } from './sendgrid.ts';
import { serpapi } from './serpapi.ts';
import { serper } from './serper.ts';
import { shopify } from './shopify.ts';
import { siliconflow } from './siliconflow.ts';
import { square } from './square.ts';
import { stability } from './stability.ts';
import { stripe } from './stripe.ts';
import { supabase } from './supabase.ts';
import { synthetic } from './synthetic.ts';
import { tavily } from './tavily.ts';
import { together } from './together.ts';
import { twilio } from './twilio.ts';
import { venice } from './venice.ts';
import { vercel } from './vercel.ts';
import { vercelAiGateway } from './vercelAiGateway.ts';
import { vertex } from './vertex.ts';
import { volcengine } from './volcengine.ts';
import { vonage } from './vonage.ts';
import { voyage } from './voyage.ts';
import { x } from './x.ts';
import { xai } from './xai.ts';
import { zenmux } from './zenmux.ts';
import { zhipu } from './zhipu.ts';

/** Every vendor that is known, best known first. */
export const providers: readonly Provider[] = [
  openrouter,
  deepseek,
  openai,
  anthropic,
  gemini,
  stripe,
  azureOpenai,
  mistral,
  groq,
  xai,
  moonshot,
  zhipu,
  minimax,
  dashscope,
  volcengine,
  qianfan,
  hunyuan,
  siliconflow,
  together,
  fireworks,
  cohere,
  perplexity,
  cerebras,
  deepinfra,
  novita,
  friendli,
  nebius,
  hyperbolic,
  sambanova,
  chutes,
  synthetic,
  venice,
  poe,
  awsBedrock,
  aws,
  azure,
  vertex,
  googleMaps,
  googleCloud,
  huggingface,
  huggingfaceHub,
  replicate,
  fal,
  stability,
  runway,
  elevenlabs,
  deepgram,
  assemblyai,
  fishAudio,
  jina,
  voyage,
  tavily,
  exa,
  serpapi,
  serper,
  braveSearch,
  firecrawl,
  apify,
  scrapingbee,
  twilio,
  sendgrid,
  resend,
  mailgun,
  brevo,
  githubCopilot,
  github,
  vercelAiGateway,
  vercel,
  netlify,
  flyIo,
  cloudflare,
  heroku,
  hetzner,
  postmark,
  portkey,
  llmgateway,
  opencodeZen,
  modelscope,
  pollinations,
  zenmux,
  cline,
  runpod,
  primeIntellect,
  x,
  alchemy,
  budgetSms,
  quicknode,
  infura,
  dockerHub,
  npm,
  shopify,
  paypal,
  checkoutCom,
  adyen,
  square,
  braintree,
  razorpay,
  authorizeNet,
  quickbooks,
  algolia,
  newsapi,
  openweathermap,
  alphaVantage,
  apilayer,
  finnhub,
  fmp,
  polygon,
  mapbox,
  pinecone,
  supabase,
  deepl,
  vonage,
  iflytek,
];

const byId = new Map(providers.map((provider) => [provider.id, provider]));
const byHost = new Map(providers.flatMap((provider) => provider.hosts.map((host) => [host, provider] as const)));

/** The provider of that name, as in `"provider": "openrouter"`. */
export function providerById(id: string): Provider | null {
  return byId.get(id) ?? null;
}

/** Who bills for calls to a host, which may carry a port. */
export function providerForHost(host: string): Provider | null {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const exact = byHost.get(name);
  if (exact !== undefined) return exact;
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const domain = byHost.get(name.slice(dot));
    if (domain !== undefined) return domain;
  }
  return null;
}
