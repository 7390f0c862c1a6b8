import * as vscode from 'vscode';

/** Where to show a file: in the column that has it open, else in the first one, so that it covers no panel that stands beside it. */
export function columnFor(uri: vscode.Uri): vscode.ViewColumn {
  const isOpenIn = ({ tabs }: vscode.TabGroup): boolean =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  return vscode.window.tabGroups.all.find(isOpenIn)?.viewColumn ?? vscode.ViewColumn.One;
}
