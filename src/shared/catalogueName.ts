/** The name of the file in the workspace's root that declares its APIs. */
export const catalogueFileName = 'tollgate.jsonc';

/** The names that an API may have: they are the first segment of the gateway's paths. */
export const apiNamePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;
