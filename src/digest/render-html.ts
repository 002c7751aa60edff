/** JSX as the text of an HTML mail: elements and their plain function components, no state, every text escaped. */
import { Fragment, type FunctionComponent, isValidElement, type ReactNode } from 'react';

const empty = new Set(['br', 'hr', 'img', 'meta', 'link']);
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const attributeNames: Readonly<Record<string, string>> = { className: 'class', httpEquiv: 'http-equiv', htmlFor: 'for' };

type Props = Readonly<Record<string, unknown>> & { readonly children?: ReactNode };

export function renderHtml(node: ReactNode): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint') return escapeHtml(String(node));
  if (isValidElement<Props>(node)) return renderElement(node.type, node.props);
  if (Symbol.iterator in node) return [...node].map(renderHtml).join('');
  throw new TypeError('A mail is made of elements, texts and lists of them.');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
}

function renderElement(type: unknown, props: Props): string {
  if (type === Fragment) return renderHtml(props.children);
  if (typeof type === 'function') return renderHtml((type as FunctionComponent<Props>)(props) as ReactNode);
  const tag = String(type);
  const attributes = Object.entries(props)
    .map(([name, value]) => renderAttribute(name, value))
    .join('');
  if (empty.has(tag)) return `<${tag}${attributes}>`;
  return `<${tag}${attributes}>${tag === 'style' ? String(props.children) : renderHtml(props.children)}</${tag}>`;
}

function renderAttribute(name: string, value: unknown): string {
  if (name === 'children' || value === null || value === undefined || value === false) return '';
  const text = name === 'style' ? toDeclarations(value as Readonly<Record<string, string | number>>) : String(value);
  return ` ${attributeNames[name] ?? name.toLowerCase()}="${escapeHtml(text)}"`;
}

/** `{ maxHeight: 0 }` as `max-height:0`. */
function toDeclarations(style: Readonly<Record<string, string | number>>): string {
  const toProperty = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.entries(style)
    .map(([name, value]) => `${toProperty(name)}:${value}`)
    .join(';');
}
