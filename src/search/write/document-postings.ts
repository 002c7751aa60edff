/** Buffers the postings of one document. The next document reuses the arrays, so there is no garbage. */
import { type ByteBuilder, varintLength } from '#search/index/array-builder.ts';
import { addOccurrence, fieldMasks, type IndexedField } from '#search/index/field-frequencies.ts';
import { longPositions, positionsFlag } from '#search/index/postings.ts';

const none = -1;

/** A slot is the index of a term among the terms of the document. */
export class DocumentPostings {
  /** Added to a slot in `#slots`. It grows with each document, so older entries are smaller and need no clearing. */
  #base = 1;
  /** By term ID: base and slot in the last document with the term. */
  #slots = new Int32Array(1024);
  /** By slot: term ID, field frequencies, and the first and last index in `#positions`. */
  #termIds = new Int32Array(256);
  #fieldFrequencies = new Uint8Array(256);
  #first = new Int32Array(256);
  #last = new Int32Array(256);
  /** Linked lists: each position, and the index of the next position of the same term. */
  #positions = new Int32Array(256);
  #next = new Int32Array(256);
  #positionCount = 0;
  /** Terms of the document. */
  size = 0;

  /** Starts the next document. */
  clear(): void {
    this.#base += this.size;
    this.size = 0;
    this.#positionCount = 0;
  }

  /** Adds a term without fields. */
  addKeyword(termId: number): void {
    this.#slotOf(termId);
  }

  /** Adds an occurrence in a field. Returns whether it is the term's first in this field. */
  add(termId: number, field: IndexedField): boolean {
    const slot = this.#slotOf(termId);
    const before = this.#fieldFrequencies[slot] as number;
    this.#fieldFrequencies[slot] = addOccurrence(before, field);
    return (before & fieldMasks[field]) === 0;
  }

  /** Adds an occurrence in a field with its position. Positions must ascend. */
  addPosition(termId: number, field: IndexedField, position: number): void {
    const slot = this.#slotOf(termId);
    this.#fieldFrequencies[slot] = addOccurrence(this.#fieldFrequencies[slot] as number, field);
    const index = this.#positionCount++;
    if (index >= this.#positions.length) {
      this.#positions = grow(this.#positions, index);
      this.#next = grow(this.#next, index);
    }
    this.#positions[index] = position;
    this.#next[index] = none;
    const last = this.#last[slot] as number;
    if (last === none) this.#first[slot] = index;
    else this.#next[last] = index;
    this.#last[slot] = index;
  }

  termId(slot: number): number {
    return this.#termIds[slot] as number;
  }

  fieldFrequencies(slot: number): number {
    return this.#fieldFrequencies[slot] as number;
  }

  /** Appends the term's positions in the encoding of `Postings`. */
  writePositions(slot: number, output: ByteBuilder): void {
    const first = this.#first[slot] as number;
    if (first === none) return;
    const isSingle = this.#next[first] === none;
    if (isSingle && (this.#positions[first] as number) < positionsFlag) {
      output.push(this.#positions[first] as number);
      return;
    }
    let length = 0;
    for (let i = first, previous = 0; i !== none; i = this.#next[i] as number) {
      length += varintLength((this.#positions[i] as number) - previous);
      previous = this.#positions[i] as number;
    }
    output.push(positionsFlag | Math.min(length, longPositions));
    if (length >= longPositions) output.pushVarint(length);
    for (let i = first, previous = 0; i !== none; i = this.#next[i] as number) {
      output.pushVarint((this.#positions[i] as number) - previous);
      previous = this.#positions[i] as number;
    }
  }

  #slotOf(termId: number): number {
    if (termId >= this.#slots.length) this.#slots = grow(this.#slots, termId);
    const known = (this.#slots[termId] as number) - this.#base;
    if (known >= 0) return known;
    const slot = this.size++;
    if (slot >= this.#termIds.length) this.#growSlots(slot);
    this.#slots[termId] = this.#base + slot;
    this.#termIds[slot] = termId;
    this.#fieldFrequencies[slot] = 0;
    this.#first[slot] = none;
    this.#last[slot] = none;
    return slot;
  }

  #growSlots(slot: number): void {
    this.#termIds = grow(this.#termIds, slot);
    this.#first = grow(this.#first, slot);
    this.#last = grow(this.#last, slot);
    this.#fieldFrequencies = new Uint8Array(this.#fieldFrequencies.buffer.transfer(this.#termIds.length));
  }
}

/** Returns the array with room for `index`, and for as much again. */
function grow(array: Int32Array<ArrayBuffer>, index: number): Int32Array<ArrayBuffer> {
  return new Int32Array(array.buffer.transfer(8 * (index + 1)));
}
