/* Reads a JSON body and writes it again with Jansson, in the way that the argument names. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **words) {
  json_error_t error;
  json_t *value = json_loadf(stdin, 0, &error);
  const char *way = count > 1 ? words[1] : "";
  size_t flags = 0;
  if (strstr(way, "compact")) flags |= JSON_COMPACT;
  if (strstr(way, "sorted")) flags |= JSON_SORT_KEYS;
  if (strstr(way, "ascii")) flags |= JSON_ENSURE_ASCII;
  if (strstr(way, "indented")) flags |= JSON_INDENT(2);
  return json_dumpf(value, stdout, flags);
}
