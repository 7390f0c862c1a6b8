/** Milliseconds of a duration such as `500ms`, `90s`, `5m`, `1h30m`, `24h` or `2d`; undefined when it is none. Larger units come first. */
export declare function parseDuration(text: string): number | undefined;
