/** The bundler writes styles beside the script. */
declare module '*.css';
