/** Characters behind which there is something to offer at once. */
export const COMPLETION_TRIGGERS: readonly string[] = [' ', '.', '#', '"', "'", '{', '[', ':', '$', '/'];
