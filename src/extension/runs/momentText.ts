import * as vscode from 'vscode';

/** A moment, given as ISO 8601, by the clock and in the language of the person; the day is said where it is not today. */
export function momentText(iso: string): string {
  const moment = new Date(iso);
  const day = moment.toDateString() === new Date().toDateString() ? {} : ({ month: 'short', day: 'numeric' } as const);
  return new Intl.DateTimeFormat(vscode.env.language, { ...day, hour: '2-digit', minute: '2-digit' }).format(moment);
}
