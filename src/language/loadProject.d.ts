import type { ParsedRunbook, Project, Workspace } from './project.js';
/**
 * Reads a runbook and every file it uses, and applies every rule to each. Undefined when the file cannot be read.
 * Only relative references are followed, and only what the workspace hands out is read.
 */
export declare function loadProject(file: string, workspace: Workspace, parse: (file: string, text: string) => ParsedRunbook): Promise<Project | undefined>;
