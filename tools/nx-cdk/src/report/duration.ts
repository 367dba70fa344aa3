/** A duration as people say it: `0.4 s`, `12.3 s`, `2 min 5 s`, `1 h 3 min`. */
export function duration(ms: number): string {
  if (ms < 60_000 - 50) return `${(ms / 1000).toFixed(1)} s`;
  return wholeSeconds(ms);
}

/** The same without tenths, for what is shown while it changes. */
export function wholeSeconds(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
