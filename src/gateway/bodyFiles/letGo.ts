/** Frees memory that nobody has a view of any more: the collector of garbage would let megabytes of it pile up. */
export function letGo(bytes: Uint8Array): void {
  // Small ones share theirs with others.
  if (bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0);
}
