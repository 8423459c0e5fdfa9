/** What a capture file can be; the names are the values of `--from`. */
export const CAPTURE_FORMATS = [
  'ndjson',
  'http',
  'har',
  'curl',
  'aws',
  'ngrok',
  'webhook-site',
  'json-lines',
  'raw',
] as const;

export type CaptureFormat = (typeof CAPTURE_FORMATS)[number];
