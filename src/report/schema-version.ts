/** The version of every JSON document the program writes. It grows when a field changes its meaning. */
export const SCHEMA_VERSION = 1;
