import { parseEventName } from '../../../src/webhook/kinds/names.js';
import { compileTemplate, type TemplateOptions } from '../../../src/webhook/rendering/template.js';
import { sampleText } from '../sample-files.js';

/** The template of an event's own sample: `checkout.request-created`. */
export function templateOf(event: string, options?: TemplateOptions) {
  return compileTemplate(parseEventName(event), sampleText(event), options);
}
