/** Renders JSX to an HTML string and escapes every text. Supports elements and function components without hooks. */
import { type CSSProperties, Fragment, type FunctionComponent, isValidElement, type ReactNode } from 'react';

const voidElements = new Set(['br', 'hr', 'img', 'input', 'link', 'meta']);
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const attributeNames: Readonly<Record<string, string>> = {
  className: 'class',
  httpEquiv: 'http-equiv',
  htmlFor: 'for',
  defaultValue: 'value',
  defaultChecked: 'checked',
};

type Props = Readonly<Record<string, unknown>> & {
  readonly children?: ReactNode;
  readonly dangerouslySetInnerHTML?: { readonly __html: string };
};

export function renderHtml(node: ReactNode): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint') return escapeHtml(String(node));
  if (isValidElement<Props>(node)) return renderElement(node.type, node.props);
  if (Symbol.iterator in node) {
    let html = '';
    for (const child of node) html += renderHtml(child);
    return html;
  }
  throw new TypeError('HTML is made of elements, texts and lists of them.');
}

export function escapeHtml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (character) => escapes[character] ?? character) : text;
}

function renderElement(type: unknown, props: Props): string {
  if (type === Fragment) return renderHtml(props.children);
  if (typeof type === 'function') return renderHtml((type as FunctionComponent<Props>)(props) as ReactNode);
  const tag = String(type);
  let attributes = '';
  for (const name in props) attributes += renderAttribute(name, props[name]);
  if (voidElements.has(tag)) return `<${tag}${attributes}>`;
  return `<${tag}${attributes}>${contentOf(tag, props)}</${tag}>`;
}

function contentOf(tag: string, { children, dangerouslySetInnerHTML }: Props): string {
  // The HTML is finished. HTML does not decode entities inside `<style>`.
  if (dangerouslySetInnerHTML) return dangerouslySetInnerHTML.__html;
  return tag === 'style' ? String(children) : renderHtml(children);
}

function renderAttribute(name: string, value: unknown): string {
  if (name === 'children' || name === 'dangerouslySetInnerHTML' || value === null || value === undefined) return '';
  const isEnumerated = name.startsWith('aria-') || name.startsWith('data-');
  if (value === false && !isEnumerated) return '';
  const text =
    name === 'style' ? toDeclarations(value as CSSProperties) : value === true && !isEnumerated ? '' : String(value);
  return ` ${attributeNames[name] ?? name.toLowerCase()}="${escapeHtml(text)}"`;
}

/** Turns `{ maxHeight: 0 }` into `max-height:0`. */
function toDeclarations(style: CSSProperties): string {
  const toProperty = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.entries(style)
    .map(([name, value]) => `${toProperty(name)}:${value}`)
    .join(';');
}
