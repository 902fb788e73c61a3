#include "enkat/report/finding.hpp"

#include <array>

namespace enkat {
namespace {

struct Entry {
  const char* name;
  Bilingual words;
};

const Entry& entry(Finding finding) {
  static const std::array<Entry, 8> entries{{
      {"holds", {"stämmer", "holds"}},
      {"fails", {"stämmer inte", "does not hold"}},
      {"supported", {"stöds", "supported"}},
      {"uncertain", {"förenligt men osäkert", "compatible but uncertain"}},
      {"misrounded", {"felavrundat men inom osäkerheten", "wrongly rounded but within the uncertainty"}},
      {"contradicted", {"motsägs", "contradicted"}},
      {"insufficient", {"underlaget räcker inte", "too few answers"}},
      {"unchecked", {"kan inte prövas", "cannot be checked"}},
  }};
  return entries[static_cast<std::size_t>(finding)];
}

}  // namespace

std::string name_of(Finding finding) { return entry(finding).name; }

std::string words_of(Finding finding, Language language) { return entry(finding).words.in(language); }

}  // namespace enkat
