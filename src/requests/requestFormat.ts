import type { Text } from '../shared/text.ts';
import type { PlainRequest } from './plainRequest.ts';

/** A language in which a request can be written down so that it runs. */
export interface RequestFormat {
  readonly id: string;
  readonly title: Text;
  /** The editor's name of the language. */
  readonly language: string;
  /** Absent where every request can be written so. */
  fits?(request: PlainRequest): boolean;
  /** What runs and sends the request; its answer is printed. */
  write(request: PlainRequest): string;
}
