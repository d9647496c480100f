import type { CallOptions, SpokenPart, WholeAnswer } from '../translate/sdk.ts';
import type { Json } from '../translation.ts';

/** A vendor's dialect as this gateway speaks it itself, for what most calls ask. */
export interface OwnDialect {
  /** Behind the base URL. */
  readonly path: (model: string, stream: boolean) => string;
  /** Fields of the head beside those that every call has. */
  readonly headers: readonly (readonly [string, string])[];
  /** The request; null where it asks for more than is spoken here. */
  readonly request: (options: CallOptions, asked: AskedOf) => OwnRequest | null;
  /** Reads a whole answer. Fails where it is none. */
  readonly whole: (json: Json) => WholeAnswer;
  readonly stream: () => EventReader;
}

export interface AskedOf {
  readonly model: string;
  readonly provider: string;
  /** The most that the model writes; null where nobody knows. */
  readonly output: number | null;
  readonly stream: boolean;
}

export interface OwnRequest {
  readonly body: Json;
  /** Fields that the vendor cannot honour. */
  readonly ignored: readonly string[];
}

/** Reads the events of one stream. */
export interface EventReader {
  /** The parts that an event tells. Fails where it tells of a failure. */
  read(data: string): readonly SpokenPart[];
  /** The parts that the end of the stream tells. */
  end(): readonly SpokenPart[];
  /** Whether the stream has told why it ends. */
  readonly isComplete: boolean;
  /** The model and what was used, in the vendor's words, as a whole answer has them. */
  readonly told: Json;
}
