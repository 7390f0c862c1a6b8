/** Asks every `every` milliseconds until the answer is yes; an error counts as no. Gives up after 15 seconds and says what for. */
export async function eventually(holds: () => Promise<boolean>, what: string, every = 50): Promise<void> {
  const end = performance.now() + 15_000;
  while (performance.now() < end) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  throw new Error(`waited in vain: ${what}`);
}
