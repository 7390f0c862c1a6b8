import type { Document } from 'yaml';
import type { OutlineNode } from '../project.js';
/** The steps of a runbook as a tree, read off its syntax, so that a broken file still has one. */
export declare function outlineOf(document: Document, text: string): readonly OutlineNode[];
