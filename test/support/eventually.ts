/** Asks every `every` milliseconds until the answer is yes; an error counts as no. Gives up after a minute and says what for. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string, every = 50): Promise<void> {
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    if (await answerOf(holds)) return;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  throw new Error(`waited in vain: ${what}`);
}

async function answerOf(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await holds();
  } catch {
    return false;
  }
}
