/** The release the lab offers for download. */
export const TARGET = '7.0.4.2';

/** From this release on the server expects its data in one application data folder. */
export const NEW_FOLDERS_SINCE = '6.1.1.5';

/** Port of the pages and of the service of every server. */
export const SERVER_PORT = 8443;

export const INSTALL_DIRECTORY = '/opt/ucd';

/** Where the network storage is mounted on every server. */
export const STORAGE = '/mnt/ucd';

/** The folder in which a server since {@link NEW_FOLDERS_SINCE} looks for its data. */
export const APP_DATA = `${STORAGE}/app_data`;

/** The folders below {@link STORAGE} (old) or {@link APP_DATA} (new). */
export const DATA_FOLDERS = ['logs', 'plugins', 'keystores'] as const;
