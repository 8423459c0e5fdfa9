// Reads a JSON body and writes it again with nlohmann's library, in the way that the argument names.
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

int main(int, char **words) {
  const std::string body{std::istreambuf_iterator<char>(std::cin), {}};
  const std::string way = words[1];
  if (way == "kept") std::cout << nlohmann::ordered_json::parse(body).dump();
  if (way == "sorted") std::cout << nlohmann::json::parse(body).dump();
  if (way == "sorted-ascii") std::cout << nlohmann::json::parse(body).dump(-1, ' ', true);
  if (way == "sorted-indented") std::cout << nlohmann::json::parse(body).dump(4);
}
