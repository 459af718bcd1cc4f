import { SaxesParser } from 'saxes';

/** An element of a metadata file; names keep the prefix that the file gives them. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** Of the element itself, trimmed. */
  text: string;
  line: number;
}

/** Parses a whole file. Throws where it is not well-formed. */
export function parseXml(source: string): XmlElement {
  const parser = new SaxesParser();
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes, children: [], text: '', line: parser.line };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text.trim();
  });
  parser.on('closetag', () => void open.pop());
  parser.write(source.replace(/^\uFEFF/, '')).close();
  if (!root) throw new Error('the file is empty');
  return root;
}

/** @returns the first child of this name */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

/** @returns the text at the end of a path of names; empty where it leads nowhere */
export function textAt(element: XmlElement | undefined, ...path: string[]): string {
  return path.reduce<XmlElement | undefined>((at, name) => child(at, name), element)?.text ?? '';
}

/** The element and everything in it. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const one of element.children) yield* descendants(one);
}
