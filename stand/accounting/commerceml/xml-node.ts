/** A small subtree of the document: one product, one offer. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  text: string;
}

export function child(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((one) => one.name === name);
}

export function children(node: XmlNode | undefined, name: string): XmlNode[] {
  return node?.children.filter((one) => one.name === name) ?? [];
}

/** @returns the text of a child without white space around it; undefined where there is none */
export function textOf(node: XmlNode | undefined, name: string): string | undefined {
  return node && filled(child(node, name)?.text);
}

/**
 * @returns the text without white space around it; undefined where nothing is left. A copy: a slice would keep the whole
 * piece of the file that it was cut from in memory for as long as the catalogue lives.
 */
export function filled(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed ? Buffer.from(trimmed).toString() : undefined;
}

/** @returns a number as 1C writes it: `1719`, `37.5`, `1 719,50`; undefined where it is none */
export function numberOf(text: string | undefined): number | undefined {
  const plain = text?.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!plain || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
