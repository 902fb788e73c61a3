#pragma once

#include <map>
#include <string>
#include <string_view>

#include "enkat/basics/json_fwd.hpp"

namespace enkat {

/// Words for readers, in one or several languages; a plain string is in the language of its file.
struct Text {
  std::map<std::string, std::string> by_language;

  bool empty() const { return by_language.empty(); }

  /// The words in `language`, else in `fallback`, else in whichever language there is; "" when there are none.
  const std::string& in(std::string_view language, std::string_view fallback = "") const;

  /// A plain string when the only language is that of the file.
  Json to_json(const std::string& file_language) const;

  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace enkat
