/** Measures the memory of a process and its descendants (Linux only). */
import { readFileSync } from 'node:fs';

export type Memory = { readonly residentMb: number; readonly anonymousMb: number };

/** Returns the sum for all of them. */
export function memoryOfTree(pid: number): Memory {
  const parts = treeOf(pid).map(memoryOf);
  const sum = (pick: (part: Memory) => number) => Math.round(parts.reduce((total, part) => total + pick(part), 0));
  return { residentMb: sum((part) => part.residentMb), anonymousMb: sum((part) => part.anonymousMb) };
}

function memoryOf(pid: number): Memory {
  const status = read(pid, 'status');
  const mb = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1000;
  return { residentMb: mb('VmRSS'), anonymousMb: mb('RssAnon') };
}

function treeOf(pid: number): number[] {
  const children = read(pid, `task/${pid}/children`).split(' ').map(Number).filter(Boolean);
  return [pid, ...children.flatMap(treeOf)];
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // The process has ended.
  }
}
