/** Files of variables that hold values, the likeliest first. */
export const FILES_WITH_VALUES = ['.env', '.env.local', '.env.development'];

/** Files of variables, the likeliest first: those with values, and those that show which there are. */
export const VARIABLE_FILES = [
  ...FILES_WITH_VALUES,
  '.env.example',
  '.env.sample',
  '.env.dist',
  '.env.template',
];
