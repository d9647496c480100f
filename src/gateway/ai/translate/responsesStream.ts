import type { Json } from '../translation.ts';
import { drawnItem, type Drawn } from './drawn.ts';
import { sealed } from './remember.ts';
import {
  callItem,
  endState,
  messageItem,
  reasoningItem,
  responseObject,
  responsesUsage,
  textPart,
} from './responseObject.ts';
import type { Metadata, SpokenPart } from './sdk.ts';
import type { StreamWriter } from './streamWriter.ts';
import { newId } from './toResponses.ts';

interface Item {
  readonly kind: 'text' | 'reasoning' | 'call' | 'drawn';
  readonly id: string;
  readonly index: number;
  text: string;
  metadata: Metadata | undefined;
  readonly callId: string;
  readonly name: string;
  readonly drawn: Drawn | null;
  done: boolean;
}

/** A stream in the format of OpenAI's responses (platform.openai.com/docs/api-reference/responses-streaming). */
export function responsesStream(model: string, request: Json): StreamWriter {
  const id = newId('resp');
  const items = new Map<string, Item>();
  let number = 0;
  const event = (type: string, data: Json): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...data })}\n\n`;
  const place = (item: Item): Json => ({ item_id: item.id, output_index: item.index });

  const add = (key: string, kind: Item['kind'], more: Partial<Pick<Item, 'callId' | 'name' | 'drawn'>> = {}): Item => {
    const prefix = { text: 'msg', reasoning: 'rs', call: 'fc', drawn: 'ig' }[kind];
    const item: Item = {
      kind,
      id: newId(prefix),
      index: items.size,
      text: '',
      metadata: undefined,
      ...{ callId: '', name: '', drawn: null },
      ...more,
      done: false,
    };
    items.set(key, item);
    return item;
  };
  const opened = (item: Item): string => {
    let out = '';
    const empty = item.kind === 'text' ? { ...itemOf(item, 'in_progress'), content: [] } : itemOf(item, 'in_progress');
    out += event('response.output_item.added', { output_index: item.index, item: empty });
    if (item.kind === 'text')
      out += event('response.content_part.added', { ...place(item), content_index: 0, part: textPart('') });
    if (item.kind === 'reasoning')
      out += event('response.reasoning_summary_part.added', {
        ...place(item),
        summary_index: 0,
        part: { type: 'summary_text', text: '' },
      });
    return out;
  };
  const closed = (item: Item | undefined): string => {
    let out = '';
    if (item === undefined || item.done) return '';
    item.done = true;
    const { text } = item;
    if (item.kind === 'text') {
      out += event('response.output_text.done', { ...place(item), content_index: 0, text, logprobs: [] });
      out += event('response.content_part.done', { ...place(item), content_index: 0, part: textPart(text) });
    } else if (item.kind === 'reasoning') {
      out += event('response.reasoning_summary_text.done', { ...place(item), summary_index: 0, text });
      out += event('response.reasoning_summary_part.done', {
        ...place(item),
        summary_index: 0,
        part: { type: 'summary_text', text },
      });
    } else if (item.kind === 'call')
      out += event('response.function_call_arguments.done', { ...place(item), name: item.name, arguments: text });
    out += event('response.output_item.done', { output_index: item.index, item: itemOf(item, 'completed') });
    return out;
  };

  const write = (part: SpokenPart): string => {
    let out = '';
    switch (part.type) {
      case 'text-start':
        out += opened(add(`text ${part.id}`, 'text'));
        break;
      case 'text-delta': {
        const item = items.get(`text ${part.id}`);
        if (item === undefined || part.delta === '') break;
        item.text += part.delta;
        out += event('response.output_text.delta', {
          ...place(item),
          content_index: 0,
          delta: part.delta,
          logprobs: [],
        });
        break;
      }
      case 'text-end':
        out += closed(items.get(`text ${part.id}`));
        break;
      case 'reasoning-start': {
        const item = add(`reasoning ${part.id}`, 'reasoning');
        item.metadata = part.providerMetadata;
        out += opened(item);
        break;
      }
      case 'reasoning-delta': {
        const item = items.get(`reasoning ${part.id}`);
        if (item === undefined) break;
        item.metadata = part.providerMetadata ?? item.metadata;
        item.text += part.delta;
        if (part.delta !== '')
          out += event('response.reasoning_summary_text.delta', {
            ...place(item),
            summary_index: 0,
            delta: part.delta,
          });
        break;
      }
      case 'reasoning-end': {
        const item = items.get(`reasoning ${part.id}`);
        if (item !== undefined) item.metadata = part.providerMetadata ?? item.metadata;
        out += closed(item);
        break;
      }
      case 'tool-input-start':
        out += opened(add(`call ${part.id}`, 'call', { callId: part.id, name: part.toolName }));
        break;
      case 'tool-input-delta': {
        const item = items.get(`call ${part.id}`);
        if (item === undefined || part.delta === '') break;
        item.text += part.delta;
        out += event('response.function_call_arguments.delta', { ...place(item), delta: part.delta });
        break;
      }
      case 'tool-call': {
        const key = `call ${part.toolCallId}`;
        const known = items.get(key);
        const item = known ?? add(key, 'call', { callId: part.toolCallId, name: part.toolName });
        if (known === undefined) out += opened(item);
        if (item.text === '') {
          item.text = part.input === '' ? '{}' : part.input;
          out += event('response.function_call_arguments.delta', { ...place(item), delta: item.text });
        }
        out += closed(item);
        break;
      }
      case 'file': {
        const item = add(`drawn ${items.size}`, 'drawn', { drawn: part });
        out += opened(item) + closed(item);
        break;
      }
      case 'finish': {
        for (const item of items.values()) out += closed(item);
        const all = [...items.values()];
        const state = endState(part.finishReason);
        const response = responseObject(id, model, request, {
          ...state,
          output: all.map((item) => itemOf(item, 'completed')),
          output_text: all.map((item) => (item.kind === 'text' ? item.text : '')).join(''),
          usage: responsesUsage(part.usage),
        });
        out += event(state.status === 'incomplete' ? 'response.incomplete' : 'response.completed', { response });
        break;
      }
    }
    return out;
  };
  return {
    begin: () =>
      event('response.created', { response: responseObject(id, model, request, {}) }) +
      event('response.in_progress', { response: responseObject(id, model, request, {}) }),
    write,
    end: () => '',
  };
}

function itemOf({ kind, id, text, metadata, callId, name, drawn }: Item, status: string): Json {
  if (drawn !== null) return { ...drawnItem(id, drawn), ...(status === 'completed' ? {} : { status, result: null }) };
  if (kind === 'text') return messageItem(id, text, status);
  return kind === 'reasoning' ? reasoningItem(id, text, sealed(metadata)) : callItem(id, callId, name, text, status);
}
