/** One page of a list, and the token of the next one. */
export function pageOf<T>(key: string, items: readonly T[], request: URLSearchParams, size: number) {
  const start = Number(request.get('NextToken') ?? 0);
  const end = start + size;
  return { [key]: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}
