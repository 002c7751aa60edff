/** The keys of one document with their fields and positions: tables that are used again for the next one, so that nothing is left to collect. */

import { type ByteBuilder, varintLength } from '#search/index/array-builder.ts';
import { countOne, fieldMasks, type IndexedField } from '#search/index/field-frequencies.ts';
import { longRun, manyPositions } from '#search/index/postings.ts';

const none = -1;

export class DocumentPostings {
  /** Above all places of earlier documents. */
  #base = 1;
  /** By key: its place among the keys of the document that last used it, above that document's base. */
  #slots = new Int32Array(1024);
  /** By place: key, field byte, first and last of its positions. */
  #keys = new Int32Array(256);
  #fields = new Uint8Array(256);
  #first = new Int32Array(256);
  #last = new Int32Array(256);
  /** Positions, each with the next one of the same key. */
  #positions = new Int32Array(256);
  #next = new Int32Array(256);
  #positionsCount = 0;
  size = 0;

  /** Begins the next document. */
  clear(): void {
    this.#base += this.size;
    this.size = 0;
    this.#positionsCount = 0;
  }

  /** Notes that the document has a key, which is in no field. */
  addFact(key: number): void {
    this.#slotOf(key);
  }

  /** Notes a use in a field; whether it is the first one there. */
  add(key: number, field: IndexedField): boolean {
    const slot = this.#slotOf(key);
    const before = this.#fields[slot] as number;
    this.#fields[slot] = countOne(before, field);
    return (before & fieldMasks[field]) === 0;
  }

  /** Notes a use in a field and its position; positions come in ascending order. */
  addAt(key: number, field: IndexedField, position: number): void {
    const slot = this.#slotOf(key);
    this.#fields[slot] = countOne(this.#fields[slot] as number, field);
    const at = this.#positionsCount++;
    if (at >= this.#positions.length) {
      this.#positions = grown(this.#positions, at);
      this.#next = grown(this.#next, at);
    }
    this.#positions[at] = position;
    this.#next[at] = none;
    const last = this.#last[slot] as number;
    if (last === none) this.#first[slot] = at;
    else this.#next[last] = at;
    this.#last[slot] = at;
  }

  key(slot: number): number {
    return this.#keys[slot] as number;
  }

  fields(slot: number): number {
    return this.#fields[slot] as number;
  }

  /** Writes the positions of a key as a postings list has them. */
  writePositions(slot: number, into: ByteBuilder): void {
    const first = this.#first[slot] as number;
    if (first === none) return;
    const isOne = this.#next[first] === none;
    if (isOne && (this.#positions[first] as number) < manyPositions) {
      into.push(this.#positions[first] as number);
      return;
    }
    let length = 0;
    for (let at = first, previous = 0; at !== none; at = this.#next[at] as number) {
      length += varintLength((this.#positions[at] as number) - previous);
      previous = this.#positions[at] as number;
    }
    into.push(manyPositions | Math.min(length, longRun));
    if (length >= longRun) into.pushVarint(length);
    for (let at = first, previous = 0; at !== none; at = this.#next[at] as number) {
      into.pushVarint((this.#positions[at] as number) - previous);
      previous = this.#positions[at] as number;
    }
  }

  #slotOf(key: number): number {
    if (key >= this.#slots.length) this.#slots = grown(this.#slots, key);
    const known = (this.#slots[key] as number) - this.#base;
    if (known >= 0) return known;
    const slot = this.size++;
    if (slot >= this.#keys.length) this.#growSlots(slot);
    this.#slots[key] = this.#base + slot;
    this.#keys[slot] = key;
    this.#fields[slot] = 0;
    this.#first[slot] = none;
    this.#last[slot] = none;
    return slot;
  }

  #growSlots(slot: number): void {
    this.#keys = grown(this.#keys, slot);
    this.#first = grown(this.#first, slot);
    this.#last = grown(this.#last, slot);
    this.#fields = new Uint8Array(this.#fields.buffer.transfer(this.#keys.length));
  }
}

/** Room for index `at`, and for as much again. */
function grown(array: Int32Array<ArrayBuffer>, at: number): Int32Array<ArrayBuffer> {
  return new Int32Array(array.buffer.transfer(8 * (at + 1)));
}
