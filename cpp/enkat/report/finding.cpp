#include "enkat/report/finding.hpp"

#include <array>

namespace enkat {

std::string words_of(Finding finding, Language language) {
  static const std::array<Bilingual, 8> words{{
      {"stämmer", "holds"},
      {"stämmer inte", "does not hold"},
      {"stöds", "supported"},
      {"förenligt men osäkert", "compatible but uncertain"},
      {"felavrundat men inom osäkerheten", "wrongly rounded but within the uncertainty"},
      {"motsägs", "contradicted"},
      {"underlaget räcker inte", "too few answers"},
      {"kan inte prövas", "cannot be checked"},
  }};
  return words[static_cast<std::size_t>(finding)].in(language);
}

}  // namespace enkat
