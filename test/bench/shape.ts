/** Bytes of each request's body, and of each answer's. */
export const requestBodyBytes = 256;
export const responseBytes = 1024;

/** What the load generator is told, and what it tells. */
export interface Load {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** Ends after so many milliseconds, or so many answers. */
  readonly milliseconds?: number;
  readonly answers?: number;
  /** Requests a second of all connections together; as many as there can be where absent. */
  readonly rate?: number;
}
export interface LoadResult {
  readonly answers: number;
  readonly seconds: number;
  /** Microseconds that half of the answers took at most. */
  readonly median: number;
  readonly p99: number;
  readonly errors: number;
}
