import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** An element as Python's parser of XML reads it. */
export interface XmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const TO_JSON = `
import json, sys, xml.etree.ElementTree as tree
def plain(element):
    return {"tag": element.tag, "attributes": element.attrib, "text": element.text or "", "children": [plain(child) for child in element]}
sys.stdout.write(json.dumps(plain(tree.fromstring(sys.stdin.buffer.read()))))
`;

/** The root element of an XML document. Throws what the parser says when it is none. */
export function readXml(xml: string): XmlElement {
  const { status, stdout, stderr, error } = spawnSync('python3', ['-c', TO_JSON], { input: xml, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as XmlElement;
}

/** What xmllint has against an XML document by a schema of `test/fixtures/schemas`; empty when it is valid. */
export function schemaErrors(xml: string, schema: string): string {
  const path = fileURLToPath(new URL(`../../../../fixtures/schemas/${schema}`, import.meta.url));
  const { status, stderr, error } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', path, '-'], { input: xml, encoding: 'utf8' });
  if (error !== undefined) throw new Error('xmllint is not installed (Debian: libxml2-utils)', { cause: error });
  return status === 0 ? '' : stderr;
}
