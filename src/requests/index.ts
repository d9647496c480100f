import { curl } from './curl.ts';
import { fetchCode } from './fetchCode.ts';
import { httpFile } from './httpFile.ts';
import { httpxCode } from './httpxCode.ts';
import { openaiCode } from './openaiCode.ts';
import type { RequestFormat } from './requestFormat.ts';

/** Every form in which a request can be copied. */
export const requestFormats: readonly RequestFormat[] = [curl, fetchCode, httpxCode, openaiCode, httpFile];
