/**
 * Orders two versions by their numeric parts, left to right; a part that is missing counts as 0.
 * Words do not count, so `11.6.0 LTS` equals `11.6`. Leading zeros mean nothing: `9.1.000001` equals `9.1.1`.
 */
export declare function compareVersions(a: string, b: string): number;
/** Named groups of a version scheme as they stand in one version; undefined when it does not have the shape of the scheme. */
export declare function versionFields(pattern: string, version: string): Readonly<Record<string, string>> | undefined;
/** Whether a text is a version at all where no scheme says more: it begins with dotted numbers, perhaps after a `v`. */
export declare function isPlainVersion(text: string): boolean;
