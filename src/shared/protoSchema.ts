/** One field of a message in Protocol Buffers, as its `.proto` file has it. */
export interface ProtoField {
  readonly name: string;
  /** A scalar's name (`int32`, `string`, …), or the full name of a message or an enum. */
  readonly type: string;
  /** Numbers of such may stand together, without a tag for each. */
  readonly repeated?: true;
  /** The type of the keys, where it is a map; `type` is that of its values. */
  readonly mapKey?: string;
}

/** All that is needed to read one message. */
export interface ProtoSchema {
  /** The full name of the message. */
  readonly root: string;
  /** By full name: their fields by number. */
  readonly messages: Readonly<Record<string, Readonly<Record<number, ProtoField>>>>;
  /** By full name: their values' names by number. */
  readonly enums: Readonly<Record<string, Readonly<Record<number, string>>>>;
}
