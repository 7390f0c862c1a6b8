/** A duration as people say it: `45 s`, `12 min`, `1 h 05 min`, `2 d 3 h`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${String(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  if (minutes < 48 * 60) return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
  const hours = Math.round(minutes / 60);
  return hours % 24 === 0 ? `${String(hours / 24)} d` : `${String(Math.floor(hours / 24))} d ${String(hours % 24)} h`;
}
