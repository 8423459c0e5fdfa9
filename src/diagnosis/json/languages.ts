import { compact, jsonLayout, type Layout } from './layout.js';
import {
  dotnetNumbers,
  janssonNumbers,
  mariadbNormalNumbers,
  mysqlNumbers,
  newtonsoftDecimals,
  newtonsoftNumbers,
  nlohmannNumbers,
  ojNumbers,
  orjsonNumbers,
  perlNumbersWithFraction,
  rustNumbers,
  ujsonNumbers,
} from './library-numbers.js';
import {
  goNumbers,
  javaBigDecimals,
  javaDoubles,
  javaNumbers,
  javascriptNumbers,
  jqNumbers,
  perlNumbers,
  phpNumbers,
  phpNumbers14,
  phpNumbers17,
  phpNumbersWithFraction,
  plainNumbers,
  pythonNumbers,
  rubyNumbers,
  shortenedNumbers,
  unpaddedNumbers,
  wholeAsFloats,
} from './numbers.js';
import { stringStyle } from './strings.js';
import { type JsonStyle, jsonStyle } from './write.js';

/** Only what JSON itself demands is escaped. */
export const minimalStrings = stringStyle();

/** json.dumps with ensure_ascii, which also escapes the delete character. */
const pythonAsciiStrings = stringStyle({
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

const dotnetRelaxedStrings = stringStyle({
  alsoEscaped: '\x7f',
  hex: 'upper',
  beyondAscii: 'pairs',
  lineSeparators: 'escaped',
});
const newtonsoftStrings = stringStyle({ lineSeparators: 'escaped' });
const newtonsoftHtmlStrings = stringStyle({ alsoEscaped: '<>&\'"', lineSeparators: 'escaped' });
const javascriptSerializerStrings = stringStyle({
  alsoEscaped: "<>&'",
  lineSeparators: 'escaped',
});
const olderJavascriptSerializerStrings = stringStyle({
  alsoEscaped: "<>'",
  lineSeparators: 'escaped',
});

const slashStrings = stringStyle({ backslashed: '/' });
const jqStrings = stringStyle({ alsoEscaped: '\x7f' });

/** What Go and Rails write for text that may stand inside HTML. */
export const htmlSafeStrings = stringStyle({
  alsoEscaped: '<>&',
  lineSeparators: 'escaped',
});

const spaced = jsonLayout({ comma: ', ', colon: ': ' });
const two = indented('  ');
const four = indented('    ');
const tab = indented('\t');
const phpArrays = jsonLayout({ emptyObject: '[]' });
const phpPrettyArrays = jsonLayout({ colon: ': ', indent: '    ', emptyObject: '[]' });
/** pretty_generate before json 2.10 opened a line inside what is empty. */
const olderRubyPretty = jsonLayout({
  colon: ': ',
  indent: '  ',
  emptyObject: '{\n}',
  emptyArray: '[\n\n]',
});
const postgresqlPretty = jsonLayout({
  colon: ': ',
  indent: '    ',
  emptyObject: '{\n}',
  emptyArray: '[\n]',
});
const jacksonPretty = jsonLayout({
  colon: ' : ',
  indent: '  ',
  arrays: 'spaced',
  emptyObject: '{ }',
  emptyArray: '[ ]',
});

function indented(indent: string): Layout {
  return jsonLayout({ colon: ': ', indent });
}

/** Only the white space goes. */
export const verbatimStyle: JsonStyle = jsonStyle(compact);

/** Text of numbers kept, of strings as plain as can be. */
export const plainStyle: JsonStyle = jsonStyle(compact, minimalStrings);

export const javascriptStyle: JsonStyle = jsonStyle(compact, minimalStrings, javascriptNumbers);

/** Decimal shows numbers as Java's BigDecimal does. */
export const pythonStyles: readonly JsonStyle[] = [
  jsonStyle(spaced, pythonAsciiStrings, pythonNumbers),
  jsonStyle(spaced, pythonAsciiStrings, javaBigDecimals),
];

/** What str() shows differs from this in quotes and words. */
export const pythonTextStyle: JsonStyle = jsonStyle(spaced, minimalStrings, pythonNumbers);

export const pythonUnicodeStyles: readonly JsonStyle[] = [pythonTextStyle];

export const pythonCompactStyles: readonly JsonStyle[] = [
  jsonStyle(compact, pythonAsciiStrings, pythonNumbers),
  jsonStyle(compact, minimalStrings, pythonNumbers),
];

/** json_encode's default first, then with each mixture of flags. */
export const phpStyles: readonly JsonStyle[] = [
  jsonStyle(compact, phpStrings, phpNumbers),
  jsonStyle(compact, phpRawStrings, phpNumbers),
  jsonStyle(compact, phpRawSlashStrings, phpNumbers),
  jsonStyle(compact, phpRawUnicodeStrings, phpNumbers),
  jsonStyle(compact, phpStrings, phpNumbersWithFraction),
  jsonStyle(compact, phpRawStrings, phpNumbersWithFraction),
  jsonStyle(phpArrays, phpStrings, phpNumbers),
  jsonStyle(phpArrays, phpRawStrings, phpNumbers),
  jsonStyle(compact, phpStrings, phpNumbers17),
  jsonStyle(compact, phpRawStrings, phpNumbers17),
  jsonStyle(compact, phpStrings, phpNumbers14),
  jsonStyle(four, phpStrings, phpNumbers),
  jsonStyle(four, phpRawStrings, phpNumbers),
  jsonStyle(phpArrays, phpStrings, phpNumbers17),
  jsonStyle(phpArrays, phpRawStrings, phpNumbers17),
  jsonStyle(phpArrays, phpStrings, phpNumbersWithFraction),
  jsonStyle(phpArrays, phpRawStrings, phpNumbersWithFraction),
  jsonStyle(phpPrettyArrays, phpStrings, phpNumbers),
  jsonStyle(phpPrettyArrays, phpRawStrings, phpNumbers),
];

/** jq, laid out unless told otherwise. */
export const jqStyles: readonly JsonStyle[] = [
  jsonStyle(compact, jqStrings, jqNumbers),
  jsonStyle(two, jqStrings, jqNumbers),
];

/** JSON::PP, JSON::XS and Cpanel::JSON::XS of Perl. */
export const perlStyles: readonly JsonStyle[] = [
  jsonStyle(compact, minimalStrings, perlNumbers),
  jsonStyle(compact, minimalStrings, perlNumbersWithFraction),
  jsonStyle(compact, minimalStrings),
];

/** For members in sorted order: Go's maps; json.Number keeps a number's text. \b and \f came in Go 1.22. */
export const goMapStyles: readonly JsonStyle[] = [
  jsonStyle(compact, htmlSafeStrings, goNumbers),
  jsonStyle(compact, goStrings, goNumbers),
  jsonStyle(compact, htmlSafeStrings),
  jsonStyle(compact, goStrings),
  jsonStyle(compact, olderGoHtmlStrings, goNumbers),
  jsonStyle(compact, olderGoStrings, goNumbers),
  jsonStyle(compact, olderGoHtmlStrings),
];

/** For members in the order they have: Go's structs and json.RawMessage. */
export const htmlSafeStyles: readonly JsonStyle[] = [
  jsonStyle(compact, htmlSafeStrings),
  jsonStyle(compact, htmlSafeStrings, goNumbers),
  jsonStyle(compact, goRawMessageStrings),
];

export const javaStyles: readonly JsonStyle[] = [
  jsonStyle(compact, javaStrings, javaNumbers),
  jsonStyle(compact, javaAsciiStrings, javaNumbers),
  jsonStyle(compact, javaStrings),
  jsonStyle(compact, javaStrings, javaBigDecimals),
];

/** For members by length: what PostgreSQL's jsonb and MySQL's JSON give back. */
export const databaseStyles: readonly JsonStyle[] = [
  jsonStyle(spaced, minimalStrings, plainNumbers),
  jsonStyle(spaced, minimalStrings),
  jsonStyle(spaced, minimalStrings, mysqlNumbers),
];

/** The same laid out: jsonb_pretty of PostgreSQL and JSON_PRETTY of MySQL. */
export const databasePrettyStyles: readonly JsonStyle[] = [
  jsonStyle(postgresqlPretty, minimalStrings, plainNumbers),
  jsonStyle(two, minimalStrings, mysqlNumbers),
];

/** For members in the order they have: MariaDB's functions that change JSON, or lay it out loosely. */
export const mariadbStyles: readonly JsonStyle[] = [jsonStyle(spaced)];

/** For sorted members: JSON_NORMALIZE of MariaDB. */
export const mariadbNormalStyles: readonly JsonStyle[] = [
  jsonStyle(compact, undefined, mariadbNormalNumbers),
];

/** Only exponents are written anew; then strings as well. */
export const unpaddedStyles: readonly JsonStyle[] = [
  jsonStyle(compact, undefined, unpaddedNumbers),
  jsonStyle(compact, minimalStrings, unpaddedNumbers),
];

/** How a program that signs compact JSON may write the numbers that a formatting tool wrote anew. */
export const signedStyles: readonly JsonStyle[] = [
  javascriptStyle,
  jsonStyle(compact, minimalStrings, pythonNumbers),
  jsonStyle(compact, minimalStrings, javaNumbers),
  jsonStyle(compact, minimalStrings, javaBigDecimals),
  jsonStyle(compact, minimalStrings, javaDoubles),
  jsonStyle(compact, minimalStrings, wholeAsFloats),
  jsonStyle(compact, minimalStrings, plainNumbers),
  jsonStyle(compact, minimalStrings, rustNumbers),
];

/** Only numbers that have more digits than a double needs are written anew; then strings as well. */
export const shortenedStyles: readonly JsonStyle[] = [
  jsonStyle(compact, undefined, shortenedNumbers),
  jsonStyle(compact, minimalStrings, shortenedNumbers),
];

export const jacksonPrettyStyles: readonly JsonStyle[] = [
  jsonStyle(jacksonPretty, javaStrings, javaNumbers),
  jsonStyle(jacksonPretty, javaStrings),
];

export const gsonStyles: readonly JsonStyle[] = [
  jsonStyle(compact, gsonStrings),
  jsonStyle(compact, gsonStrings, javaDoubles),
  jsonStyle(compact, javaStrings, javaDoubles),
];

export const rubyStyles: readonly JsonStyle[] = [
  jsonStyle(compact, minimalStrings, rubyNumbers),
  jsonStyle(compact, htmlSafeStrings, rubyNumbers),
  jsonStyle(compact, minimalStrings, ojNumbers),
  jsonStyle(compact, htmlSafeStrings, ojNumbers),
];

/** System.Text.Json, which keeps the text of numbers unless a model has them as double or decimal. */
export const dotnetStyles: readonly JsonStyle[] = [
  jsonStyle(compact, dotnetStrings),
  jsonStyle(compact, dotnetStrings, dotnetNumbers),
  jsonStyle(compact, dotnetStrings, plainNumbers),
  jsonStyle(compact, dotnetRelaxedStrings),
  jsonStyle(compact, dotnetRelaxedStrings, dotnetNumbers),
  jsonStyle(compact, dotnetRelaxedStrings, plainNumbers),
];

/** Json.NET, then JavaScriptSerializer, with and without & escaped. */
export const dotnetFrameworkStyles: readonly JsonStyle[] = [
  jsonStyle(compact, newtonsoftStrings, newtonsoftNumbers),
  jsonStyle(compact, newtonsoftStrings, newtonsoftDecimals),
  jsonStyle(compact, newtonsoftHtmlStrings, newtonsoftNumbers),
  jsonStyle(compact, javascriptSerializerStrings, plainNumbers),
  jsonStyle(compact, olderJavascriptSerializerStrings, plainNumbers),
];

/** serde_json of Rust, and orjson of Python, which is written in it. */
export const rustStyles: readonly JsonStyle[] = [
  jsonStyle(compact, minimalStrings, rustNumbers),
  jsonStyle(compact, minimalStrings, orjsonNumbers),
];

/** ujson of Python: by itself it escapes as PHP does. */
export const ujsonStyles: readonly JsonStyle[] = [
  jsonStyle(compact, phpStrings, ujsonNumbers),
  jsonStyle(compact, slashStrings, ujsonNumbers),
  jsonStyle(compact, minimalStrings, ujsonNumbers),
];

/** Jansson for C, then nlohmann's library for C++. */
export const cStyles: readonly JsonStyle[] = [
  jsonStyle(compact, minimalStrings, janssonNumbers),
  jsonStyle(spaced, minimalStrings, janssonNumbers),
  jsonStyle(compact, javaAsciiStrings, janssonNumbers),
  jsonStyle(compact, minimalStrings, nlohmannNumbers),
  jsonStyle(compact, pythonAsciiStrings, nlohmannNumbers),
];

/** By indent: as most languages have it, then in the ways of languages and libraries. */
export const prettyStyles = {
  '  ': [
    jsonStyle(two),
    jsonStyle(two, minimalStrings, javascriptNumbers),
    jsonStyle(two, pythonAsciiStrings, pythonNumbers),
    jsonStyle(two, minimalStrings, rubyNumbers),
    jsonStyle(olderRubyPretty, minimalStrings, rubyNumbers),
    jsonStyle(two, dotnetStrings),
    jsonStyle(two, newtonsoftStrings, newtonsoftNumbers),
    jsonStyle(two, minimalStrings, rustNumbers),
    jsonStyle(two, phpStrings, ujsonNumbers),
    jsonStyle(two, minimalStrings, janssonNumbers),
  ],
  '    ': [
    jsonStyle(four),
    jsonStyle(four, minimalStrings, javascriptNumbers),
    jsonStyle(four, pythonAsciiStrings, pythonNumbers),
    jsonStyle(four, minimalStrings, nlohmannNumbers),
  ],
  '\t': [
    jsonStyle(tab),
    jsonStyle(tab, minimalStrings, javascriptNumbers),
    jsonStyle(tab, pythonAsciiStrings, pythonNumbers),
  ],
} as const;
