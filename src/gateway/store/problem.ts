/** Something that went wrong with recording and that a person should know of. Forwarding goes on regardless. */
export interface RecordingProblem {
  readonly code:
    | 'store_set_aside'
    | 'store_in_memory'
    | 'store_full'
    | 'store_failed'
    | 'call_notes_off'
    | 'exchange_lost'
    | 'calls_left_out'
    | 'rule_failed'
    | 'prices_missing'
    | 'pattern_ignored'
    | 'pattern_slow'
    | 'worker_restarted'
    | 'worker_lost';
  /** What happened and what to do next. */
  readonly message: string;
}

/** Whoever wants to hear of problems. */
export type OnProblem = (problem: RecordingProblem) => void;
