import {
  goNumbers,
  javaDoubles,
  javaNumbers,
  phpNumbers,
  phpNumbersWithFraction,
  pythonNumbers,
  rubyNumbers,
} from './numbers.js';
import { stringStyle } from './strings.js';
import { compact, type JsonStyle, type Layout } from './write.js';

/** Only what JSON itself demands is escaped. */
export const minimalStrings = stringStyle();

/** json.dumps with ensure_ascii, which also escapes the delete character. */
export const pythonAsciiStrings = stringStyle({
  alsoEscaped: '\x7f',
  beyondAscii: 'escaped',
});

const phpStrings = stringStyle({ backslashed: '/', beyondAscii: 'escaped' });
const phpRawUnicodeStrings = stringStyle({
  backslashed: '/',
  lineSeparators: 'escaped',
});
const phpRawSlashStrings = stringStyle({ beyondAscii: 'escaped' });
const phpRawStrings = stringStyle({ lineSeparators: 'escaped' });
const goStrings = stringStyle({ lineSeparators: 'escaped' });
const olderGoStrings = stringStyle({ alsoEscaped: '\b\f', lineSeparators: 'escaped' });
const olderGoHtmlStrings = stringStyle({ alsoEscaped: '<>&\b\f', lineSeparators: 'escaped' });
const goRawMessageStrings = stringStyle({
  alsoEscaped: '<>&',
  lineSeparators: 'escaped',
  escapes: 'kept',
});
const javaStrings = stringStyle({ hex: 'upper' });
const javaAsciiStrings = stringStyle({ hex: 'upper', beyondAscii: 'escaped' });
const gsonStrings = stringStyle({
  alsoEscaped: "<>&='",
  lineSeparators: 'escaped',
});
const dotnetStrings = stringStyle({
  alsoEscaped: '"&\'+<>`\x7f',
  hex: 'upper',
  beyondAscii: 'escaped',
});

/** What Go and Rails write for text that may stand inside HTML. */
export const htmlSafeStrings = stringStyle({
  alsoEscaped: '<>&',
  lineSeparators: 'escaped',
});

const spaced: Layout = { comma: ', ', colon: ': ' };
const phpArrays: Layout = { comma: ',', colon: ':', emptyObject: '[]' };
/** pretty_generate before json 2.10 opened a line inside what is empty. */
const olderRubyPretty: Layout = {
  comma: ',',
  colon: ': ',
  indent: '  ',
  insideEmptyObject: '\n',
  insideEmptyArray: '\n\n',
};
const jacksonPretty: Layout = {
  comma: ',',
  colon: ' : ',
  indent: '  ',
  arrays: 'spaced',
  insideEmptyObject: ' ',
  insideEmptyArray: ' ',
};

export function indented(indent: string): Layout {
  return { comma: ',', colon: ': ', indent };
}

export const pythonStyles: readonly JsonStyle[] = [
  { layout: spaced, strings: pythonAsciiStrings, numbers: pythonNumbers },
];

export const pythonUnicodeStyles: readonly JsonStyle[] = [
  { layout: spaced, strings: minimalStrings, numbers: pythonNumbers },
];

export const pythonCompactStyles: readonly JsonStyle[] = [
  { layout: compact, strings: pythonAsciiStrings, numbers: pythonNumbers },
  { layout: compact, strings: minimalStrings, numbers: pythonNumbers },
];

/** json_encode's default first, then with each mixture of flags. */
export const phpStyles: readonly JsonStyle[] = [
  { layout: compact, strings: phpStrings, numbers: phpNumbers },
  { layout: compact, strings: phpRawStrings, numbers: phpNumbers },
  { layout: compact, strings: phpRawSlashStrings, numbers: phpNumbers },
  { layout: compact, strings: phpRawUnicodeStrings, numbers: phpNumbers },
  { layout: compact, strings: phpStrings, numbers: phpNumbersWithFraction },
  { layout: compact, strings: phpRawStrings, numbers: phpNumbersWithFraction },
  { layout: phpArrays, strings: phpStrings, numbers: phpNumbers },
  { layout: phpArrays, strings: phpRawStrings, numbers: phpNumbers },
  { layout: indented('    '), strings: phpStrings, numbers: phpNumbers },
  { layout: indented('    '), strings: phpRawStrings, numbers: phpNumbers },
];

/** For members in sorted order: Go's maps; json.Number keeps a number's text. \b and \f came in Go 1.22. */
export const goMapStyles: readonly JsonStyle[] = [
  { layout: compact, strings: htmlSafeStrings, numbers: goNumbers },
  { layout: compact, strings: goStrings, numbers: goNumbers },
  { layout: compact, strings: htmlSafeStrings },
  { layout: compact, strings: goStrings },
  { layout: compact, strings: olderGoHtmlStrings, numbers: goNumbers },
  { layout: compact, strings: olderGoStrings, numbers: goNumbers },
  { layout: compact, strings: olderGoHtmlStrings },
];

/** For members in the order they have: Go's structs and json.RawMessage. */
export const htmlSafeStyles: readonly JsonStyle[] = [
  { layout: compact, strings: htmlSafeStrings },
  { layout: compact, strings: htmlSafeStrings, numbers: goNumbers },
  { layout: compact, strings: goRawMessageStrings },
];

export const javaStyles: readonly JsonStyle[] = [
  { layout: compact, strings: javaStrings, numbers: javaNumbers },
  { layout: compact, strings: javaAsciiStrings, numbers: javaNumbers },
  { layout: compact, strings: javaStrings },
];

export const jacksonPrettyStyles: readonly JsonStyle[] = [
  { layout: jacksonPretty, strings: javaStrings, numbers: javaNumbers },
  { layout: jacksonPretty, strings: javaStrings },
];

export const gsonStyles: readonly JsonStyle[] = [
  { layout: compact, strings: gsonStrings },
  { layout: compact, strings: gsonStrings, numbers: javaDoubles },
  { layout: compact, strings: javaStrings, numbers: javaDoubles },
];

export const rubyStyles: readonly JsonStyle[] = [
  { layout: compact, strings: minimalStrings, numbers: rubyNumbers },
  { layout: compact, strings: htmlSafeStrings, numbers: rubyNumbers },
];

export const rubyPrettyStyles: readonly JsonStyle[] = [
  { layout: indented('  '), strings: minimalStrings, numbers: rubyNumbers },
  { layout: olderRubyPretty, strings: minimalStrings, numbers: rubyNumbers },
];

export const dotnetStyles: readonly JsonStyle[] = [{ layout: compact, strings: dotnetStrings }];
