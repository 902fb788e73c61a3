#include <gtest/gtest.h>

#include "enkat/basics/error.hpp"
#include "enkat/report/phrase.hpp"
#include "enkat/report/unbound.hpp"
#include "tests/cpp/mutated.hpp"

namespace enkat::hostile_report_test {

TEST(HostilePhrase, EndsInAPhraseOrACodedError) {
  const std::vector<std::string> phrases{
      "9 av 10 lärare", "drygt hälften", "mer än 40,5 procent", "two of the most important",
      "nine in ten",    "1 473",         "mellan 30 och 40 %",  "upp till en tredjedel",
      "nearly 3/4"};
  const std::vector<std::string> pieces{"0",    "1/0",  " av ",    "999999999999999999999",
                                        "-",    "%",    ",",       ".",
                                        "\xc3", "e999", "hälften", " of ",
                                        "two",  "in",   " och ",   "\0",
                                        "most", "1e5",  "½"};
  testing::Mutations mutated(4);
  for (int i = 0; i < 2 * testing::mutations; ++i) {
    const std::string text = mutated.of(phrases[mutated.below(phrases.size())], pieces);
    for (const Language language : {Language::sv, Language::en}) {
      try {
        read_phrase(text, Policy::sv_press, language).contains(1, 2);
      } catch (const Error&) {
      } catch (const std::exception& error) {
        FAIL() << error.what() << " in '" << text << "'";
      }
    }
  }
}

}  // namespace enkat::hostile_report_test
