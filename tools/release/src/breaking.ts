/** Whether `^current` does not accept `next`: another major version or, below 1.0.0, another minor one. */
export function isBreaking(current: string, next: string): boolean {
  const significant = (version: string) => {
    const [major, minor] = version.split('.');
    return major === '0' ? `0.${minor}` : major;
  };
  return significant(current) !== significant(next);
}
